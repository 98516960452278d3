"""Reading a date off a line: where it stands and what it says, before any thought of when the page was seen.

A date is looked for at each number, by the word beside the number; a line without a number costs 1 µs.
"""

from dataclasses import replace
from functools import lru_cache

from broadsheet.segmenter import calendar_dates, past_dates
from broadsheet.segmenter import date_patterns as patterns
from broadsheet.segmenter.date_values import Shown
from broadsheet.segmenter.date_words import MONTHS, WEEKDAYS

MAX_SEARCHED = 400
"""How much of a line is searched, in code points: labels are short, and what follows is prose."""

MAX_NUMBERS = 20
"""How many numbers of a line are looked at: a table of results has hundreds and no date."""

MAX_WORDED = 120
"""Longest line that is searched for a date without a number ("yesterday"), in code points."""

_REACH = 32
"""How far before a date its weekday and its time of day are looked for, in code points."""

_YEAR_DIGITS = 4
_MAX_COUNT_DIGITS = 3
_NOT_BEFORE = frozenset("$€£¥#.,:/-")
"""What makes the number after it a price, a fraction, a time or a part of an address."""


def read_date(text: str) -> Shown | None:
    """Find and read the first date of a line, a weekday and a time of day beside it included; None without one."""
    return _read_label(text) if len(text) <= MAX_WORDED else _numbered(text[:MAX_SEARCHED])


@lru_cache(maxsize=2048)
def _read_label(text: str) -> Shown | None:
    """Read a short line; a label is read three times on its way into a teaser, and pages show the same ones."""
    found = _numbered(text)
    if found is None and (said := past_dates.in_words(text)):
        found = _widen(text, said)
    return found


def _numbered(text: str) -> Shown | None:
    """Read the first date that has a number in it."""
    for tried, number in enumerate(patterns.NUMBER.finditer(text)):
        if tried == MAX_NUMBERS:
            break
        start, end = number.span()
        if text[start - 1 : start] in _NOT_BEFORE:
            continue
        shown = None
        if end - start == _YEAR_DIGITS:
            shown = calendar_dates.at_year(text, start)
        elif end - start <= _MAX_COUNT_DIGITS:
            shown = _at_number(text, start, end)
        if shown and not text[shown.end : shown.end + 1].islower():
            return _widen(text, shown)
    return None


def _at_number(text: str, start: int, end: int) -> Shown | None:
    """Read what begins at a number of up to three digits, or has it as its day."""
    if text[end : end + 1] in {".", "/", "-"} and (shown := calendar_dates.numeric(text, start)):
        return shown
    if (after := patterns.WORD_AFTER.match(text, end)) and (shown := _with_word(text, start, after[1])):
        return shown
    return calendar_dates.after_month(text, start)


def _with_word(text: str, start: int, word: str) -> Shown | None:
    if month := MONTHS.get(word.casefold()):
        return calendar_dates.before_month(text, start, month)
    if (
        word.isascii()
        or (shown := calendar_dates.in_characters(text, start) or past_dates.in_characters(text, start)) is None
    ):
        return past_dates.counted(text, start)
    return shown


def _widen(text: str, shown: Shown) -> Shown:
    """Take in the weekday before a date and the time of day after or before it."""
    start, end = shown.start, shown.end
    day = patterns.LAST_WORD.search(text, max(0, start - _REACH), start)
    if day and day[1].casefold() in WEEKDAYS and len(day[0].strip()) > 2:  # noqa: PLR2004 - "so 3 May" is no Sunday
        start = day.start()
    if clock := patterns.CLOCK_AFTER.match(text, end):
        end = clock.end()
    elif clock := patterns.CLOCK_BEFORE.search(text, max(0, start - _REACH), start):
        start = clock.start()
    return replace(shown, start=start, end=end)
