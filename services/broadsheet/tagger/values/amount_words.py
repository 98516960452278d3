"""What stands after a number: scales ("million", "Mrd.", "bn") and words for percent, by language, from the CLDR."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.units import format_unit

from broadsheet.tagger.values.currencies import SMALL, currency_words

_COUNTS = (1, 2, 5)
"""Numbers that stand for the plural forms of the languages."""

_ABBREVIATED = {
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "mio": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "mrd": 1e9,
    "mia": 1e9,
    "md": 1e9,
    "tn": 1e12,
}
"""Short scales of newspapers in any language: $20bn, 5 Mrd. €, 3 Md€."""

_ENGLISH = {"hundred": 1e2, "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7, "mil": 1e6, "bil": 1e9, "trn": 1e12}
_TWO_MEANINGS = frozenset({"billion", "billions", "trillion", "trillions"})
"""Scales that are a thousand times as much in some languages; where the language is not known they have no value."""

_PERCENT: dict[str, tuple[str, ...]] = {
    "en": ("per cent", "pct", "percentage point", "percentage points"),
    "de": ("vh", "prozentpunkt", "prozentpunkte", "prozentpunkten"),
    "fr": ("point de pourcentage", "points de pourcentage"),
    "es": ("punto porcentual", "puntos porcentuales"),
    "it": ("per cento", "punto percentuale", "punti percentuali"),
    "pt": ("ponto percentual", "pontos percentuais"),
    "sv": ("procentenhet", "procentenheter"),
    "nl": ("procentpunt",),
}


@dataclass(frozen=True)
class AmountWords:
    """What stands after a number in a language, all in lower case without dots.

    Attributes:
        scales: how much a scale is, by its word or phrase; None where that is unknown.
        percent: words and phrases for percent and percentage points.
        currencies: ISO 4217 code by name; None for a name of several.
    """

    scales: dict[str, float | None]
    percent: frozenset[str]
    currencies: dict[str, str | None]

    def counted(self) -> frozenset[str]:
        """Give the first word of everything that can follow a number, `hundred` included."""
        phrases = (*self.scales, *self.percent, *self.currencies, *SMALL, "hundred")
        return frozenset(phrase.partition(" ")[0] for phrase in phrases)


@lru_cache(maxsize=32)
def amount_words(language: str) -> AmountWords:
    """Give the words of a language by its ISO 639-1 code. One that nobody knows has English words."""
    try:
        scales = _both(_ABBREVIATED, dict(_scales(language)))
        percent = {*_percent(language), *_PERCENT.get(language, ())}
    except (UnknownLocaleError, ValueError):
        english = amount_words("en")
        unsure = {word: None if word in _TWO_MEANINGS else scale for word, scale in english.scales.items()}
        return AmountWords(unsure, english.percent, english.currencies)
    return AmountWords(scales, frozenset(percent), currency_words(language))


def _both(one: dict[str, float], other: dict[str, float]) -> dict[str, float | None]:
    """Join scales; a word that is two of them has no value (`Bn` is 10^12 in French tables, 10^9 in newspapers)."""
    joined = {word: one.get(word, scale) for word, scale in other.items()}
    return {**one, **{word: scale if scale == other[word] else None for word, scale in joined.items()}}


def _scales(language: str) -> Iterator[tuple[str, float]]:
    """Read the scales off the CLDR's patterns for short numbers: `00 million` stands for ten million and more."""
    if language == "en":
        yield from _ENGLISH.items()
    for patterns in Locale(_known(language)).compact_decimal_formats.values():
        for form in patterns.values():
            for power, pattern in form.items():
                word = " ".join(re.sub(r"[0'.]", "", pattern.pattern).casefold().split())
                if word and (digits := pattern.pattern.count("0")):
                    yield word, float(power) / 10 ** (digits - 1)


def _known(language: str) -> str:
    """Give the language back, unless it is `und`, which Babel takes for the root of all languages."""
    if language == "und":
        raise UnknownLocaleError(language)
    return language


def _percent(language: str) -> Iterator[str]:
    for count in _COUNTS:
        word = format_unit(count, "concentr-percent", "long", locale=language).replace(str(count), "").strip()
        if (word[:1].isalpha() and not word.isascii()) or word.replace(" ", "").isalpha():
            yield word.casefold()
