"""Finding amounts of money and percentages, one number at a time: the sign before it, the scale and the name after it."""

import re
from dataclasses import replace
from functools import lru_cache

from broadsheet.tagger.value import Value
from broadsheet.tagger.values.amount_units import SIGN, SPACES, Unit, UnitReader
from broadsheet.tagger.values.amount_words import amount_words
from broadsheet.tagger.values.currencies import CODES, SIGNS, sign_currency
from broadsheet.tagger.values.numerals import numerals
from broadsheet.tagger.values.spelled_numbers import ARTICLES, may_be_number, spelled_number

_REACH = 8
"""How far before a number its sign is looked for, in code points."""

_BEFORE = re.compile(rf"(?<!\w)(?P<sign>{SIGN})[{SPACES}]?\Z")
_LAST = frozenset(sign[-1] for sign in {*SIGNS, *CODES}) | frozenset(SPACES)
"""What a sign can end with; asking for it first spares most numbers the pattern."""

_AT_SIGN = re.compile(SIGN)
_FRACTION = re.compile(r"(?<![\w.])\.\Z")
_MINUS = frozenset("-−+")  # noqa: RUF001 - as pages print it
_DASHES = frozenset("-–—")  # noqa: RUF001 - as pages print it
_RANGE = re.compile(rf"[{SPACES}]?[-–—][{SPACES}]?|[{SPACES}](?:to|bis|à|a|und|and|or|oder|ou|o)[{SPACES}]")  # noqa: RUF001
_NOT_BEFORE = frozenset(".,:/_@#'’")  # noqa: RUF001 - as pages print it
_SIGN_FIRST = frozenset({"tr", "eu"})
"""Languages that write %5."""


class AmountReader:
    """Reads amounts of money and percentages in a language.

    Args:
        language: ISO 639-1 code. Signs are read in any; words and how numbers are written are the language's.
    """

    def __init__(self, language: str) -> None:
        words = amount_words(language)
        self._language = language
        self._numerals = numerals(language)
        self._units = UnitReader(language, words)
        self._counted = words.counted()

    def at_number(self, text: str, start: int, reached: int) -> Value | None:
        """Give the amount whose number stands at a place, or None.

        Args:
            text: the text.
            start: where the digits of the number begin.
            reached: where the last find ended, before which no sign is taken.
        """
        if _FRACTION.search(text, max(reached, start - 2), start):  # .5 percent, $.04
            start -= 1
        begin, sign = self._sign_before(text, start, reached)
        before = text[start - 1 : start]
        number = self._numerals.match(text, start) if sign or not (before in _NOT_BEFORE or before.isalpha()) else None
        if number is None:
            return None
        amount = self._numerals.value(number)
        if sign == "%":
            return Value(begin, number.end(), "PERCENT", amount=amount)
        unit = self._units.read(text, number.end(), signed=sign is not None)
        if sign is None and not unit.counts:
            return self._ranged(text, start, number.end())
        found = _value(begin, amount, unit, sign and sign_currency(sign, self._language))
        return _signed(text, self._unsure(text, found, unit, amount), reached)

    def in_words(self, text: str, start: int, word: str) -> Value | None:
        """Give the amount whose number is spelt out in English from a word on, or None; "a dollar" is none."""
        if self._language != "en" or not may_be_number(text, start + len(word), word.casefold(), self._counted):
            return None
        number = spelled_number(text, start)
        if number is None:
            return None
        end, amount = number
        unit = self._units.read(text, end)
        if not unit.counts or (word.casefold() in ARTICLES and amount == 1 and not unit.scaled):
            return None
        return _value(start, amount, unit, None)

    def _sign_before(self, text: str, start: int, reached: int) -> tuple[int, str | None]:
        """Give where a sign before the number begins, and the sign; the number's own beginning without one."""
        before = text[start - 1 : start]
        if before == "%" and self._language in _SIGN_FIRST and start > reached:
            return start - 1, before
        match = _BEFORE.search(text, max(reached, start - _REACH), start) if before in _LAST else None
        return (match.start(), match["sign"]) if match else (start, None)

    def _ranged(self, text: str, start: int, end: int) -> Value | None:
        """Give "5 to 7 percent" and "5-7 million euros" as one, which has no one amount."""
        between = _RANGE.match(text, end)
        number = self._numerals.match(text, between.end()) if between else None
        unit = self._units.read(text, number.end()) if number else None
        return _value(start, None, unit, None) if unit and unit.counts else None

    def _unsure(self, text: str, found: Value, unit: Unit, number: float | None) -> Value:
        """Take the amount from "$5 to $7 million" and from "$5-7 million", whose first number means millions too."""
        between = _RANGE.match(text, found.end) if found.kind == "MONEY" and not unit.scaled else None
        if between is None:
            return found
        sign = _AT_SIGN.match(text, between.end())
        second = self._numerals.match(text, sign.end() if sign else between.end())
        if second is None:
            return found
        scale = self._units.scale(text, second.end())
        if sign is None and between[0].strip(SPACES) in _DASHES:
            return replace(found, end=scale.end, amount=None)
        greater = number is not None and number < (self._numerals.value(second) or 0)
        return replace(found, amount=None) if scale.scaled and greater else found


def _signed(text: str, found: Value, reached: int) -> Value:
    """Take in a minus or plus that stands alone before the amount, not the dash of a range or of a score."""
    place = found.start - 1
    if place < reached or text[place] not in _MINUS or not (place == 0 or text[place - 1] in f"{SPACES}(\n\t"):
        return found
    amount = found.amount if text[place] == "+" or found.amount is None else -found.amount
    return replace(found, start=place, amount=amount)


def _value(start: int, number: float | None, unit: Unit, currency: str | None) -> Value:
    """Give the value; the amount without the crumbs of binary fractions: 4.35 million is 4350000.0."""
    amount = None if number is None or unit.scale is None else round(number * unit.scale, 6)
    if unit.is_percent:
        return Value(start, unit.end, "PERCENT", amount=amount)
    return Value(start, unit.end, "MONEY", amount=amount, currency=unit.currency or currency)


@lru_cache(maxsize=32)
def amount_reader(language: str) -> AmountReader:
    """Give the reader of a language; the first call for one takes some 20 ms."""
    return AmountReader(language)
