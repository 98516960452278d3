"""What lines are made of, counted: all that the numbers of a line by itself are reckoned from, in few bytes a line."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.characters import KINDS, Characters, Kind
from broadsheet.segmenter.features.lexicon import GROUPS, group_counts
from broadsheet.segmenter.features.sums import steps
from broadsheet.segmenter.features.words import SHAPES, Words

Counts = NDArray[np.uint16]
"""Counts of each line, (`ROWS`, lines)."""

BY_KIND = slice(0, KINDS)
"""Rows: characters of each kind."""

BY_SHAPE = slice(KINDS, KINDS + SHAPES)
"""Rows: words of each shape."""

BY_GROUP = slice(BY_SHAPE.stop, BY_SHAPE.stop + len(GROUPS))
"""Rows: words of each group of the lexicon."""


class Row(IntEnum):
    """Rows that stand alone."""

    SEEN = BY_GROUP.stop
    """Characters that are looked at."""
    WORDS = BY_GROUP.stop + 1
    """Words of these."""
    FIRST = BY_GROUP.stop + 2
    """Kind of the first character."""
    END = BY_GROUP.stop + 3
    """Kind of the last character but for a closing mark."""
    CLOSES = BY_GROUP.stop + 4
    """1 where the last character is a quote or a bracket."""
    QUESTION = BY_GROUP.stop + 5
    """1 where the last character is a question mark."""


ROWS = BY_GROUP.stop + len(Row)


def count_lines(characters: Characters, words: Words) -> Counts:
    """Count what some lines are made of, of which none is empty."""
    kinds, first, last = characters.kinds, characters.starts[:-1], characters.starts[1:] - 1
    seen = steps(characters.starts)
    end = kinds.take(last)
    closes = (end == Kind.QUOTE) | (end == Kind.BRACKET)
    counts = np.empty((ROWS, len(seen)), np.uint16)
    counts[BY_KIND] = _count(np.arange(len(seen)).repeat(seen), kinds, KINDS, len(seen))
    counts[BY_SHAPE] = _count(words.line, words.shapes, SHAPES, len(seen))
    counts[BY_GROUP] = group_counts(words)
    counts[Row.SEEN] = seen
    counts[Row.WORDS] = steps(words.starts)
    counts[Row.FIRST] = kinds.take(first)
    counts[Row.END] = np.where(closes, kinds.take(np.maximum(last - 1, first)), end)
    counts[Row.CLOSES] = closes
    counts[Row.QUESTION] = (characters.codes.take(last) == _QUESTIONS).any(axis=0)
    return counts


_QUESTIONS = np.array([ord(mark) for mark in "?？؟"], np.uint32)[:, None]  # noqa: RUF001 - question marks of other scripts


def _count(line: NDArray[np.int64], kinds: NDArray[np.uint8], size: int, lines: int) -> NDArray[np.int64]:
    """Count each kind of something in each line, (kinds, lines)."""
    return np.bincount(kinds * np.int64(lines) + line, minlength=size * lines).reshape(size, lines)
