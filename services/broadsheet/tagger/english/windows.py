"""Texts to windows, as the model reads them: whole sentences where they fit, texts of one window one behind another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadsheet.tagger.english.pieces import GAPS, Pieces
from broadsheet.tagger.english.silence import is_silent, sentence_starts

LENGTH = 160
"""Pieces of a window with its marks of begin and end, as in training."""

ROOM = LENGTH - 2

BEGIN, END = 101, 102
"""The vocabulary's numbers of [CLS] and [SEP]."""

LEAST = ROOM // 2
"""Pieces that a window must hold before it is cut at the end of a sentence rather than at a word."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text that lies in one window: number of the text, first piece, one past the last."""

    text: int
    start: int
    stop: int


def pack(texts: Sequence[Pieces]) -> Iterator[list[Stretch]]:
    """Fill windows with the texts in their order, but for sentences that name nothing; give what each window holds."""
    held: list[Stretch] = []
    size = 0
    for number, pieces in enumerate(texts):
        for start, stop in _cut(pieces):
            if size + stop - start > ROOM:
                yield held
                held, size = [], 0
            held.append(Stretch(number, start, stop))
            size += stop - start + 1
    if held:
        yield held


def rows(texts: Sequence[Pieces], held: Sequence[Stretch]) -> dict[str, NDArray[np.int32]]:
    """Give the model's inputs for a window: a begin, and each stretch with an end behind it."""
    edge = np.array([0], np.int32)
    parts: dict[str, list[NDArray[np.int32]]] = {"ids": [edge + BEGIN], "marks": [edge], "gaps": [edge + GAPS - 1]}
    for stretch in held:
        pieces, inside = texts[stretch.text], slice(stretch.start, stretch.stop)
        parts["ids"] += [pieces.ids[inside], edge + END]
        parts["marks"] += [pieces.marks[inside], edge]
        parts["gaps"] += [pieces.gaps[inside], edge + GAPS - 1]
    return {name: np.concatenate(found)[:LENGTH] for name, found in parts.items()}


def _cut(pieces: Pieces) -> Iterator[tuple[int, int]]:
    """Cut what is to be read of a text into stretches of at most `ROOM` pieces, at a sentence if one ends, else at a word."""
    sentences, words = sentence_starts(pieces), np.flatnonzero(pieces.first)
    for first, last in _read(pieces):
        start = first
        while start < last:
            stop = start + ROOM
            if stop < last:
                stop = _last(sentences, start + LEAST, stop) or _last(words, start + 1, stop) or stop
            yield start, min(stop, last)
            start = stop


def _read(pieces: Pieces) -> Iterator[tuple[int, int]]:
    """Give the runs of pieces that are to be read: first, one past the last."""
    edges = np.flatnonzero(np.diff(np.concatenate([[True], is_silent(pieces), [True]]).astype(np.int8)))
    return zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _last(places: NDArray[np.int64], low: int, high: int) -> int | None:
    """Give the last of some places that lies from `low` to `high`, or None."""
    found = int(np.searchsorted(places, high, side="right")) - 1
    return int(places[found]) if found >= 0 and places[found] >= low else None
