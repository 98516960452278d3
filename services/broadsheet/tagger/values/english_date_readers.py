"""What a match of the forms of English dates says."""

import re
from dataclasses import replace

from broadsheet.tagger.values import english_date_words as words
from broadsheet.tagger.values.date_forms import calendar_day
from broadsheet.tagger.values.date_meaning import Day, Meaning, Month, Shift, Vague, Weekday, Year
from broadsheet.tagger.values.small_numbers import SMALL_NUMBERS

_REACH = 12
"""How far before a date the words that announce it are looked for, in code points."""

_PLAIN_YEARS = 1900
"""From here on four digits are a year unless something says otherwise, as 371 of 374 from 1800 on are in MASC's train and dev."""

_VERBS = frozenset({3, 5})
"""March and May."""


def read_as(meaning: Meaning, _match: re.Match[str]) -> Meaning:
    """Give one meaning for whatever matches."""
    return meaning


def _month_of(match: re.Match[str]) -> int:
    return words.MONTHS[match["month"].casefold().rstrip(".")]


def read_day(match: re.Match[str]) -> Meaning | None:
    """Read a day; two days have no date of their own. 11 September of the attacks is that of 2001, whatever the page."""
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    meaning = calendar_day(year, _month_of(match), int(match["day"]))
    if meaning == Day(None, 9, 11) and words.IS_ATTACKS.match(match.string, match.end()):
        return Day(2001, 9, 11)
    if parts.get("on") and isinstance(meaning, Day):
        meaning = replace(meaning, weekday=_weekday_of(parts["on"]))
    return Vague() if meaning and parts.get("to") else meaning


def _weekday_of(name: str) -> int:
    """Give the number of a weekday by its name or by the three letters that all short forms begin with."""
    return next(number for number, day in enumerate(words.WEEKDAYS) if day[:3] == name[:3].casefold())


def read_month_year(match: re.Match[str]) -> Meaning:
    """Read a month and its year; "early May 2025" has no date."""
    return Vague() if match["half"] else Month(int(match["year"]), _month_of(match))


def read_bare_month(match: re.Match[str]) -> Meaning | None:
    """Read a month by itself. Names of people and verbs are left: a capital follows, or it is May or March unannounced."""
    before, word = match.string[max(0, match.start() - _REACH) : match.start()], match["month"]
    announced = bool(words.IS_ANNOUNCED.search(before)) or bool(match["half"])
    if words.MONTHS[word.casefold()] in _VERBS and not announced:
        return None
    if word.isupper() or words.IS_NAME_AFTER.match(match.string, match.end()):
        return None
    return Vague() if match["half"] else Month(None, _month_of(match))


def read_turned_month(match: re.Match[str]) -> Meaning:
    """Read "last March", "next May"."""
    return Month(None, _month_of(match), words.TURNS[_turn(match)])


def read_weekday(match: re.Match[str]) -> Meaning | None:
    """Read "Monday", "last Monday". "This past Monday" is the one that a Monday unsaid would be, "coming" as "this"."""
    turn = _turn(match)
    which = {"past": None, "coming": 0}.get(turn, words.TURNS.get(turn))
    return Weekday(_weekday_of(match["weekday"]), which)


def read_turned(match: re.Match[str]) -> Meaning:
    """Read "last year" and "this month"; "early next year", "the past year", a week, a season and so on have no date."""
    turn, unit = _turn(match), match["unit"]
    if match["half"] or unit not in {"year", "month"} or turn in {"past", "coming"}:
        return Vague()
    return Shift(unit, words.TURNS[turn])


def _turn(match: re.Match[str]) -> str:
    """Give the word that says which is meant: `past` of "this past"; nothing without one."""
    return (match["turn"] or "").casefold().rpartition(" ")[2]


def read_ago(match: re.Match[str]) -> Meaning:
    """Read "three days ago"; weeks are no day or month, and "several" is no number."""
    unit = match["unit"].removesuffix("s")
    word = match["count"].casefold()
    count = int(word) if word.isdecimal() else SMALL_NUMBERS.get(word)
    if unit not in {"day", "month", "year"} or count is None:
        return Vague()
    return Shift(unit, -count)


def read_year(match: re.Match[str]) -> Meaning | None:
    """Read a year; before 1900 such a number is as often an address or a count, and a word must announce it."""
    year = int(match["year"])
    before = match.string[max(0, match.start() - _REACH) : match.start()]
    if year < _PLAIN_YEARS and not words.IS_YEAR_AFTER.search(before):
        return None
    return Vague() if match["to"] else Year(year)


def read_old_year(match: re.Match[str]) -> Meaning | None:
    """Read a year of an era; before Christ ISO 8601 counts otherwise, and there is no date."""
    return Year(int(match["number"])) if match["era"][0] in "aA" or match["era"].casefold().startswith("c") else Vague()
