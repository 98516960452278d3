"""Tags of words to names: the likeliest sequence of tags in which every name begins before it goes on (Viterbi)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from broadsheet.tagger.english.pieces import Pieces
from broadsheet.tagger.english.tags import OUTSIDE, TAGS, begin

PLACES: Final = ("GPE", "LOC", "FAC")
"""Types that compete as one: where a name stands for a place, which kind of place is asked afterwards."""

GROUPS = ("PERSON", "ORG", "PLACE", "NORP", "EVENT", "MISC")
"""What the sequence is chosen among."""

CERTAIN = 0.995
"""Probability of being outside from which a word is taken as outside at once; most words of a page are."""

LEAST = 1e-6
"""Smallest probability that is told apart from none."""

_NEVER = -1e4
_STATES = 1 + 2 * len(GROUPS)
_COLUMNS = [
    [OUTSIDE],
    *(
        [begin(kind) + inside for kind in (PLACES if group == "PLACE" else (group,))]
        for group in GROUPS
        for inside in (0, 1)
    ),
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
class Span:
    """Words that are a name: the first, one past the last, and the number of its group in `GROUPS`."""

    first: int
    last: int
    group: int


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, and what the model says of each.

    Attributes:
        starts: first code point of each.
        ends: one past its last code point.
        scores: natural logarithms of the probabilities of being outside, of beginning a name of each group and of going
            on with one, (words, 1 + 2 * groups).
        places: probabilities of beginning or going on with each kind of place, (words, 3).
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    scores: NDArray[np.float32]
    places: NDArray[np.float32]

    def spelled(self, text: str) -> list[str]:
        """Give each word as the text has it."""
        return [text[start:end] for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]


def read_words(pieces: Pieces, tags: NDArray[np.float32]) -> Words:
    """Bring what the model says of pieces to what it says of words.

    Args:
        pieces: of the text.
        tags: natural logarithms of the probabilities of each piece's tags, as the model gives them.
    """
    first = np.flatnonzero(pieces.first)
    said = np.exp(tags[first])
    places = np.stack([said[:, [begin(kind), begin(kind) + 1]].sum(axis=1) for kind in PLACES], axis=1)
    ends = pieces.ends[np.append(first[1:], len(pieces)) - 1] if len(first) else pieces.ends
    return Words(pieces.starts[first], ends, np.log(np.maximum(said @ _MEMBERS, LEAST)), places)


def find_spans(words: Words) -> list[Span]:
    """Read the names of a text, in order, none overlapping another."""
    found = []
    for low, high in _doubtful(words.scores[:, 0] < np.log(CERTAIN)):
        found += [
            Span(low + span.first, low + span.last, span.group) for span in _runs(_viterbi(words.scores[low:high]))
        ]
    return found


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


def _runs(path: NDArray[np.int64]) -> Iterator[Span]:
    """Give the names in a sequence of states."""
    for first in np.flatnonzero(path % 2 == 1).tolist():
        last = first + 1
        while last < len(path) and path[last] == path[first] + 1:
            last += 1
        yield Span(first, last, (int(path[first]) - 1) // 2)
