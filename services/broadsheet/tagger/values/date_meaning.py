"""What a date says, and the year, month or day that it means on a page of a certain day."""

import datetime as dt
from dataclasses import dataclass

MONTHS = 12
_MAX_BACK = 5
"""Most months before the page's that a month without a year may lie: further ones are as likely to come."""

_EXACT_YEARS = 10
"""From this many years ago on, multiples of ten are round numbers."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month; without a year it is the one nearest the page's day, if that is the weekday said (Monday 0)."""

    year: int | None
    month: int
    day: int
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """A month. Without a year, `turn` tells: -1 the last, 1 the next, 0 the one of this year, None unsaid."""

    year: int | None
    month: int
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the calendar."""

    year: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, Monday 0. `turn` as with months; unsaid it is the last one, the page's own day included."""

    weekday: int
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """A distance from the page's day in units of `day`, `month` or `year`, to the past below zero."""

    unit: str
    count: int


@dataclass(frozen=True, slots=True)
class Vague:
    """A stretch of time that is no year, month or day: a decade, a season, a week, a range."""


Meaning = Day | Month | Year | Weekday | Shift | Vague


def resolve(meaning: Meaning, page_date: dt.date | None) -> str | None:
    """Give the date as ISO 8601, as exactly as it is said (`2025`, `2025-12`, `2025-12-24`), or None.

    Args:
        meaning: what the text says.
        page_date: the day of the page; without it only what stands on the calendar by itself has a date.
    """
    try:
        return _resolve(meaning, page_date)
    except (ValueError, OverflowError):  # the 31st of February, a year before the first
        return None


def _resolve(meaning: Meaning, page: dt.date | None) -> str | None:
    match meaning:
        case Day(year=int(year), month=month, day=day):
            return dt.date(year, month, day).isoformat()
        case Month(year=int(year), month=month):
            return _month(year, month)
        case Year(year=year):
            return f"{dt.date(year, 1, 1).year:04}"
    return _from_page(meaning, page) if page else None


def _from_page(meaning: Meaning, page: dt.date) -> str | None:
    match meaning:
        case Day():
            return _nearest(meaning, page)
        case Month(month=month, turn=turn):
            return _month_about(month, turn, page)
        case Weekday(weekday=weekday, turn=turn):
            found = _weekday(weekday, turn, page)
            return found.isoformat() if found else None
        case Shift(unit=unit, count=count):
            return _shifted(unit, count, page)
    return None


def _month(year: int, month: int) -> str:
    return dt.date(year, month, 1).isoformat()[:7]


def _nearest(said: Day, page: dt.date) -> str | None:
    years = (page.year, page.year - 1, page.year + 1)
    days = [
        dt.date(year, said.month, said.day)
        for year in years
        if dt.MINYEAR <= year <= dt.MAXYEAR and _is_day(year, said.month, said.day)
    ]
    nearest = min(days, key=lambda day: abs(day - page), default=None)
    return nearest.isoformat() if nearest and said.weekday in {None, nearest.weekday()} else None


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return bool(dt.date(year, month, day))
    except ValueError:
        return False


def _month_about(month: int, turn: int | None, page: dt.date) -> str | None:
    """Give the month said to be last, next or this year's; unsaid, the page's own or one of the few before it."""
    back = (page.month - month) % MONTHS
    if turn == 0:
        return _month(page.year, month)
    if turn == 1:
        return _shifted("month", MONTHS - back, page)
    if turn == -1:
        return _shifted("month", -(back or MONTHS), page)
    return _shifted("month", -back, page) if back <= _MAX_BACK else None


def _weekday(weekday: int, turn: int | None, page: dt.date) -> dt.date | None:
    """Give the day. "Last Monday" said in the same week may be of this week or the one before, "next Friday" likewise."""
    ahead = weekday - page.weekday()
    if turn is None:
        return page - dt.timedelta(days=-ahead % 7)
    if turn == 0:  # "this Friday" is to come, or today
        return page + dt.timedelta(days=ahead % 7)
    if ahead * turn > 0:
        return None
    return page + dt.timedelta(days=ahead + 7 * turn)


def _shifted(unit: str, count: int, page: dt.date) -> str | None:
    if unit == "day":
        return (page + dt.timedelta(days=count)).isoformat()
    if unit == "month":
        months = page.year * MONTHS + page.month - 1 + count
        return _month(months // MONTHS, months % MONTHS + 1)
    round_number = abs(count) >= _EXACT_YEARS and count % _EXACT_YEARS == 0
    return None if round_number else f"{dt.date(page.year + count, 1, 1).year:04}"
