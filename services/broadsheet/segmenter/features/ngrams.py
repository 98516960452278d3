"""Words, pairs of words and shapes of a line as rows of an embedding table."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.characters import Characters
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
    lines = len(characters.starts) - 1
    seen = (words.place < FIRST) | (words.starts[words.line + 1] - words.starts[words.line] - words.place <= LAST)
    index = np.flatnonzero(seen)
    line = words.line[index]
    hashes = words.hashes[index].astype(np.uint64)
    paired = index[(words.place[index] > 0)]
    pairs = words.hashes[paired - 1].astype(np.uint64) * np.uint64(31) + words.hashes[paired] + _PAIR
    shape_rows, shape_lines = _shape_grams(words, index)
    edge_rows, edge_lines = _edges(characters, lines)
    rows = mix(np.concatenate((hashes, pairs, shape_rows, edge_rows))) & np.uint32(ROWS - 1)
    where = np.concatenate((line, words.line[paired], shape_lines, edge_lines))
    order = np.argsort(where, kind="stable")
    counts = np.bincount(where, minlength=lines)
    return Grams(rows[order].astype(np.int32), np.concatenate((np.zeros(1, np.int64), np.cumsum(counts))))


def _shape_grams(words: Words, index: NDArray[np.int64]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Give the shapes of three words in a row, as far as the line goes, for its first words."""
    early = index[words.place[index] < FIRST // 2]
    shapes = np.append(words.shapes, np.zeros(2, np.uint8)).astype(np.uint64) + np.uint64(1)
    left = words.starts[words.line[early] + 1] - early
    second = np.where(left > 1, shapes[early + 1], 0)
    third = np.where(left > 2, shapes[early + 2], 0)  # noqa: PLR2004 - the third word
    base = np.uint64(SHAPES + 1)
    return ((shapes[early] * base + second) * base + third) * _SHAPE, words.line[early]


def _edges(characters: Characters, lines: int) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Give the first and the last character of every line; a line is never empty."""
    first = characters.codes[characters.starts[:-1]].astype(np.uint64) * np.uint64(2)
    last = characters.codes[characters.starts[1:] - 1].astype(np.uint64) * np.uint64(2) + np.uint64(1)
    where = np.arange(lines, dtype=np.int32)
    return np.concatenate((first, last)) * _EDGE + _EDGE, np.concatenate((where, where))
