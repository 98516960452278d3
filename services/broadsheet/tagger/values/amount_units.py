"""Reading what stands after a number: its scale, and the sign or the name of what it counts."""

import re
from dataclasses import dataclass, replace

from broadsheet.tagger.values.amount_words import AmountWords
from broadsheet.tagger.values.currencies import CODES, HEAVY, SIGNS, SMALL, sign_currency

SIGN = "|".join(sorted((re.escape(sign) for sign in {*SIGNS, *CODES}), key=len, reverse=True))
"""The pattern of one sign or code, the longest first."""

SPACES = " \u00a0\u202f\u2009"
"""What may stand between a number and its sign."""

_MOST_WORDS = 4
"""Words of the longest name looked for ("points de pourcentage" has three)."""

_FIRST = frozenset(sign[0] for sign in {*SIGNS, *CODES}) | frozenset(SPACES)
"""What a sign can begin with; asking for it first spares most numbers the patterns."""

_SIGN_AFTER = re.compile(rf"[{SPACES}]?(?P<sign>{SIGN})(?!\w)|[{SPACES}]?(?P<character>[元円원])")
_CHARACTER_SCALE = re.compile(r"[万亿億兆京]{1,2}")
_ABBREVIATED = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,4}\Z")
_WORD = re.compile(rf"(?P<gap>[{SPACES}-]{{0,2}})(?P<word>[^\W\d_]{{1,20}}(?:\.[^\W\d_]{{1,20}}){{0,3}}\.?)")
_LINK = re.compile(r" de | di | d['’]")  # noqa: RUF001 - as pages print it
_PERCENT_SIGN = re.compile(rf"[{SPACES}]?[%٪％]")  # noqa: RUF001 - as pages print it


@dataclass(frozen=True, slots=True)
class Unit:
    """What stands after a number.

    Attributes:
        end: where it ends, in code points.
        scale: what the number is multiplied by; None where that cannot be told.
        scaled: whether a scale stands there.
        currency: ISO 4217 code, where the money named is of one currency.
        is_money: whether it counts money.
        is_percent: whether it counts percent.
    """

    end: int
    scale: float | None = 1.0
    scaled: bool = False
    currency: str | None = None
    is_money: bool = False
    is_percent: bool = False

    @property
    def counts(self) -> bool:
        """Whether it counts anything that is looked for."""
        return self.is_money or self.is_percent


class UnitReader:
    """Reads what stands after a number in a language.

    Args:
        language: ISO 639-1 code.
        words: the words of the language.
    """

    def __init__(self, language: str, words: AmountWords) -> None:
        self._language = language
        self._words = words

    def read(self, text: str, place: int, *, signed: bool = False) -> Unit:
        """Give what stands at a place, where a number ends; `signed` tells that a sign stands before it, as in $5."""
        if not signed and (match := _PERCENT_SIGN.match(text, place)):
            return Unit(match.end(), is_percent=True)
        unit = self.scale(text, place)
        return self._name(text, unit, signed=signed) or unit

    def scale(self, text: str, place: int) -> Unit:
        """Give the scale alone that stands at a place; one that is not scaled ends there."""
        if match := _CHARACTER_SCALE.match(text, place):
            return Unit(match.end(), self._words.scales.get(match[0]), scaled=True)
        for end, phrase in _phrases(text, place):
            if phrase in self._words.scales:
                return Unit(end, self._words.scales[phrase], scaled=True)
        return Unit(place)

    def _name(self, text: str, unit: Unit, *, signed: bool) -> Unit | None:
        """Give what the number counts. The dot of "Mio. Euro" is passed over, that of a sentence is not."""
        dotted = unit.scaled and text[unit.end : unit.end + 1] == "."
        place = unit.end + (dotted and bool(_ABBREVIATED.search(text, max(0, unit.end - 5), unit.end)))
        match = _SIGN_AFTER.match(text, place) if text[place : place + 1] in _FIRST else None
        if match:
            currency = sign_currency(match["sign"] or match["character"], self._language)
            return replace(unit, end=match.end(), currency=currency, is_money=True)
        link = _LINK.match(text, place) if unit.scaled else None
        phrases = _phrases(text, link.end() if link else place)
        named = (self._phrase(phrase, end, unit, signed=signed) for end, phrase in phrases)
        return next((each for each in named if each), None)

    def _phrase(self, phrase: str, end: int, unit: Unit, *, signed: bool) -> Unit | None:
        """Give what a phrase counts; a name that is a weight too asks for a scale."""
        if phrase in self._words.percent and not signed:
            return replace(unit, end=end, is_percent=True)
        if phrase in self._words.currencies and (unit.scaled or phrase not in HEAVY):
            return replace(unit, end=end, currency=self._words.currencies[phrase], is_money=True)
        if phrase in SMALL and self._language == "en" and not (unit.scaled or signed):
            return replace(unit, end=end, scale=0.01, currency=SMALL[phrase], is_money=True)
        return None


def _phrases(text: str, place: int) -> list[tuple[int, str]]:
    """Give the words from a place on, the longest phrase first: its end before a last dot, and how it is compared."""
    phrases, words = list[tuple[int, str]](), list[str]()
    while len(words) < _MOST_WORDS and (match := _WORD.match(text, place)) and (match["gap"] or not words):
        place, dotted = match.end(), match["word"]
        words.append(dotted.casefold().replace(".", ""))
        phrases.append((place - dotted.endswith("."), " ".join(words)))
    return phrases[::-1]
