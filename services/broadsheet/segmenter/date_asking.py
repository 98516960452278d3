"""Asking dateparser about a date that the own reader does not know: a language or a form that is rarer."""

import datetime as dt
import re
from functools import lru_cache

from dateparser.data.languages_info import language_order
from dateparser.date import DateDataParser

MAX_LENGTH = 40
"""Longest text that dateparser is asked about, in code points."""

_EPOCH = dt.datetime(2024, 3, 15, 12)  # noqa: DTZ001 - dateparser reckons in naive time
"""What dateparser reads relative dates against; the distance is then counted from the page's own time.

A base of its own for every page would be right too, but dateparser keeps each combination of settings for ever.
"""

_ASKABLE = re.compile(r"\d.*[^\W\d_]{2}|[^\W\d_]{2}.*\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def is_askable(text: str) -> bool:
    """Tell whether a text may be a date: it is short, and has a number and letters."""
    return len(text) <= MAX_LENGTH and bool(_ASKABLE.search(text))


def ask(text: str, seen_at: dt.datetime, language: str) -> dt.date | None:
    """Give the day that a text in a language means, seen at a time: a distance into the past, or a date with its year.

    It takes 1 ms, and 200 ms for the first text of a language.

    Raises:
        OverflowError: the day is before the year 1.
    """
    if past := _parse(text, language, "relative-time"):
        return (seen_at + (past - _EPOCH)).date()
    stated = _parse(text, language, "absolute-time") if _YEAR.search(text) else None
    return stated.date() if stated else None


@lru_cache(maxsize=4096)
def _parse(text: str, language: str, parser: str) -> dt.datetime | None:
    """Ask dateparser for a time to the day; the cache serves the pages of one day, which show the same dates."""
    data = _parser(language, parser).get_date_data(text)
    moment: dt.datetime | None = data.date_obj if data.period in {"day", "time"} else None
    return moment


@lru_cache(maxsize=32)
def _parser(language: str, parser: str) -> DateDataParser:
    settings = {"RELATIVE_BASE": _EPOCH, "RETURN_AS_TIMEZONE_AWARE": False, "PARSERS": [parser]}
    return DateDataParser(languages=[language if language in language_order else "en"], settings=settings)
