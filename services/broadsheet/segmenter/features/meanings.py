"""What words mean: a small vector for each of the commonest English words, and how near a line's topic is to others.

The vectors were made once by a sentence encoder that read every word by itself (`training/segmenter/word_vectors.py`).
A word that has none, and so a line in another language, counts as nothing: its columns are 0.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from broadsheet.runtime.shipped import read_shipped
from broadsheet.segmenter.features.line_numbers import Column
from broadsheet.segmenter.features.page_numbers import OPENING, Prose
from broadsheet.segmenter.features.words import Words

FILE = Path(__file__).parents[1] / "models" / "words.npz"

NEARBY = 5
"""Lines above, and below, whose topic a line is compared with."""


@dataclass(frozen=True, slots=True)
class Meanings:
    """The vectors of known words.

    Attributes:
        keys: hashes of the words, sorted, (words,).
        vectors: the vector of each, (words + 1, dimensions); the last one, all 0, is every other word's.
    """

    keys: NDArray[np.uint32]
    vectors: NDArray[np.float32]


@lru_cache(maxsize=1)
def load_meanings(path: Path = FILE) -> Meanings:
    """Read the vectors; once in a process.

    Raises:
        OperatorError: `model_unusable`, the file is missing or is not the one that was shipped.
    """
    with np.load(BytesIO(read_shipped(path)[0])) as stored:
        vectors = stored["vectors"].astype(np.float32) * stored["scale"]
        return Meanings(stored["keys"], np.concatenate((vectors, np.zeros((1, vectors.shape[1]), np.float32))))


def meaning_numbers(words: Words, lines: int, prose: Prose) -> dict[str, Column]:
    """Give how near each line's topic is to others by name, each (lines,) float32, -1 to 1.

    Args:
        words: the words of all lines.
        lines: how many lines there are.
        prose: where the page's prose is.
    """
    known = load_meanings()
    place = np.minimum(np.searchsorted(known.keys, words.hashes), len(known.keys) - 1)
    rows = np.where(known.keys[place] == words.hashes, place, len(known.keys))
    sums = _line_sums(known.vectors, rows, words.starts)
    first, stop = prose.first, prose.stop
    opening = np.flatnonzero(prose.weight[first:stop] > 0)[:OPENING] + first
    running = np.concatenate((np.zeros((1, sums.shape[1]), np.float32), np.cumsum(sums, axis=0, dtype=np.float32)))
    index = np.arange(lines)
    low, high = np.maximum(index - NEARBY, 0), np.minimum(index + NEARBY + 1, lines)
    apart = np.where(np.isin(index, opening)[:, None], sums, 0)
    return {
        "topic_opening": _likeness(sums, sums[opening].sum(axis=0) - apart),
        "topic_run": _likeness(sums, np.broadcast_to(running[stop] - running[first], sums.shape)),
        "topic_above": _likeness(sums, running[index] - running[low]),
        "topic_below": _likeness(sums, running[high] - running[index + 1]),
    }


BATCH = 1 << 16
"""Words whose vectors are looked up in one go: 8 MB, where those of a page of 8 MB would take 170."""


def _line_sums(vectors: NDArray[np.float32], rows: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.float32]:
    """Give the sum of each line's vectors."""
    sums = np.zeros((len(starts) - 1, vectors.shape[1]), np.float32)
    first = 0
    while first < len(sums):
        stop = max(int(np.searchsorted(starts, starts[first] + BATCH, side="right")) - 1, first + 1)
        filled = np.flatnonzero(np.diff(starts[first : stop + 1])) + first
        if len(filled):
            found = vectors[rows[starts[first] : starts[stop]]]
            sums[filled] = np.add.reduceat(found, starts[filled] - starts[first], axis=0)
        first = stop
    return sums


_LEAST = np.float32(1e-6)


def _likeness(one: NDArray[np.float32], other: NDArray[np.float32]) -> Column:
    """Give the cosine between rows; 0 where either is nothing."""
    sizes = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return np.asarray((one * other).sum(axis=1) / np.maximum(sizes, _LEAST), np.float32)
