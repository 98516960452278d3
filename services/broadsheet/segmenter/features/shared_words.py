"""What share of each line's longer words stands elsewhere: in the densest run, where it starts, close by."""

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.equals import Runs, bring_together
from broadsheet.segmenter.features.line_numbers import Column, Flags
from broadsheet.segmenter.features.prose import OPENING, Prose
from broadsheet.segmenter.features.sums import steps, sums_before

NEARBY = 6
"""Lines between two uses of a word that make the later one an echo."""


PART = 1 << 16
"""Words brought together in one go, at 80 bytes each: those of a page of 8 MB at once would take 30 MB."""

_NAMES = (
    "shared",
    "shared_rare",
    "shared_opening",
    "shared_opening_rare",
    "echo_above",
    "echo_below",
    "unique_words",
)


def shared_words(hashes: NDArray[np.uint32], line: NDArray[np.int32], prose: Prose) -> dict[str, Column]:
    """Give the shares by name; those called rare count a word the less the more often it stands on the page.

    Args:
        hashes: hashes of the longer words.
        line: the line of each.
        prose: where the page's prose is.
    """
    parts = 1 + len(hashes) // PART
    sums = np.zeros((len(_NAMES) + 2, len(prose.weight)))
    for part in range(parts):
        chosen = slice(None) if parts == 1 else hashes % np.uint32(parts) == part  # all uses of a word are in one part
        _add(sums, hashes[chosen], line[chosen], prose)
    return _shares(sums)


def _add(sums: NDArray[np.float64], hashes: NDArray[np.uint32], lines_of: NDArray[np.int32], prose: Prose) -> None:
    """Add what the shares are made of for each line: how many words it has, their weights, and those of `_NAMES`."""
    lines, first, stop = len(prose.weight), prose.first, prose.stop
    order, runs = bring_together(hashes)
    line = lines_of[order].astype(np.int64)
    rare = runs.spread(1.0 / np.sqrt(runs.sizes))
    start = first + int((prose.weight[first:stop] > 0).cumsum().searchsorted(OPENING)) + 1
    below_first = line >= first
    in_run = _also_in(below_first & (line < stop), runs)
    opening = _also_in(below_first & (line < start), runs)
    above, below = _echoes(line, runs)
    unique = runs.spread(runs.sizes == 1)
    weights = (None, rare, in_run, in_run * rare, opening, opening * rare, above * rare, below * rare, unique)
    for number, weight in enumerate(weights):
        sums[number] += np.bincount(line, weight, minlength=lines)


def _shares(sums: NDArray[np.float64]) -> dict[str, Column]:
    counts, weights = np.maximum(sums[0], 1), np.maximum(sums[1], 1e-6)
    whole = (counts, weights, counts, weights, weights, weights, counts)
    return {name: part / of for name, part, of in zip(_NAMES, sums[2:], whole, strict=True)}


def _also_in(inside: Flags, runs: Runs) -> Flags:
    """Tell of each word whether a stretch of the page has it, besides where it stands itself."""
    sums = sums_before(inside)
    uses = sums[runs.firsts + runs.sizes] - sums[runs.firsts]
    return runs.spread(uses) > inside


def _echoes(line: NDArray[np.int64], runs: Runs) -> tuple[Flags, Flags]:
    """Tell of each word whether it was used in a line shortly above, and whether it is in one shortly below."""
    distance, near = steps(line), np.zeros(len(line) + 1, np.bool_)
    near[1:-1] = ~runs.begins[1:] & (distance > 0) & (distance <= NEARBY)
    return near[:-1], near[1:]
