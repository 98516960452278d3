"""Words, pairs of words and shapes of a line as rows of an embedding table."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.characters import Characters
from broadsheet.segmenter.features.sums import steps, sums_before
from broadsheet.segmenter.features.words import SHAPES, Words, mix

ROWS = 1 << 15
"""Rows of the table; words that fall together share a row."""

FIRST, LAST = 22, 8
"""Words from the start and from the end of a line that are looked at: what a line is shows there."""

_PAIR, _SHAPE, _EDGE = np.uint64(0x1F3D5B79), np.uint64(0x5A5A1111), np.uint64(0x0D0D2222)


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-grams of some lines, sorted by line.

    Attributes:
        rows: rows of the embedding table, (grams,) int32.
        starts: where each line's n-grams begin, (lines + 1,) int64; every line has one at least.
    """

    rows: NDArray[np.int32]
    starts: NDArray[np.int64]


def read_grams(characters: Characters, words: Words) -> Grams:
    """Give the n-grams of some lines."""
    codes, starts = characters.codes, characters.starts
    left = words.starts[1:].repeat(steps(words.starts)) - np.arange(len(words.hashes))
    seen = (words.place < FIRST) | (left <= LAST)
    index, paired = seen.nonzero()[0], (seen & (words.place > 0)).nonzero()[0]
    early = (words.place < FIRST // 2).nonzero()[0]
    hashes, edges = words.hashes.astype(np.uint64), np.arange(len(starts) - 1)
    values = (
        hashes[index],
        hashes[paired - 1] * np.uint64(31) + (hashes[paired] + _PAIR),
        codes[starts[:-1]] * (np.uint64(2) * _EDGE) + _EDGE,
        codes[starts[1:] - 1] * (np.uint64(2) * _EDGE) + np.uint64(2) * _EDGE,
    )
    rows, edge = _rows(np.concatenate(values)), len(index) + len(paired)
    rows = np.concatenate((rows[:edge], _SHAPE_ROWS.take(_triples(words.shapes, left)[early]), rows[edge:]))
    where = np.concatenate((words.line[index], words.line[paired], words.line[early], edges, edges))
    return Grams(rows[where.argsort(kind="stable")], sums_before(np.bincount(where, minlength=len(edges))))


def _rows(values: NDArray[np.uint64]) -> NDArray[np.int32]:
    return (mix(values) & np.uint32(ROWS - 1)).astype(np.int32)


_BASE = SHAPES + 1


def _triples(shapes: NDArray[np.uint8], left: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the shapes of every word and the next two as a number, as far as the line goes.

    Args:
        shapes: the shapes of the words.
        left: how many words the line has from each on.
    """
    numbers = np.zeros(len(shapes) + 2, np.int64)
    numbers[:-2] = shapes
    numbers[:-2] += 1
    second, third = numbers[1:-1] * (left > 1), numbers[2:] * (left > 2)  # noqa: PLR2004 - the third word
    return (numbers[:-2] * _BASE + second) * _BASE + third


_SHAPE_ROWS = _rows(np.arange(_BASE**3, dtype=np.uint64) * _SHAPE)
"""The row of every triple of shapes."""
