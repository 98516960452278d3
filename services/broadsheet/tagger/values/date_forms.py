"""The forms of dates that every language has: 2025-12-24, 24.12.2025, 24 December 2025, 2025年12月24日, Montag, gestern.

A form is a pattern that is tried at one place, where a number or one of its first words stands, and so bounded.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from broadsheet.tagger.values.date_meaning import Day, Meaning, Month, Vague, Weekday
from broadsheet.tagger.values.date_words import DateWords

Reader = Callable[[re.Match[str]], Meaning | None]
"""Gives what a match says, or None where it is no date after all."""

SPACE = r"[^\S\n]{1,3}"
"""What may stand between the words of a date: it never goes on in the next line."""

MAYBE_SPACE = r"[^\S\n]{0,3}"
"""The same where it may be missing."""

YEAR = r"(?P<year>(?:1[0-9]|20)\d\d)(?![\w%‰]|[.,]\d)"
"""A year after a day or a month."""

_ORDINAL = r"(?:st|nd|rd|th|er|[ºª.])?"
_LAST_MONTH = 12
_OF = rf"(?:{SPACE}(?:del?|di){SPACE}|{SPACE}d['’]|{SPACE})"  # noqa: RUF001 - as pages print it
_LOWER = frozenset({"morgen"})
"""Words that mean something else with a capital: der Morgen."""


class Form(NamedTuple):
    """A pattern, the reader of what it matches, and how many digits the number has that it begins with."""

    pattern: re.Pattern[str]
    read: Reader
    digits: tuple[int, ...] = ()


class Forms(NamedTuple):
    """The forms to try at a number, and at each word in lower case, in order; the first that reads is the date."""

    at_number: tuple[Form, ...]
    at_word: dict[str, tuple[Form, ...]]


def any_of(words: Iterator[str] | dict[str, int]) -> str:
    """Give the pattern of one of some words, the longest first."""
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True)) or r"(?!)"


def number_forms(language: str) -> tuple[Form, ...]:
    """Give the forms of numbers alone; which of two numbers is the month goes by the language, and is else left open."""
    return (
        Form(re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])"), _day, (4,)),
        Form(re.compile(r"(?P<year>\d{4})[./](?P<month>\d{1,2})[./](?P<day>\d{1,2})(?![\w/]|[.,]\d)"), _day, (4,)),
        Form(re.compile(r"(?P<year>\d{4})[ ]?[年년][ ]?(?P<month>\d{1,2})[ ]?[月월](?:[ ]?(?P<day>\d{1,2})[ ]?[日號号일])?"), _day,
             (4,)),
        Form(re.compile(r"(?P<month>\d{1,2})[ ]?[月월][ ]?(?P<day>\d{1,2})[ ]?[日號号일]"), _day, (1, 2)),
        Form(re.compile(r"(?P<one>\d{1,2})(?P<mark>[./-])(?P<two>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?![\w/-]|\.\d)"),
             partial(_numeric, language), (1, 2)),
        Form(re.compile(r"(?P<one>\d\d)(?P<mark>[./])(?P<two>\d\d)(?P=mark)(?P<short>\d\d)(?![\w/-]|[.,]\d)"),
             partial(_numeric, language), (1, 2)),
    )  # fmt: skip


def worded_forms(words: DateWords) -> Forms:
    """Give the forms with words that hold for all languages: 24. Dezember 2025, 3 de marzo, décembre 2025, gestern."""
    if not words.months and not words.relative:
        return Forms((), {})
    month = rf"(?P<word>(?:{any_of(words.months)})(?!\w)|(?:{any_of(words.short_months)})(?!\w)\.?)"
    day = rf"(?P<day>\d{{1,2}}){_ORDINAL}{_OF}{month}(?:,?{_OF}{YEAR})?"
    year_first = rf"{YEAR}\.?{SPACE}{month}{SPACE}(?P<day>\d{{1,2}})(?!\d)"
    read = partial(_with_month, words)
    month_year = Form(re.compile(rf"{month},?{_OF}{YEAR}"), read)
    at_word: dict[str, tuple[Form, ...]] = {}
    for word in (*words.months, *words.short_months):
        at_word[word.casefold()] = (month_year,)
    for phrase, form in (*_relative(words), *_weekdays(words, day)):
        at_word[_first(phrase)] = (*at_word.get(_first(phrase), ()), form)
    return Forms((Form(re.compile(day), read, (1, 2)), Form(re.compile(year_first), read, (4,))), at_word)


def _relative(words: DateWords) -> Iterator[tuple[str, Form]]:
    """Give the forms of "yesterday" and the like; dateparser has them in lower case."""
    for phrase, meaning in words.relative.items():
        pattern = re.escape(phrase).replace(r"\ ", SPACE)
        flags = 0 if phrase in _LOWER else re.IGNORECASE
        yield phrase, Form(re.compile(pattern + r"(?!\w)", flags), partial(_fixed, meaning))


def _weekdays(words: DateWords, day: str) -> Iterator[tuple[str, Form]]:
    """Give the forms of weekdays, with the day after them where it follows."""
    for name, number in words.weekdays.items():
        pattern = rf"{re.escape(name)}(?:,?{SPACE}(?:(?:den|le|el){SPACE})?{day})?(?!\w)"
        yield name, Form(re.compile(pattern), partial(_with_weekday, words, number))


def _first(phrase: str) -> str:
    """Give the run of letters that a phrase begins with, which is what a text is searched for."""
    match = re.match(r"[^\W\d_]+", phrase)
    return match[0].casefold() if match else phrase


def _fixed(meaning: Meaning, _match: re.Match[str]) -> Meaning:
    return meaning


def _day(match: re.Match[str]) -> Meaning | None:
    parts = match.groupdict()
    year, month, day = (int(parts[key]) if parts.get(key) else None for key in ("year", "month", "day"))
    return calendar_day(year, month or 0, day)


def calendar_day(year: int | None, month: int, day: int | None) -> Meaning | None:
    """Give a day, or a month without one; None for numbers that are neither."""
    if not 1 <= month <= _LAST_MONTH:
        return None
    if day is None:
        return Month(year, month)
    return Day(year, month, day) if 1 <= day <= 31 else None  # noqa: PLR2004 - the calendar's own


def _with_month(words: DateWords, match: re.Match[str]) -> Meaning | None:
    """Read a day or a month; a short form is another word too ("5 set", "3 mar") unless a dot or a year follows."""
    parts = match.groupdict()
    year = int(parts["year"]) if parts["year"] else None
    month = words.months.get(parts["word"])
    if month is None:
        if year is None and not parts["word"].endswith("."):
            return None
        month = words.short_months[parts["word"].rstrip(".")]
    return calendar_day(year, month, int(parts["day"]) if parts.get("day") else None)


def _with_weekday(words: DateWords, number: int, match: re.Match[str]) -> Meaning | None:
    if not match["word"]:
        return Weekday(number)
    meaning = _with_month(words, match)
    return replace(meaning, weekday=number) if isinstance(meaning, Day) else meaning


def _numeric(language: str, match: re.Match[str]) -> Meaning | None:
    """Read 24/12/2025. Where both numbers may be the month, English pages write it first or second: that has no date."""
    one, two, parts = int(match["one"]), int(match["two"]), match.groupdict()
    year = int(parts["year"]) if parts.get("year") else _full_year(int(parts["short"]))
    if one > _LAST_MONTH or (language != "en" and two <= _LAST_MONTH) or match["mark"] == ".":
        return calendar_day(year, two, one)
    if two > _LAST_MONTH or one == two:
        return calendar_day(year, one, two)
    return Vague() if one and two else None


def _full_year(short: int) -> int:
    """Give the year that two digits mean: of this century below 70, as POSIX has it."""
    return short + (2000 if short < 70 else 1900)  # noqa: PLR2004 - the POSIX rule
