"""Dates as pages show them: found in a line by one pattern, resolved to a day by dateparser.

The pattern knows the months of English, German, Spanish and French; it is bounded, so that its cost is linear in the
line. A date costs dateparser 2 ms, so days are resolved once per text and at most `MAX_RESOLVED` times per page.
"""

import datetime as dt
import re
from functools import lru_cache

from dateparser.date import DateDataParser

LANGUAGES = ("en", "de", "es", "fr")
"""What dateparser is asked to read; each further language makes every date slower."""

MAX_RESOLVED = 200
"""Different dates resolved per page: half a second at worst; further ones keep their text and have no day."""

_MONTHS = (
    "jan(?:uary|uar|\\.)?|janvier|enero|ene|feb(?:ruary|ruar|rero|\\.)?|f[eé]vrier|mar(?:ch|s|zo|\\.)?|märz"
    "|apr(?:il|\\.)?|avril|abr(?:il)?|may|mai|mayo|june?|juni|juin|junio|july?|juli|juillet|julio"
    "|aug(?:ust|\\.)?|août|agosto|ago|sept?(?:ember|\\.)?|septembre|septiembre|o[ck]t(?:ober|\\.)?|octobre|octubre"
    "|nov(?:ember|embre|iembre|\\.)?|de[cz](?:ember|\\.)?|d[eé]cembre|diciembre|dic"
)
_DAYS = (
    "(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    "|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
)
_DATE = re.compile(
    rf"""(?<!\w)(?:
      (?:(?:{_DAYS}),?\ )?(?:
          (?:{_MONTHS})\.?\ \d{{1,2}}(?:st|nd|rd|th)?(?:,?\ \d{{4}})?
        | \d{{1,2}}(?:st|nd|rd|th|\.)?\ (?:de\ )?(?:{_MONTHS})\.?(?:,?\ (?:de\ )?\d{{4}})?
        | \d{{4}}-\d{{2}}-\d{{2}} | \d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}}|\d{{2}})? | \d{{1,2}}/\d{{1,2}}/\d{{4}}
      )
    | \d{{1,3}}\ ?(?:minutes?|mins?|hours?|hrs?|h|m|d|days?|weeks?|months?)\ ago | an?\ (?:hour|day|week)\ ago
    | vor\ (?:\d{{1,3}}|einer|einem)\ (?:minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?)
    | hace\ (?:\d{{1,3}}|una?)\ (?:minutos?|horas?|d[ií]as?|semanas?)
    | yesterday | today | gestern | heute | ayer | hoy
    )(?!\w)
    (?:,?\ (?:at\ |um\ )?\d{{1,2}}[:.]\d{{2}}(?:\ ?[ap]\.?m\.?)?(?:\ (?:uhr|utc|gmt|[cem]e?[sd]?t))?(?!\w))?
    """,
    re.IGNORECASE | re.VERBOSE,
)


_DIGIT = re.compile(r"\d")
_CLUES = (" ago", "vor eine", "hace un", "yesterday", "today", "gestern", "heute", "ayer", "hoy")
"""A line without a digit and without these is spared the long pattern, which costs 1 µs a character."""

_RELATIVE = re.compile(r"ago|vor|hace|yesterday|today|gestern|heute|ayer|hoy", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}|\d\.\d{2}$")

_EPOCH = dt.datetime(2024, 3, 15, 12)  # noqa: DTZ001 - dateparser reckons in naive time
"""What relative dates are read against; the distance is then counted from the page's own time.

A base of its own for every page would be right too, but dateparser keeps each combination of settings for ever.
"""


def find_date(text: str) -> tuple[int, int] | None:
    """Find the first date in a line: start and end in code points, a time of day included; None without one."""
    if not _DIGIT.search(text) and not any(clue in text.lower() for clue in _CLUES):
        return None
    match = _DATE.search(text)
    return match.span() if match else None


class DayReader:
    """Resolves the dates of one page to days.

    Args:
        seen_at: when the page was seen, aware; "yesterday" and dates without a year are read from there, into the past.
        language: the page's language, which decides whether 3/4 is April or March.
    """

    def __init__(self, seen_at: dt.datetime, language: str) -> None:
        self._seen_at = seen_at
        self._language = language if language in LANGUAGES else LANGUAGES[0]
        self._known: dict[str, dt.date | None] = {}

    def day(self, text: str) -> dt.date | None:
        """Give the day that a date found by `find_date` means, or None when it means none (31 February)."""
        if text not in self._known:
            self._known[text] = self._resolve(text) if len(self._known) < MAX_RESOLVED else None
        return self._known[text]

    def _resolve(self, text: str) -> dt.date | None:
        try:
            if _RELATIVE.search(text):
                moment = _parse(text, self._language)
                return (self._seen_at + (moment - _EPOCH)).date() if moment else None
            return self._absolute(text)
        except OverflowError:  # a day before the year 1
            return None

    def _absolute(self, text: str) -> dt.date | None:
        """Read a date on the calendar; without a year it is the last such day that the page can know."""
        if _YEAR.search(text):
            moment = _parse(text, self._language)
            return moment.date() if moment else None
        today = self._seen_at.date()
        years = (today.year, today.year - 1) if today.year > dt.MINYEAR else (today.year,)
        moments = (_parse(f"{text} {year:04}", self._language) for year in years)
        return next((moment.date() for moment in moments if moment and moment.date() <= today), None)


@lru_cache(maxsize=4096)
def _parse(text: str, language: str) -> dt.datetime | None:
    """Ask dateparser; the cache serves the pages of one day, which show the same dates."""
    moment: dt.datetime | None = _parser(language).get_date_data(text).date_obj
    return moment


@lru_cache(maxsize=len(LANGUAGES))
def _parser(language: str) -> DateDataParser:
    return DateDataParser(
        languages=sorted(LANGUAGES, key=lambda code: code != language),
        use_given_order=True,
        settings={
            "RELATIVE_BASE": _EPOCH,
            "RETURN_AS_TIMEZONE_AWARE": False,
            "PARSERS": ["relative-time", "absolute-time"],
        },
    )


def iso_day(text: str) -> dt.date | None:
    """Give the day of an ISO 8601 date or time (`2026-01-31T06:00:00Z`), as meta data write it, or None."""
    try:
        return dt.date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def warm_up() -> None:
    """Load dateparser's language data, 0.5 s, before the first page needs it."""
    reader = DayReader(dt.datetime(2026, 1, 2, tzinfo=dt.UTC), "en")
    for text in ("yesterday", "vor 2 Stunden", "hace 3 horas", "3 février 2026"):
        reader.day(text)
