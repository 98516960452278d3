"""Texts to windows of one length, the form in which the network reads them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from broadsheet.tagger.english.pieces import GAPS, Pieces
from broadsheet.tagger.english.tags import TAGS
from broadsheet.tagger.english.windows import BEGIN, END, LENGTH, ROOM

SHORTEST = 40
"""Pieces of the shortest beginning that a long text is cut at, so that its windows fall otherwise in each epoch."""

NOTHING_SAID = 0
"""The tags of what is not a word's first piece: it counts for nothing."""


class Window(NamedTuple):
    """Rows of one window: numbers in the vocabulary, marks, gaps, tags as bits, the source, and what a teacher said.

    `taught` holds the probabilities of the tags of each row, (`LENGTH`, tags) float16; all 0 where no teacher was asked.
    """

    ids: NDArray[np.int32]
    marks: NDArray[np.int32]
    gaps: NDArray[np.int32]
    allowed: NDArray[np.int32]
    source: int
    taught: NDArray[np.float16]


class Batch(NamedTuple):
    """Windows one above the other, (windows, `LENGTH`), their sources, (windows,), and the teacher's answers."""

    ids: jax.Array
    marks: jax.Array
    gaps: jax.Array
    allowed: jax.Array
    source: jax.Array
    taught: jax.Array


UNTAUGHT = np.zeros((LENGTH, len(TAGS)), np.float16)


@dataclass(frozen=True, slots=True)
class Example:
    """A text as pieces, the tags of each piece as bits, and the number of its source."""

    pieces: Pieces
    allowed: NDArray[np.int32]
    source: int


_Row = tuple[int, int, int, int]
_BREAK: _Row = (END, 0, GAPS - 1, NOTHING_SAID)


def windows(examples: Sequence[Example], random: np.random.Generator) -> Iterator[Window]:
    """Put the texts of each source one behind another, in a random order, and cut them into windows at words."""
    order = random.permutation(len(examples))
    for source in sorted({example.source for example in examples}):
        held: list[NDArray[np.int32]] = []
        size = 0
        for index in order:
            if examples[index].source == source:
                for part in _parts(examples[index], random):
                    if size + len(part) > ROOM:
                        yield _window(held, source)
                        held, size = [], 0
                    held.append(part)
                    size += len(part) + 1
        if held:
            yield _window(held, source)


def _parts(example: Example, random: np.random.Generator) -> Iterator[NDArray[np.int32]]:
    """Cut a text into stretches that fit, a long one with a first stretch of any length."""
    rows = np.stack(
        [
            example.pieces.ids,
            example.pieces.marks,
            example.pieces.gaps,
            np.where(example.pieces.first, example.allowed, NOTHING_SAID),
        ],
        axis=1,
    )
    begins = np.flatnonzero(example.pieces.first)
    start = 0
    limit = ROOM if len(rows) <= ROOM else int(random.integers(SHORTEST, ROOM + 1))
    while start < len(rows):
        stop = start + limit
        if stop < len(rows):
            before = begins[np.searchsorted(begins, stop, side="right") - 1]
            stop = int(before) if before > start else stop
        yield rows[start:stop]
        start, limit = stop, ROOM


def _window(parts: Sequence[NDArray[np.int32]], source: int) -> Window:
    rows: list[NDArray[np.int32]] = [np.array([(BEGIN, 0, GAPS - 1, NOTHING_SAID)], np.int32)]
    for part in parts:
        rows += [part, np.array([_BREAK], np.int32)]
    table = np.concatenate(rows)[:LENGTH]
    padded = np.zeros((LENGTH, 4), np.int32)
    padded[: len(table)] = table
    ids, marks, gaps, allowed = padded.T
    return Window(ids, marks, gaps, allowed, source, UNTAUGHT)


def batches(found: Sequence[Window], size: int, random: np.random.Generator) -> Iterator[Batch]:
    """Give windows in a random order, `size` at a time; what does not fill a batch waits for the next epoch's draw."""
    order = random.permutation(len(found))
    for start in range(0, len(order) - size + 1, size):
        yield stack([found[index] for index in order[start : start + size]])


def stack(chosen: Sequence[Window]) -> Batch:
    """Put windows one above the other."""
    return Batch(*(jnp.asarray(np.array(column)) for column in zip(*chosen, strict=True)))
