"""Texts to windows, as the model reads them: whole sentences where they fit, texts of one window one behind another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadsheet.tagger.english.pieces import GAPS, Pieces

LENGTH = 160
"""Pieces of a window with its marks of begin and end, as in training."""

ROOM = LENGTH - 2

BEGIN, END = 101, 102
"""The vocabulary's numbers of [CLS] and [SEP]."""

ENDS = (1012, 1029, 999)
"""The vocabulary's numbers of `.`, `?` and `!`."""

LEAST = ROOM // 2
"""Pieces that a window must hold before it is cut at the end of a sentence rather than at a word."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text that lies in one window: number of the text, first piece, one past the last."""

    text: int
    start: int
    stop: int


def pack(texts: Sequence[Pieces]) -> Iterator[list[Stretch]]:
    """Fill windows with texts in their order; give what each window holds."""
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
    """Cut a text into stretches of at most `ROOM` pieces, at the end of a sentence if there is one, else at a word."""
    start, size = 0, len(pieces)
    if size <= ROOM:
        if size:
            yield 0, size
        return
    sentences = _sentences(pieces)
    words = np.flatnonzero(pieces.first)
    while start < size:
        stop = start + ROOM
        if stop < size:
            stop = _last(sentences, start + LEAST, stop) or _last(words, start + 1, stop) or stop
        yield start, min(stop, size)
        start = stop


def _sentences(pieces: Pieces) -> NDArray[np.int64]:
    """Give the pieces that begin a sentence: behind a full stop and a space, or on a new line."""
    after = np.concatenate([[False], np.isin(pieces.ids[:-1], ENDS)])
    return np.flatnonzero(pieces.first & ((after & (pieces.gaps > 0)) | (pieces.gaps > 1)))


def _last(places: NDArray[np.int64], low: int, high: int) -> int | None:
    """Give the last of some places that lies from `low` to `high`, or None."""
    found = int(np.searchsorted(places, high, side="right")) - 1
    return int(places[found]) if found >= 0 and places[found] >= low else None
