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
from broadsheet.segmenter.features.known_words import KnownWords
from broadsheet.segmenter.features.line_numbers import Column
from broadsheet.segmenter.features.prose import OPENING, Prose
from broadsheet.segmenter.features.sums import steps, sums_before
from broadsheet.segmenter.features.words import Words

FILE = Path(__file__).parents[1] / "models" / "words.npz"

DIMENSIONS = 32
"""Of the vectors."""

NEARBY = 5
"""Lines above, and below, whose topic a line is compared with."""


@dataclass(frozen=True, slots=True)
class Meanings:
    """The vectors of known words.

    Attributes:
        words: finds them.
        vectors: the vector of each, (words + 1, `DIMENSIONS`); the last one, all 0, is every other word's.
    """

    words: KnownWords
    vectors: NDArray[np.float32]


@lru_cache(maxsize=1)
def load_meanings(path: Path = FILE) -> Meanings:
    """Read the vectors; once in a process.

    Raises:
        OperatorError: `model_unusable`, the file is missing or is not the one that was shipped.
    """
    with np.load(BytesIO(read_shipped(path)[0])) as stored:
        vectors = stored["vectors"].astype(np.float32) * stored["scale"]
        nothing = np.zeros((1, DIMENSIONS), np.float32)
        return Meanings(KnownWords(stored["keys"]), np.concatenate((vectors, nothing)))


def line_topics(words: Words) -> NDArray[np.float32]:
    """Give what each line is about: the sum of its words' vectors, (lines, `DIMENSIONS`)."""
    known = load_meanings()
    vectors = known.vectors.take(known.words.places(words.hashes), axis=0)
    filled = steps(words.starts).nonzero()[0]
    topics = np.zeros((len(words.starts) - 1, DIMENSIONS), np.float32)
    if len(filled):
        topics[filled] = np.add.reduceat(vectors, words.starts[filled], axis=0)
    return topics


def meaning_numbers(topics: NDArray[np.float32], prose: Prose) -> dict[str, Column]:
    """Give how near each line's topic is to others by name, -1 to 1.

    Args:
        topics: what each line is about.
        prose: where the page's prose is.
    """
    first, stop = prose.first, prose.stop
    opening = (prose.weight[first:stop] > 0).nonzero()[0][:OPENING] + first
    start = topics[opening].sum(axis=0)
    running = sums_before(topics, np.float32)
    run = running[stop] - running[first]
    found = np.empty((len(_NAMES), len(topics)), np.float32)
    for begin in range(0, len(topics), BLOCK):
        index = np.arange(begin, min(begin + BLOCK, len(topics)))
        here = topics[begin : begin + BLOCK]
        above = running.take(index, axis=0) - running.take(np.maximum(index - NEARBY, 0), axis=0)
        below = running.take(np.minimum(index + NEARBY + 1, len(topics)), axis=0) - running.take(index + 1, axis=0)
        for row, other in zip(found, (start, run, above, below), strict=True):
            row[begin : begin + BLOCK] = _likeness(here, other)
    found[0, opening] = _likeness(topics[opening], start - topics[opening])
    return dict(zip(_NAMES, found, strict=True))


def title_topic(topics: NDArray[np.float32], title: NDArray[np.uint32]) -> Column:
    """Give how near each line's topic is to the title's, -1 to 1.

    Args:
        topics: what each line is about.
        title: hashes of the title's words.
    """
    known = load_meanings()
    return _likeness(topics, known.vectors.take(known.words.places(title), axis=0).sum(axis=0))


_NAMES = ("topic_opening", "topic_run", "topic_above", "topic_below")

BLOCK = 4096
"""Lines compared in one go: of 100,000 at once, what stands above and below each would take 50 MB."""

_LEAST = np.float32(1e-6)


def _likeness(one: NDArray[np.float32], other: NDArray[np.float32]) -> Column:
    """Give the cosine between rows and others, or one other; 0 where either is nothing."""
    sizes = np.sqrt(np.vecdot(one, one)) * np.sqrt(np.vecdot(other, other))
    likeness: Column = np.vecdot(one, other) / np.maximum(sizes, _LEAST)
    return likeness
