"""Dates, amounts of money and percentages, with what they mean: the types that rules find, in any language.

What is found, by the conventions of OntoNotes and MASC:

- DATE: days ("Dec. 24, 2025", "24 December", "2025-12-24", "Monday, May 3"), months ("December 2025", "in October", "late March"),
  years ("1998", "1998-99"), decades with their article ("the 1990s"), centuries without ("21st century"), seasons of a year,
  weekdays ("Monday", "last Tuesday"), "yesterday", "today", "tomorrow", "this year", "last week", "two months ago", "9/11".
  No times of day, durations ("for three years"), ages, holidays, or single words such as "recently". "May 2 and 3" is one date.
- MONEY: the number with sign or name of the currency and its scale ("$1.5 million", "US$20bn", "2,5 Milliarden Euro", "10 cents"),
  without "about" and the like. "$5 million to $7 million" are two, "5 to 7 million euros" is one that has no amount.
- PERCENT: "4.5%", "4.5 percent", "per cent", "5 to 7 percent", percentage points too; basis points are not.

Dates are resolved against the page's day (`date_meaning`). What cannot be told is None: which month 3/4/2026 is in English,
what a "$" is in Spanish, how much a "billion" is where the language is not known.

Languages other than English have the forms of `date_forms` and the names that the CLDR and dateparser have for them; signs,
numbers and ISO dates are found in all.
"""

import datetime as dt
import re
from collections.abc import Iterator

from broadsheet.tagger.value import Value
from broadsheet.tagger.values.amounts import AmountReader, amount_reader
from broadsheet.tagger.values.date_finding import DateForms, date_forms
from broadsheet.tagger.values.date_meaning import Meaning, resolve

_PIECE = re.compile(r"\d++|[^\W\d_]++")


def find_values(text: str, *, language: str, page_date: dt.date | None = None) -> list[Value]:
    """Find dates, amounts of money and percentages, in order of the text, none overlapping another.

    Args:
        text: any text.
        language: ISO 639-1 code of the text.
        page_date: the day of the page, against which "Monday" and "Dec. 24" are resolved; without it they have no date.
    """
    return list(_Finder(text, language, page_date).values())


class _Finder:
    """One pass over a text: at each number and each word that can begin a value, the forms are tried there."""

    def __init__(self, text: str, language: str, page_date: dt.date | None) -> None:
        self._text = text
        self._page_date = page_date
        self._dates: DateForms = date_forms(language)
        self._amounts: AmountReader = amount_reader(language)
        self._reached = 0

    def values(self) -> Iterator[Value]:
        for piece in _PIECE.finditer(self._text):
            start = piece.start()
            if start < self._reached:
                continue
            word = piece[0]
            found = self._at_number(start, len(word)) if word[0].isdecimal() else self._at_word(start, word)
            if found:
                self._reached = found.end
                yield found

    def _at_number(self, start: int, digits: int) -> Value | None:
        if amount := self._amounts.at_number(self._text, start, self._reached):
            return amount
        return self._date(start, self._dates.at_number(self._text, start, digits))

    def _at_word(self, start: int, word: str) -> Value | None:
        found = self._date(start, self._dates.at_word(self._text, start, word))
        return found or self._amounts.in_words(self._text, start, word)

    def _date(self, start: int, found: tuple[int, Meaning] | None) -> Value | None:
        return Value(start, found[0], "DATE", date=resolve(found[1], self._page_date)) if found else None
