"""The words of dates in a language: months and days of the week from the CLDR, "yesterday" and "last year" from dateparser.

The CLDR (through Babel) tells the case in which a language writes them: in German a Montag, in French a lundi.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from babel import UnknownLocaleError
from babel.dates import get_day_names, get_month_names
from dateparser.data.languages_info import language_order
from dateparser.languages.loader import default_loader

from broadsheet.tagger.values.date_meaning import Meaning, Shift, Vague

_SHORTEST = 3
"""Fewest letters of a word of dates: "Mo" and "di" are too many other things."""

_AMBIGUOUS = frozenset({"mañana", "till date", "среда", "недеља"})
"""Words of dateparser's data and days that are another word as often."""

_CONTEXTS: tuple[Literal["format"], Literal["stand-alone"]] = ("format", "stand-alone")
"""In a date and alone: 5 марта, but март."""

_NUMBERED = re.compile("[一二十月월]")
"""Months that are numbers, which the patterns for characters read."""

_RELATIVE = re.compile(r"(?:(in) )?(\d) (day|week|month|year|decade|century)(?: ago)?")


@dataclass(frozen=True)
class DateWords:
    """Words of dates as the language writes them inside a sentence.

    Attributes:
        months: number of the month by its full name.
        short_months: the same by its short form, without a dot.
        weekdays: number of the day by its full name, Monday 0.
        relative: what a word or phrase means: "yesterday", "last year".
    """

    months: dict[str, int]
    short_months: dict[str, int]
    weekdays: dict[str, int]
    relative: dict[str, Meaning]


@lru_cache(maxsize=64)
def date_words(language: str) -> DateWords:
    """Give the words of a language by its ISO 639-1 code; of one that nobody knows there are none. The first call takes some 20 ms."""
    try:
        months = _months(language, "wide")
        short = {word: number for word, number in _months(language, "abbreviated").items() if word not in months}
        return DateWords(months, short, _weekdays(language), dict(_relative(language)))
    except (UnknownLocaleError, ValueError):
        return DateWords({}, {}, {}, {})


def _months(language: str, width: Literal["wide", "abbreviated"]) -> dict[str, int]:
    """Give the months by their full names or by their short forms, those that are numbers left out."""
    words: dict[str, int] = {}
    for context in _CONTEXTS:
        for number, name in get_month_names(width, context, language).items():
            word = name.rstrip(".")
            if len(word) >= _SHORTEST and word.replace(" ", "").isalpha() and not _NUMBERED.search(word):
                words.setdefault(word, number)
    return words


def _weekdays(language: str) -> dict[str, int]:
    """Give the days of the week by their full names, as short forms are other words."""
    names = get_day_names("wide", "format", language).items()
    return {name: number for number, name in names if name not in _AMBIGUOUS}


def _relative(language: str) -> Iterator[tuple[str, Meaning]]:
    """Give the phrases for times counted from today; a week or a decade has no date of its own."""
    if language not in language_order:
        return
    for key, phrases in default_loader.get_locale(language).info.get("relative-type", {}).items():
        match = _RELATIVE.fullmatch(key)
        if match is None:
            continue
        unit, count = match[3], int(match[2]) * (1 if match[1] else -1)
        for phrase in phrases:
            if len(phrase) >= _SHORTEST and phrase not in _AMBIGUOUS:
                yield phrase, Shift(unit, count) if unit in {"day", "month", "year"} else Vague()
