"""The forms of dates in English prose, tried where a number or one of their first words stands.

What is taken into the span: the weekday and the year of a day ("Monday, Dec. 22, 2025"), "early", "mid-" and "late", "the" of a
decade ("the late 1990s", but "21st century"), and "earlier" or "later" of "this year".
"""

import re
from collections.abc import Iterable
from functools import partial

from broadsheet.tagger.values import english_date_readers as readers
from broadsheet.tagger.values import english_date_words as words
from broadsheet.tagger.values.date_forms import MAYBE_SPACE, SPACE, YEAR, Form, Forms, Reader
from broadsheet.tagger.values.date_meaning import Day, Shift, Vague
from broadsheet.tagger.values.small_numbers import SMALL_NUMBERS

_VAGUE: Reader = partial(readers.read_as, Vague())
_SOME_YEAR = r"1[1-9]\d\d|20[0-4]\d"


def _form(pattern: str, read: Reader, *digits: int) -> Form:
    return Form(re.compile(pattern), read, digits)


_MONTH_DAY = _form(
    rf"{words.ON_WEEKDAY}{words.MONTH}{MAYBE_SPACE}(?:the{SPACE})?{words.DAY}{words.to_day(words.AFTER_DAYS)}"
    rf"(?:,?{MAYBE_SPACE}(?:of{SPACE})?{YEAR})?",
    readers.read_day,
)
_DAY_MONTH = _form(
    rf"{words.ON_WEEKDAY}{words.DAY}{words.to_day(words.BEFORE_MONTH)}{SPACE}(?:of{SPACE})?{words.MONTH}(?:,?{SPACE}{YEAR})?",
    readers.read_day,
    *(1, 2),
)
_DASHED = _form(rf"{words.DAY}-{words.MONTH}-{YEAR}", readers.read_day, 1, 2)
_MONTH_YEAR = _form(rf"{words.LEAD}{words.MONTH},?(?:{SPACE}of)?{SPACE}{YEAR}", readers.read_month_year)
_BARE_MONTH = _form(rf"{words.LEAD}(?P<month>{words.LONG_MONTH})(?!\w)", readers.read_bare_month)
_TURNED_MONTH = _form(rf"{words.TURN}{SPACE}(?P<month>{words.LONG_MONTH})(?!\w)", readers.read_turned_month)
_WEEKDAY = _form(rf"(?:{words.TURN}{SPACE})?(?P<weekday>{words.WEEKDAY})(?!\w){words.NOT_TITLED}", readers.read_weekday)
_NAMED_DAY = _form(words.NAMED_DAY, _VAGUE)
_TURNED_UNIT = _form(
    rf"{words.LEAD}{words.TURN}{SPACE}(?P<unit>year|month|week(?:end)?|decade|century|{words.SEASON})(?!\w)",
    readers.read_turned,
)
_SEASON_YEAR = _form(rf"(?:[Tt]he{SPACE})?{words.HALF}(?:{words.SEASON}){SPACE}(?:of{SPACE})?{YEAR}", _VAGUE)
_DECADE = _form(
    rf"(?:[Tt]he{SPACE})?{words.HALF}(?:(?:1\d|20)\d0['’]?s|['’]\d0['’]?s)(?!\w)",  # noqa: RUF001 - as pages print it
    _VAGUE,
    4,
)
_THE_DECADE = _form(rf"[Tt]he{SPACE}{words.HALF}(?:{words.SPELLED_DECADE})(?!\w)", _VAGUE)
_CENTURY = _form(
    rf"{words.HALF}(?:\d{{1,2}} ?(?:st|nd|rd|th)|{words.ORDINAL_WORD})(?:{SPACE}|-)[Cc]entury(?!\w)(?:{SPACE}{words.ERA})?",
    _VAGUE,
    *(1, 2),
)
_AGO = _form(
    rf"(?P<count>\d{{1,4}}|(?:[Aa]{SPACE})?[A-Za-z]{{1,9}}(?:-[a-z]{{3,5}})?){SPACE}{words.UNIT}{SPACE}ago(?!\w)",
    readers.read_ago,
    *(1, 2, 3, 4),
)
_BEFORE_ERA = _form(rf"(?P<number>\d{{1,5}}){SPACE}{words.ERA}", readers.read_old_year, 1, 2, 3, 4, 5)
_AFTER_ERA = _form(
    rf"(?P<era>[Aa]\.[Dd]\.|AD){SPACE}(?P<number>\d{{1,4}})(?!\w)",
    readers.read_old_year,
)
_YEAR = _form(
    rf"(?P<year>{_SOME_YEAR})(?![\w%‰$€£]|[.,:]\d){words.NOT_COUNTED}"
    rf"(?P<to>{words.DASH}(?:{_SOME_YEAR}|\d\d)(?![\w%]|[.,:-]\d)|/\d\d(?![\w/]))?(?!{words.DASH}?\d|/\d)",
    readers.read_year,
    4,
)
_NINE_ELEVEN = _form(r"9/11(?![\w/]|[.,]\d)", partial(readers.read_as, Day(2001, 9, 11)), 1)
_DAYS = {"yesterday": Shift("day", -1), "today": Shift("day", 0), "tomorrow": Shift("day", 1)}
_AT_NUMBER = (_NINE_ELEVEN, _DAY_MONTH, _DASHED, _CENTURY, _DECADE, _AGO, _BEFORE_ERA, _YEAR)


def english_forms() -> Forms:
    """Give the forms at a number, and at each first word in lower case."""
    at_word: dict[str, tuple[Form, ...]] = {}
    _add(at_word, words.MONTHS, _MONTH_DAY, _MONTH_YEAR, _BARE_MONTH)
    _add(at_word, words.WEEKDAYS, _MONTH_DAY, _DAY_MONTH, _WEEKDAY)
    _add(at_word, words.SHORT_WEEKDAYS, _MONTH_DAY, _DAY_MONTH)
    _add(at_word, words.NAMED_DAYS, _NAMED_DAY)
    _add(at_word, words.TURNS, _WEEKDAY, _TURNED_MONTH, _TURNED_UNIT)
    _add(at_word, words.HALVES, _MONTH_YEAR, _BARE_MONTH, _TURNED_UNIT, _SEASON_YEAR, _DECADE, _CENTURY)
    _add(at_word, ["the"], _DECADE, _THE_DECADE, _SEASON_YEAR)
    _add(at_word, words.SEASONS, _SEASON_YEAR)
    _add(at_word, (word.partition("-")[0] for word in words.ORDINALS), _CENTURY)
    _add(at_word, (*SMALL_NUMBERS, "several", "few", "many", "some"), _AGO)
    _add(at_word, ["a", "ad"], _AFTER_ERA)
    for word, meaning in _DAYS.items():
        _add(at_word, [word], _form(rf"(?i:{word})(?!\w)", partial(readers.read_as, meaning)))
    return Forms(_AT_NUMBER, at_word)


def _add(at_word: dict[str, tuple[Form, ...]], first_words: Iterable[str], *forms: Form) -> None:
    for word in first_words:
        at_word[word] = (*at_word.get(word, ()), *forms)
