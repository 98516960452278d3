"""Characters as numbers: one array of code points for many lines, and what kind of character each is."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.sums import sums_before

HEAD, TAIL = 1200, 300
"""Of a longer line only so many code points from its start and from its end are looked at: a paragraph is known by
them, and a line of 8 MB costs what a long paragraph costs."""

PLANE = 0x10000


class Kind(IntEnum):
    """The kind of a character."""

    SPACE = 0
    LOWER = 1
    UPPER = 2
    UNCASED = 3
    IDEOGRAPH = 4
    DIGIT = 5
    STOP = 6
    COMMA = 7
    QUOTE = 8
    DASH = 9
    BAR = 10
    BRACKET = 11
    CURRENCY = 12
    COLON = 13
    ELLIPSIS = 14
    OTHER = 15


KINDS = len(Kind)

_MARKS = {
    Kind.STOP: ".!?。！？．؟।",  # noqa: RUF001 - final marks of many scripts
    Kind.COMMA: ",;、，；،",  # noqa: RUF001 - likewise commas
    Kind.QUOTE: "\"'“”‘’„«»‹›「」『』",  # noqa: RUF001 - quotation marks as pages print them
    Kind.DASH: "-–—−‐‑",  # noqa: RUF001 - likewise dashes
    Kind.BAR: "|·•/»›>▸►→★",  # noqa: RUF001 - likewise bars and arrows
    Kind.COLON: ":：",  # noqa: RUF001 - the full-width colon
    Kind.ELLIPSIS: "…",
}
_CATEGORIES = {"Lu": Kind.UPPER, "Lt": Kind.UPPER, "Ll": Kind.LOWER, "Nd": Kind.DIGIT, "Sc": Kind.CURRENCY}
_IDEOGRAPHS = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x0E00, 0x0E7F))
"""Scripts that put no space between words: kana, Han, Thai. Each such character is a word of its own here."""


@dataclass(frozen=True, slots=True)
class Characters:
    """The code points of some lines, one after another.

    Attributes:
        codes: lower-cased code points of all lines, (characters,) uint32.
        kinds: the kind of each, (characters,) uint8.
        starts: where each line begins, (lines + 1,) int64, the end of the last one included.
    """

    codes: NDArray[np.uint32]
    kinds: NDArray[np.uint8]
    starts: NDArray[np.int64]


def read_characters(texts: Sequence[str]) -> Characters:
    """Give the characters of some lines, the middle of very long lines left out."""
    seen = [text if len(text) <= HEAD + TAIL else f"{text[:HEAD]} {text[-TAIL:]}" for text in texts]
    codes = np.frombuffer("".join(seen).encode("utf-32-le", "surrogatepass"), np.uint32)
    lower, kinds = _tables()
    places = codes.astype(np.intp)
    beyond = len(codes) > 0 and codes.max() >= PLANE
    if beyond:
        np.minimum(places, PLANE, out=places)
    lowered = lower.take(places)
    if beyond:
        np.copyto(lowered, codes, where=codes >= PLANE)
    return Characters(lowered, kinds.take(places), sums_before(np.fromiter(map(len, seen), np.int64, len(seen))))


@lru_cache(maxsize=1)
def _tables() -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Give, for every code point of the first plane, its lower case and its kind; the last entry is all others."""
    lower = np.arange(PLANE + 1, dtype=np.uint32)
    kinds = np.full(PLANE + 1, Kind.OTHER, np.uint8)
    for code in range(PLANE):
        character = chr(code)
        small = character.lower()
        if small != character and len(small) == 1:
            lower[code] = ord(small)
        kinds[code] = _kind(character)
    for first, last in _IDEOGRAPHS:
        letters = kinds[first : last + 1]
        letters[letters == Kind.UNCASED] = Kind.IDEOGRAPH
    for kind, characters in _MARKS.items():
        kinds[[ord(character) for character in characters]] = kind
    return lower, kinds


def _kind(character: str) -> Kind:
    category = unicodedata.category(character)
    if character.isspace() or category == "Cc":
        return Kind.SPACE
    if category in _CATEGORIES:
        return _CATEGORIES[category]
    if category[0] in "LMN":
        return Kind.UNCASED
    return Kind.BRACKET if category in {"Ps", "Pe"} else Kind.OTHER
