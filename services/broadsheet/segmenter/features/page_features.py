"""All that the model sees of a page, put together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.characters import read_characters
from broadsheet.segmenter.features.line_numbers import Column, line_numbers
from broadsheet.segmenter.features.markup_numbers import markup_numbers, title_numbers
from broadsheet.segmenter.features.meanings import meaning_numbers
from broadsheet.segmenter.features.ngrams import Grams, read_grams
from broadsheet.segmenter.features.page_numbers import find_prose, page_numbers
from broadsheet.segmenter.features.words import Words, mix, read_words
from broadsheet.segmenter.lines import Line, Page

BATCH = 200_000
"""Code points looked at in one go: the arrays of a batch take about 60 bytes a code point."""

CLIP = 4.0
"""Numbers are kept within this distance of 0: rare values must not blow up on odd pages."""


@dataclass(frozen=True, slots=True)
class Features:
    """What the model sees.

    Attributes:
        numbers: (lines, columns) float32, in the order of `names`.
        names: name of each column.
        grams: the n-grams of each line.
    """

    numbers: NDArray[np.float32]
    names: tuple[str, ...]
    grams: Grams


def read_features(page: Page, *, host: str = "", titles: Sequence[str] = ()) -> Features:
    """Give the features of a page that has a line at least; with those of markup when its lines have markup.

    Args:
        page: the page.
        host: host of the page's own address, when known.
        titles: what the page's head calls it, best source first.
    """
    lines = page.lines
    lengths = np.fromiter((len(line.text) for line in lines), np.int64, len(lines))
    columns, words, grams = _read_lines(lines, lengths)
    gaps = np.fromiter((line.gap for line in lines), bool, len(lines))
    prose = find_prose(columns, lengths)
    columns |= page_numbers(columns, lengths, gaps, words, _text_hashes(words, len(lines), lengths), prose)
    columns |= meaning_numbers(words, len(lines), prose)
    if lines[0].markup is not None:
        columns |= markup_numbers(lines, page.boxes, prose.weight, lengths, host)
        columns |= title_numbers(words.hashes, words.line, len(lines), _title_words(titles))
    names = tuple(columns)
    numbers = np.stack(list(columns.values()), axis=1, dtype=np.float32, casting="same_kind")
    return Features(np.clip(numbers, -CLIP, CLIP, out=numbers), names, grams)


def _read_lines(lines: Sequence[Line], lengths: NDArray[np.int64]) -> tuple[dict[str, Column], Words, Grams]:
    """Read what each line is made of, some lines at a time."""
    columns: list[dict[str, Column]] = []
    words: list[Words] = []
    grams: list[Grams] = []
    for batch in _batches(lengths):
        characters = read_characters([line.text for line in lines[batch]])
        found = read_words(characters, batch.stop - batch.start)
        columns.append(line_numbers(characters, found, lengths[batch]))
        grams.append(read_grams(characters, found))
        words.append(found)
    if len(words) == 1:
        return columns[0], words[0], grams[0]
    joined = {name: np.concatenate([part[name] for part in columns]) for name in columns[0]}
    return joined, _join_words(words), _join_grams(grams)


def _batches(lengths: NDArray[np.int64]) -> Iterator[slice]:
    sums = np.cumsum(np.minimum(lengths, 1500))
    start = 0
    while start < len(lengths):
        done = sums[start - 1] if start else 0
        stop = max(int(np.searchsorted(sums, done + BATCH, side="right")), start + 1)
        yield slice(start, stop)
        start = stop


def _join_words(parts: Sequence[Words]) -> Words:
    first = np.cumsum([0, *(len(part.starts) - 1 for part in parts)])
    return Words(
        hashes=np.concatenate([part.hashes for part in parts]),
        shapes=np.concatenate([part.shapes for part in parts]),
        lengths=np.concatenate([part.lengths for part in parts]),
        line=np.concatenate([part.line + np.int32(begin) for part, begin in zip(parts, first[:-1], strict=True)]),
        place=np.concatenate([part.place for part in parts]),
        starts=_join_starts([part.starts for part in parts]),
    )


def _join_grams(parts: Sequence[Grams]) -> Grams:
    return Grams(np.concatenate([part.rows for part in parts]), _join_starts([part.starts for part in parts]))


def _join_starts(parts: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    counts = np.concatenate([np.diff(part) for part in parts])
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))


def _text_hashes(words: Words, lines: int, lengths: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Give a hash of each line's words in their order; lines without a word are known by their length."""
    factor = (words.place.astype(np.uint64) * np.uint64(2) + np.uint64(1)) * np.uint64(0x9E3779B1)
    terms = words.hashes.astype(np.uint64) * factor
    sums = np.zeros(lines, np.uint64)
    np.add.at(sums, words.line, terms)
    return mix(sums * np.uint64(3) + lengths.astype(np.uint64))


def _title_words(titles: Sequence[str]) -> NDArray[np.uint32]:
    """Give the words of the best title told; the page's own heading is most often one of them word for word."""
    if not titles:
        return np.zeros(0, np.uint32)
    characters = read_characters([titles[0] or " "])
    return np.unique(read_words(characters, 1).hashes)
