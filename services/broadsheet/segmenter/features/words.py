"""Words as numbers: where they stand, what they look like, and a hash of each."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.characters import Characters, Kind

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""2^64 divided by the golden ratio: Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4)."""

LONGEST = 24
"""Letters of a word that count; longer words that agree in them are one."""

_POWERS = np.cumprod(np.full(LONGEST + 1, np.uint64(1_000_003), np.uint64), dtype=np.uint64)
_POWERS[LONGEST] = 0

_WORD_KINDS = np.zeros(16, bool)
_WORD_KINDS[[Kind.LOWER, Kind.UPPER, Kind.UNCASED, Kind.IDEOGRAPH, Kind.DIGIT]] = True


class Shape(IntEnum):
    """What a word looks like."""

    LOWER = 0
    TITLE = 1
    CAPITALS = 2
    INITIAL = 3
    MIXED = 4
    UNCASED = 5
    IDEOGRAPH = 6
    DIGIT_1 = 7
    DIGITS_2 = 8
    DIGITS_3 = 9
    DIGITS_4 = 10
    DIGITS_MANY = 11
    WITH_DIGITS = 12


SHAPES = len(Shape)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some lines, one after another.

    Attributes:
        hashes: a hash of each word's letters whatever their case, (words,) uint32.
        shapes: the shape of each, (words,) uint8.
        lengths: its characters, (words,) int64.
        line: the line it stands in, (words,) int32.
        place: its place in the line, (words,) int64.
        starts: where each line's words begin, (lines + 1,) int64.
    """

    hashes: NDArray[np.uint32]
    shapes: NDArray[np.uint8]
    lengths: NDArray[np.int64]
    line: NDArray[np.int32]
    place: NDArray[np.int64]
    starts: NDArray[np.int64]


def read_words(characters: Characters, lines: int) -> Words:
    """Cut lines into words: runs of letters and digits; where a script has no spaces, every character."""
    inside = np.flatnonzero(_WORD_KINDS[characters.kinds])
    kinds, line = characters.kinds[inside], characters.line[inside]
    begins = np.empty(len(inside), bool)
    begins[:1] = True
    begins[1:] = (np.diff(inside) > 1) | (line[1:] != line[:-1]) | (kinds[1:] == Kind.IDEOGRAPH)
    begins[1:] |= kinds[:-1] == Kind.IDEOGRAPH
    first = np.flatnonzero(begins)
    lengths = np.diff(np.append(first, len(inside)))
    place = np.arange(len(inside)) - np.repeat(first, lengths)
    word_line = line[first]
    counts = np.bincount(word_line, minlength=lines)
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    return Words(
        hashes=_hash(characters.codes[inside], place, first),
        shapes=_shapes(kinds, first, lengths),
        lengths=lengths,
        line=word_line,
        place=np.arange(len(first)) - starts[word_line],
        starts=starts,
    )


def _hash(codes: NDArray[np.uint32], place: NDArray[np.int64], first: NDArray[np.int64]) -> NDArray[np.uint32]:
    if not len(first):
        return np.zeros(0, np.uint32)
    terms = (codes.astype(np.uint64) + np.uint64(1)) * _POWERS[np.minimum(place, LONGEST)]
    return mix(np.add.reduceat(terms, first))


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Spread 64-bit values over 32 bits, so that their lowest bits may choose a row of a table."""
    spread = (values ^ (values >> np.uint64(29))) * _FACTOR
    return (spread >> np.uint64(32)).astype(np.uint32)


def word_hash(word: str) -> int:
    """Give the hash that `read_words` gives a word."""
    codes = np.frombuffer(word.lower().encode("utf-32-le"), np.uint32)
    return int(_hash(codes, np.arange(len(codes)), np.zeros(1, np.int64))[0])


def _shapes(kinds: NDArray[np.uint8], first: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.uint8]:
    if not len(first):
        return np.zeros(0, np.uint8)
    lower, upper, digit = (
        np.add.reduceat((kinds == kind).astype(np.int64), first) for kind in (Kind.LOWER, Kind.UPPER, Kind.DIGIT)
    )
    leads = kinds[first]
    return np.select(
        [
            leads == Kind.IDEOGRAPH,
            digit == lengths,
            digit > 0,
            lower == lengths,
            (upper == 1) & (lengths == 1),
            upper == lengths,
            (leads == Kind.UPPER) & (upper == 1),
            lower + upper == 0,
        ],
        [
            np.uint8(Shape.IDEOGRAPH),
            (np.minimum(lengths, 5) + Shape.DIGIT_1 - 1).astype(np.uint8),
            np.uint8(Shape.WITH_DIGITS),
            np.uint8(Shape.LOWER),
            np.uint8(Shape.INITIAL),
            np.uint8(Shape.CAPITALS),
            np.uint8(Shape.TITLE),
            np.uint8(Shape.UNCASED),
        ],
        np.uint8(Shape.MIXED),
    ).astype(np.uint8)
