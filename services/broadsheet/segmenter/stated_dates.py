"""Days as meta data and addresses state them, without regard to when the page was seen."""

import datetime as dt
import re

from broadsheet.segmenter.date_reader import read_date
from broadsheet.segmenter.date_values import Calendar

_URL_DAY = re.compile(r"/((?:19|20)\d\d)([/-]?)(\d\d)\2(\d\d)(?=[/_-])")
_EPOCH_DIGITS = (10, 13)
_PLAIN_DIGITS = (8, 12, 14)


def to_day(year: int, month: int, day: int) -> dt.date | None:
    """Give a day of the calendar, or None where there is none of these numbers."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def iso_day(text: str) -> dt.date | None:
    """Give the day of an ISO 8601 date or time (`2026-01-31T06:00:00Z`), as meta data write it, or None."""
    try:
        return dt.date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def stated_day(text: str) -> dt.date | None:
    """Give the day that meta data state in any of the forms met: ISO 8601, `20260131`, seconds since 1970, words; or None.

    A day is given as it is written, whatever the offset from UTC. One without a year is None, and of 3/4/2026 the first
    number is the month, as in most of such data.
    """
    text = text.strip()
    if day := iso_day(text):
        return day
    if text.isdecimal():
        return _digits_day(text)
    shown = read_date(text)
    says = shown.says if shown else None
    if not isinstance(says, Calendar) or says.year is None:
        return None
    return to_day(says.year, says.day, says.month) if says.doubtful else to_day(says.year, says.month, says.day)


def url_day(url: str) -> dt.date | None:
    """Give the day in an address that is filed by days (`/2026/05/03/`, `/2026-05-03-`), or None."""
    match = _URL_DAY.search(url)
    return to_day(int(match[1]), int(match[3]), int(match[4])) if match else None


def _digits_day(text: str) -> dt.date | None:
    """Read 20260131, 20260131103000, or seconds or milliseconds since 1970 (ten or thirteen digits)."""
    if len(text) in _EPOCH_DIGITS:
        return dt.datetime.fromtimestamp(int(text[:10]), tz=dt.UTC).date()
    return to_day(int(text[:4]), int(text[4:6]), int(text[6:8])) if len(text) in _PLAIN_DIGITS else None
