"""Words as numbers: where they stand, what they look like, and a hash of each."""

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.characters import KINDS, Characters, Kind, read_characters
from broadsheet.segmenter.features.sums import steps, sums_before

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""2^64 divided by the golden ratio: Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4)."""

LONGEST = 24
"""Letters of a word that count; longer words that agree in them are one."""

_BASE = 1_000_003
"""Base of the polynomial that hashes a word: odd, so that it has an inverse modulo 2^64."""


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
        line: the line it stands in, (words,) int64.
        place: its place in the line, (words,) int64.
        starts: where each line's words begin, (lines + 1,) int64.
    """

    hashes: NDArray[np.uint32]
    shapes: NDArray[np.uint8]
    lengths: NDArray[np.int64]
    line: NDArray[np.int64]
    place: NDArray[np.int64]
    starts: NDArray[np.int64]


def read_words(characters: Characters) -> Words:
    """Cut lines into words: runs of letters and digits; where a script has no spaces, every character."""
    first, stop = _bounds(characters)
    starts = first.searchsorted(characters.starts)
    counts = steps(starts)
    return Words(
        hashes=_hash(characters.codes, first, stop),
        shapes=_shapes(characters.kinds, first, stop),
        lengths=stop - first,
        line=np.arange(len(counts)).repeat(counts),
        place=np.arange(len(first)) - starts[:-1].repeat(counts),
        starts=starts,
    )


def word_hashes(text: str) -> NDArray[np.uint32]:
    """Give the hashes of the words of a text alone."""
    characters = read_characters((text,))
    return _hash(characters.codes, *_bounds(characters))


_SPELLING = np.zeros(KINDS, np.uint8)
_SPELLING[[Kind.LOWER, Kind.UPPER, Kind.UNCASED, Kind.DIGIT]] = 1
_SPELLING[Kind.IDEOGRAPH] = 2
"""1 for what makes up words, 2 for what is a word by itself."""


def _bounds(characters: Characters) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give where each word begins and where it ends."""
    spelling = _SPELLING.take(characters.kinds)
    inside = spelling > 0
    joined = np.zeros(len(spelling) + 1, bool)  # with the character before
    joined[1:-1] = (spelling[1:] & spelling[:-1]) == 1
    joined[characters.starts] = False
    apart = ~joined
    return (inside & apart[:-1]).nonzero()[0], (inside & apart[1:]).nonzero()[0] + 1


def _hash(codes: NDArray[np.uint32], first: NDArray[np.int64], stop: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Give the hash of each word: a polynomial of its letters, by running sums over all letters (Karp and Rabin 1987)."""
    powers, shifts = _powers(max(len(codes), 1).bit_length())
    sums = sums_before((codes + np.uint32(1)) * powers[: len(codes)], np.uint64)
    ends = np.minimum(stop, first + LONGEST)
    return mix((sums.take(ends) - sums.take(first)) * shifts.take(first))


@lru_cache(maxsize=32)
def _powers(bits: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Give the powers of the polynomial's base for places below 2^bits, and what makes one of a place one of a word's."""
    powers = [np.full(1 << bits, factor, np.uint64) for factor in (_BASE, pow(_BASE, -1, 1 << 64))]
    for power, begin in zip(powers, (1, _BASE), strict=True):
        power[0] = begin
        np.cumprod(power, out=power)
    return powers[0], powers[1]


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Spread 64-bit values over 32 bits, so that their lowest bits may choose a row of a table."""
    spread = (values ^ (values >> np.uint64(29))) * _FACTOR
    return (spread >> np.uint64(32)).astype(np.uint32)


def word_hash(word: str) -> int:
    """Give the hash that `read_words` gives a word."""
    codes = np.frombuffer(word.lower().encode("utf-32-le"), np.uint32)
    return int(_hash(codes, np.zeros(1, np.int64), np.array([len(codes)]))[0])


_UPPER, _DIGIT = 1 << 20, 1 << 40
"""What an upper-case letter and a digit count in a number that holds three counts; a lower-case letter counts 1."""

_COUNTED = np.zeros(KINDS, np.int64)
_COUNTED[[Kind.LOWER, Kind.UPPER, Kind.DIGIT]] = 1, _UPPER, _DIGIT


def _shapes(kinds: NDArray[np.uint8], first: NDArray[np.int64], stop: NDArray[np.int64]) -> NDArray[np.uint8]:
    sums = sums_before(_COUNTED.take(kinds))
    counts, lengths, leads = sums.take(stop) - sums.take(first), stop - first, kinds.take(first)
    shapes = np.full(len(first), Shape.MIXED, np.uint8)
    for fits, shape in (  # the last that fits
        (counts == 0, Shape.UNCASED),
        ((counts >> 20 == 1) & (leads == Kind.UPPER), Shape.TITLE),
        (counts == lengths * _UPPER, Shape.CAPITALS),
        ((counts == _UPPER) & (lengths == 1), Shape.INITIAL),
        (counts == lengths, Shape.LOWER),
        (counts >= _DIGIT, Shape.WITH_DIGITS),
        (leads == Kind.IDEOGRAPH, Shape.IDEOGRAPH),
    ):
        shapes[fits] = shape
    digits = (counts == lengths * _DIGIT).nonzero()[0]
    shapes[digits] = np.minimum(lengths[digits], 5) + (Shape.DIGIT_1 - 1)
    return shapes
