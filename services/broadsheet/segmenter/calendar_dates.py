"""Reading days of the calendar at a number: 2026-05-03, 3/5/26, 3rd of May 2026, MAY 3, 3.5., 2026年5月3日."""

import re

from broadsheet.segmenter import date_patterns as patterns
from broadsheet.segmenter.date_values import Calendar, Shown, set_off
from broadsheet.segmenter.date_words import MONTHS, RARE_MONTHS

_REACH = 18
"""How far before its day the name of a month is looked for, in code points."""

_CENTURY = 70
"""Years of two digits below this are of this century."""


def at_year(text: str, start: int) -> Shown | None:
    """Read a date that begins with a year of four digits."""
    if match := patterns.YEAR_FIRST.match(text, start) or patterns.CHARACTERS.match(text, start):
        return _calendar(match, start, int(match["month"]))
    match = patterns.YEAR_AND_WORD.match(text, start)
    return _calendar(match, start, MONTHS.get(match["word"].casefold(), 0)) if match else None


def numeric(text: str, start: int) -> Shown | None:
    """Read 3/4/2026 as the third of April, in doubt unless written with points or possible in one order alone; and 3.4."""
    match = patterns.NUMERIC.match(text, start)
    if match is None:
        match = patterns.DAY_AND_MONTH.match(text, start)
        return _calendar(match, start, int(match["month"])) if match and set_off(text, *match.span()) else None
    day, month = int(match["one"]), int(match["two"])
    points = match["mark"][0] == "."
    doubtful = not points and _plausible(day, month) and _plausible(month, day)
    if not _plausible(month, day):
        day, month = month, day
    if not _plausible(month, day) or (match["short"] and points and len(match[0]) < len("01.01.01")):
        return None
    return Shown(start, match.end(), Calendar(_year(match), month, day, doubtful))


def before_month(text: str, start: int, month: int) -> Shown | None:
    """Read a day before the name of its month; where the name may be another word, or letters touch, a year must follow."""
    match = patterns.DAY_FIRST.match(text, start)
    if match is None:
        return None
    unsure = match["word"].casefold() in RARE_MONTHS or text[start - 1 : start].isalpha()
    return None if unsure and not match["year"] and not set_off(text, *match.span()) else _calendar(match, start, month)


def after_month(text: str, start: int) -> Shown | None:
    """Read a day after the name of its month, as `before_month` does."""
    word = patterns.LAST_WORD.search(text, max(0, start - _REACH), start)
    if word is None:
        return None
    name, begin = word[1].casefold(), word.start()
    if name not in MONTHS:
        tail = patterns.CAPITALISED.search(word[1])
        name, begin = (tail[0].casefold(), begin + tail.start()) if tail and tail.start() else ("", begin)
    match = patterns.DAY_SECOND.match(text, start) if name in MONTHS else None
    if match is None:
        return None
    unsure = name in RARE_MONTHS or begin > word.start()
    sure = not unsure or match["year"] or set_off(text, begin, match.end())
    return _calendar(match, begin, MONTHS[name]) if sure else None


def in_characters(text: str, start: int) -> Shown | None:
    """Read a month and a day in Japanese, Chinese or Korean."""
    match = patterns.CHARACTERS.match(text, start)
    return _calendar(match, start, int(match["month"])) if match else None


def _calendar(match: re.Match[str], start: int, month: int) -> Shown | None:
    day = int(match["day"])
    return Shown(start, match.end(), Calendar(_year(match), month, day)) if _plausible(month, day) else None


def _year(match: re.Match[str]) -> int | None:
    parts = match.groupdict()
    if short := parts.get("short"):
        return int(short) + (2000 if int(short) < _CENTURY else 1900)
    return int(year) if (year := parts.get("year")) else None


def _plausible(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31  # noqa: PLR2004 - the calendar's own
