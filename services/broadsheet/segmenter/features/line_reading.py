"""Lines read some at a time: of a page of 8 MB, the characters and words together would take 500 MB."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.characters import HEAD, TAIL, read_characters
from broadsheet.segmenter.features.line_counts import ROWS, Counts, count_lines
from broadsheet.segmenter.features.meanings import DIMENSIONS, line_topics
from broadsheet.segmenter.features.ngrams import read_grams
from broadsheet.segmenter.features.sums import steps, sums_before
from broadsheet.segmenter.features.words import Shape, Words, mix, read_words, word_hashes

_Number = TypeVar("_Number", bound=np.generic)

BATCH = 1 << 16
"""Code points looked at in one go: the arrays of a batch take about 60 bytes a code point."""

MIN_LETTERS = 4
"""Shorter words are function words in most languages and tell no topic."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is kept of the lines of a page.

    Attributes:
        counts: what each is made of.
        topics: what each is about, (lines, dimensions) float32.
        texts: a hash of each one's words, equal for equal texts, (lines,) uint32.
        titled: how many words of each are words of the title, (lines,) int64.
        hashes: hashes of the longer words, which tell a topic, (longer words,) uint32.
        line: the line of each of these, (longer words,) int32.
        rows: rows of the embedding table that the lines' n-grams have, (n-grams,) uint16.
        starts: where each line's n-grams begin, (lines + 1,) int64.
    """

    counts: Counts
    topics: NDArray[np.float32]
    texts: NDArray[np.uint32]
    titled: NDArray[np.int64]
    hashes: NDArray[np.uint32]
    line: NDArray[np.int32]
    rows: NDArray[np.uint16]
    starts: NDArray[np.int64]


def read_lines(texts: Sequence[str], lengths: NDArray[np.int64], title: NDArray[np.uint32]) -> Reading:
    """Read lines.

    Args:
        texts: the lines, of which none is empty.
        lengths: length of each in code points.
        title: hashes of the words of the page's title.
    """
    lines = len(texts)
    counts, topics = np.empty((ROWS, lines), np.uint16), np.empty((lines, DIMENSIONS), np.float32)
    texts_of, titled, sizes = np.empty(lines, np.uint32), np.empty(lines, np.int64), np.empty(lines, np.int64)
    hashes: list[NDArray[np.uint32]] = []
    line: list[NDArray[np.int32]] = []
    rows: list[NDArray[np.uint16]] = []
    for batch in _batches(lengths):
        characters = read_characters(texts[batch])
        words = read_words(characters)
        grams = read_grams(characters, words)
        longer = ((words.lengths >= MIN_LETTERS) | (words.shapes == Shape.IDEOGRAPH)).nonzero()[0]
        counts[:, batch] = count_lines(characters, words)
        topics[batch] = line_topics(words)
        texts_of[batch] = _text_hashes(words, lengths[batch])
        titled[batch] = _titled(words, title)
        sizes[batch] = steps(grams.starts)
        hashes.append(words.hashes[longer])
        line.append((words.line[longer] + batch.start).astype(np.int32))
        rows.append(grams.rows.astype(np.uint16))
    return Reading(counts, topics, texts_of, titled, _join(hashes), _join(line), _join(rows), sums_before(sizes))


def _join(parts: list[NDArray[_Number]]) -> NDArray[_Number]:
    """Join some arrays and forget them."""
    joined = np.concatenate(parts)
    parts.clear()
    return joined


def _batches(lengths: NDArray[np.int64]) -> Iterator[slice]:
    sums = np.cumsum(np.minimum(lengths, HEAD + TAIL))
    start = 0
    while start < len(lengths):
        done = sums[start - 1] if start else 0
        stop = max(int(np.searchsorted(sums, done + BATCH, side="right")), start + 1)
        yield slice(start, stop)
        start = stop


def read_title(title: str) -> NDArray[np.uint32]:
    """Give the hashes of the words of a title, sorted, each once."""
    return np.array(sorted(set(word_hashes(title).tolist())), np.uint32)


def _titled(words: Words, title: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Give how many words of each line are words of the title."""
    if not len(title):
        return np.zeros(len(words.starts) - 1, np.int64)
    known = title.take(title.searchsorted(words.hashes), mode="clip") == words.hashes
    return steps(sums_before(known)[words.starts])


def _text_hashes(words: Words, lengths: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Give a hash of each line's words in their order; lines without a word are known by their length."""
    factor = (words.place * 2 + 1).astype(np.uint64) * np.uint64(0x9E3779B1)
    sums = sums_before(words.hashes * factor, np.uint64)
    return mix(steps(sums[words.starts]) * np.uint64(3) + lengths.astype(np.uint64))
