"""Dates as pages show them: found in a line, and resolved to a day from when the page was seen.

What the own reader knows (`date_reader`) takes 10 µs a date. What it does not is left to dateparser, which takes 1 ms and
more, and so at most `MAX_ASKED` times per page.
"""

import calendar
import datetime as dt

from broadsheet.segmenter.date_asking import ask, is_askable
from broadsheet.segmenter.date_patterns import CLOCK, LOOSE
from broadsheet.segmenter.date_reader import MAX_SEARCHED, read_date
from broadsheet.segmenter.date_values import Calendar, Past
from broadsheet.segmenter.date_words import MONTH_FIRST, MONTHS
from broadsheet.segmenter.stated_dates import to_day

MAX_RESOLVED = 200
"""Different dates resolved per page; further ones keep their text and have no day."""

MAX_ASKED = 8
"""Dates per page that dateparser is asked about: some 10 ms at worst, and 200 ms once for a language."""

LEEWAY = dt.timedelta(hours=14)
"""How far ahead of UTC the page's own clock may be: what is dated tomorrow there may be seen here today."""

_MONTHS = {"month": 1, "year": 12}
_SPANS = {unit: dt.timedelta(**{f"{unit}s": 1}) for unit in ("second", "minute", "hour", "day", "week")}


def find_date(text: str, *, certain: bool = False) -> tuple[int, int] | None:
    """Find the first date in a line.

    Args:
        text: the line; its first 400 code points are searched.
        certain: that there is one is known, so that less will do: a time of day, a month, a number, `22hESPN`.

    Returns:
        Start and end in code points, a weekday and a time of day included; None without a date.
    """
    shown = read_date(text)
    if shown:
        return shown.start, shown.end
    return _find_loose(text) if certain else None


def _find_loose(text: str) -> tuple[int, int] | None:
    head = text[:MAX_SEARCHED]
    found = (match for pattern in LOOSE for match in pattern.finditer(head))
    known = (match for match in found if not (word := match.groupdict().get("word")) or word.casefold() in MONTHS)
    match = next(known, None)
    return match.span() if match else None


class DayReader:
    """Resolves the dates of one page to days.

    Args:
        seen_at: when the page was seen, or was published where that is better known; aware. "Yesterday" is counted from
            there, and a date without a year is the last such day before it.
        language: the page's language, which decides whether 3/4 is April or March.
        leeway: how far after `seen_at` a date may be; more than `LEEWAY` where `seen_at` is the page's own date, since
            lists beside an article go on after it.
    """

    def __init__(self, seen_at: dt.datetime, language: str, *, leeway: dt.timedelta = LEEWAY) -> None:
        self._seen_at = seen_at
        self._language = language
        self._leeway = leeway
        self._asked = 0
        self._known: dict[str, dt.date | None] = {}

    def day(self, text: str) -> dt.date | None:
        """Give the day that a date, or the first date of a line, means; None when it means none (31 February)."""
        if text not in self._known:
            self._known[text] = self._resolve(text) if len(self._known) < MAX_RESOLVED else None
        return self._known[text]

    def _resolve(self, text: str) -> dt.date | None:
        try:
            shown = read_date(text)
            says = shown.says if shown else None
            if isinstance(says, Past):
                return _back(self._seen_at, says)
            if says:
                return self._on_calendar(says)
            return self._seen_at.date() if CLOCK.match(text) else self._ask(text)
        except OverflowError:  # a day before the year 1
            return None

    def _on_calendar(self, says: Calendar) -> dt.date | None:
        """Give the day, in the order of day and month and in the year that are possible when the page was seen."""
        latest = _latest(self._seen_at, self._leeway)
        years = (says.year,) if says.year else (latest.year, latest.year - 1)
        orders = [(says.month, says.day), (says.day, says.month)][: 2 if says.doubtful else 1]
        if self._language in MONTH_FIRST:
            orders.reverse()
        days = [day for year in years for order in orders if (day := to_day(year, *order))]
        return next((day for day in days if day <= latest), days[0] if says.year and days else None)

    def _ask(self, text: str) -> dt.date | None:
        """Ask dateparser, which knows more languages and more forms, for a short text with a number and letters."""
        if self._asked == MAX_ASKED or not is_askable(text):
            return None
        self._asked += 1
        return ask(text, self._seen_at, self._language)


def _latest(seen_at: dt.datetime, leeway: dt.timedelta) -> dt.date:
    try:
        return (seen_at + leeway).date()
    except OverflowError:
        return dt.date.max


def _back(seen_at: dt.datetime, past: Past) -> dt.date:
    """Count back from a moment; months and years go by the calendar, to the last day of a shorter month."""
    if past.unit in _MONTHS:
        months = seen_at.year * 12 + seen_at.month - 1 - past.count * _MONTHS[past.unit]
        if months < 12 * dt.MINYEAR:
            raise OverflowError
        year, month = months // 12, months % 12 + 1
        return dt.date(year, month, min(seen_at.day, calendar.monthrange(year, month)[1]))
    return (seen_at - past.count * _SPANS[past.unit]).date()


def warm_up() -> None:
    """Load dateparser's language data, 0.3 s, before the first page needs it."""
    now = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    for text in ("2 days ago", "3 May 2026"):
        ask(text, now, "en")
