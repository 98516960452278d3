"""Tags of words to names: the likeliest sequence of tags in which every name begins before it goes on (Viterbi)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadsheet.tagger.pieces import Pieces
from broadsheet.tagger.tags import OUTSIDE, TAGS, begin

PLACES = ("GPE", "LOC", "FAC")
"""Types that compete as one: where a name stands for a place, which kind of place is asked afterwards."""

GROUPS = ("PERSON", "ORG", "PLACE", "NORP", "EVENT", "MISC")
"""What the sequence is chosen among."""

CERTAIN = 0.995
"""Probability of being outside from which a word is taken as outside at once; most words of a page are."""

_NEVER = -1e4
_STATES = 1 + 2 * len(GROUPS)
_COLUMNS = [[OUTSIDE]] + [
    [begin(kind) + inside for kind in (PLACES if group == "PLACE" else (group,))]
    for group in GROUPS
    for inside in (0, 1)
]
_MEMBERS = np.zeros((len(TAGS), _STATES), np.float32)
for _state, _tags in enumerate(_COLUMNS):
    _MEMBERS[_tags, _state] = 1

_STEPS = np.zeros((_STATES, _STATES), np.float32)
for _group in range(len(GROUPS)):
    _inside = 2 + 2 * _group
    _STEPS[:, _inside] = _NEVER
    _STEPS[[_inside - 1, _inside], _inside] = 0


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text.

    Attributes:
        start: first code point.
        end: one past the last code point.
        kind: its type.
        probability: of its words' tags, the geometric mean, 0 to 1.
    """

    start: int
    end: int
    kind: str
    probability: float


def read_names(pieces: Pieces, tags: NDArray[np.float32]) -> list[Name]:
    """Read the names of a text, in order, none overlapping another; those of type MISC too.

    Args:
        pieces: of the text.
        tags: logarithms of the probabilities of each piece's tags, as the model gives them.
    """
    words = np.flatnonzero(pieces.first)
    if not len(words):
        return []
    said = np.exp(tags[words])
    scores = np.log(np.maximum(said @ _MEMBERS, 1e-9))
    starts, ends = pieces.starts[words], pieces.ends[np.append(words[1:], len(pieces)) - 1]
    found: list[Name] = []
    for low, high in _doubtful(said[:, OUTSIDE] < CERTAIN):
        path = _viterbi(scores[low:high])
        for first, last, group in _runs(path):
            inside = slice(low + first, low + last)
            chosen = scores[inside][np.arange(last - first), path[first:last]]
            kind = GROUPS[group] if GROUPS[group] != "PLACE" else _place(said[inside])
            found.append(Name(int(starts[low + first]), int(ends[low + last - 1]), kind, float(np.exp(chosen.mean()))))
    return found


def _place(said: NDArray[np.float32]) -> str:
    """Choose the kind of place whose tags the words of a name most probably have."""
    sums = [said[:, [begin(kind), begin(kind) + 1]].sum() for kind in PLACES]
    return PLACES[int(np.argmax(sums))]


def _doubtful(open_words: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Give the runs of words that may be in a name."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], open_words, [False]]).astype(np.int8)))
    return zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _viterbi(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Give the best sequence of states (Viterbi 1967); a run begins behind a word that is outside."""
    best = scores[0] + _STEPS[0]
    back: list[NDArray[np.int64]] = []
    for row in scores[1:]:
        ways = best[:, None] + _STEPS
        back.append(ways.argmax(axis=0))
        best = ways.max(axis=0) + row
    path = [int(best.argmax())]
    for came in reversed(back):
        path.append(int(came[path[-1]]))
    return np.array(path[::-1])


def _runs(path: NDArray[np.int64]) -> Iterator[tuple[int, int, int]]:
    """Give first word, one past the last, and group of each name in a sequence of states."""
    begins = np.flatnonzero(path % 2 == 1)
    for first in begins.tolist():
        last = first + 1
        while last < len(path) and path[last] == path[first] + 1:
            last += 1
        yield first, last, (int(path[first]) - 1) // 2
