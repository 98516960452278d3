"""Numbers of a line in its page: where it stands, what is around it, and what it shares with the densest prose."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.line_numbers import Column
from broadsheet.segmenter.features.words import Shape, Words

Flags = NDArray[np.bool_]

PRICE = 45.0
"""What a line that is not prose costs the densest run, in code points; prose brings its length, `CEILING` at most."""

CEILING = 400.0

REACH = 4
"""Lines before and after that are summed up as the neighbourhood."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Where the prose of a page is.

    Attributes:
        weight: prose of each line, in code points, (lines,) float32.
        first: first line of the densest run.
        stop: the line after its last one.
    """

    weight: Column
    first: int
    stop: int


def find_prose(columns: dict[str, Column], lengths: NDArray[np.int64]) -> Prose:
    """Give the prose of a page by what `line_numbers` gave and the length of each line in code points."""
    weight = prose_weight(columns, lengths)
    return Prose(weight, *densest_run(weight))


def page_numbers(  # noqa: PLR0917 - all of them describe the same lines
    columns: dict[str, Column],
    lengths: NDArray[np.int64],
    gaps: Flags,
    words: Words,
    texts: NDArray[np.uint32],
    found_prose: Prose,
) -> dict[str, Column]:
    """Give the numbers of each line in its page by name, each (lines,) float32.

    Args:
        columns: what `line_numbers` gave.
        lengths: length of each line in code points.
        gaps: whether the page has a gap above each line.
        words: the words of all lines.
        texts: a hash of each line's words, equal for equal texts.
        found_prose: where the page's prose is.
    """
    lines = len(lengths)
    prose, first, stop = found_prose.weight, found_prose.first, found_prose.stop
    found = position(lines, first, stop) | _shared(words, lines, first, stop, prose)
    found |= _groups(gaps, lengths, prose) | _around(prose, columns) | _repeats(texts)
    total = max(float(prose.sum()), 1.0)
    whole = {
        "page_lines": np.log1p(lines) / 8,
        "page_prose": np.log1p(total) / 10,
        "page_gaps": float(gaps.mean()),
        "page_run": float(prose[first:stop].sum()) / total,
        "page_run_lines": (stop - first) / lines,
        "page_length": float(np.log1p(np.median(lengths))) / 6,
        "page_function": float(columns["word_function"].mean()),
        "page_ideographs": float(columns["share_ideograph"].mean()),
    }
    return found | {name: np.full(lines, value, np.float32) for name, value in whole.items()}


def prose_weight(columns: dict[str, Column], lengths: NDArray[np.int64]) -> Column:
    """Give the prose of each line, in code points: its length where it reads on, 0 where it is a label or a headline."""
    stops = columns["some_stop"] + columns["ends_ellipsis"]
    lower = columns["share_lower"] + columns["share_uncased"] + 2 * columns["share_ideograph"]
    dense = np.where(columns["share_ideograph"] > 0.3, 2.5, 1.0)  # noqa: PLR2004 - an ideograph says as much as 2.5 letters
    size = lengths * dense
    reads_on = (stops > 0) & (lower > 0.5) & (size > 60)  # noqa: PLR2004 - about ten words
    return np.where(reads_on | (size > 220), np.minimum(size, CEILING * 4), 0).astype(np.float32)  # noqa: PLR2004 - no headline is longer


def densest_run(prose: Column) -> tuple[int, int]:
    """Give the run of lines with the most prose for its price: its first line and the line after its last.

    Kadane's algorithm for the maximum subarray, by running sums: the best end for every start is where the sum of
    everything before the start is least.
    """
    values = np.where(prose > 0, np.minimum(prose, CEILING), -PRICE)
    sums = np.concatenate((np.zeros(1), np.cumsum(values, dtype=np.float64)))
    least = np.minimum.accumulate(sums[:-1])
    stop = int(np.argmax(sums[1:] - least)) + 1
    first = int(np.argmin(sums[:stop]))
    return first, stop


def position(lines: int, first: int, stop: int) -> dict[str, Column]:
    """Give where each line stands in the page and as seen from the densest run."""
    index = np.arange(lines, dtype=np.float32)
    before, after = np.maximum(first - index, 0), np.maximum(index - (stop - 1), 0)
    return {
        "place": index / max(lines - 1, 1),
        "from_top": np.log1p(index) / 6,
        "from_bottom": np.log1p(lines - 1 - index) / 6,
        "above_run": np.log1p(before) / 5,
        "below_run": np.log1p(after) / 5,
        "in_run": ((before == 0) & (after == 0)).astype(np.float32),
        "is_above": (before > 0).astype(np.float32),
        "is_below": (after > 0).astype(np.float32),
        "near_run": np.exp(-(before + after) / 4),
    }


def _shared(words: Words, lines: int, first: int, stop: int, prose: Column) -> dict[str, Column]:
    """Give what share of each line's longer words stands elsewhere: in the densest run, where it starts, close by."""
    longer = (words.lengths >= MIN_LETTERS) | (words.shapes == Shape.IDEOGRAPH)
    hashes, line = words.hashes[longer], words.line[longer]
    counts = np.maximum(np.bincount(line, minlength=lines), 1)
    unique, inverse = np.unique(hashes, return_inverse=True)
    on_page = np.bincount(inverse, minlength=len(unique))
    rare = 1.0 / np.sqrt(on_page[inverse])
    weight = np.maximum(np.bincount(line, rare, minlength=lines), 1e-6)
    in_run = _also_in((line >= first) & (line < stop), inverse)
    start = first + int(np.searchsorted(np.cumsum(prose[first:stop] > 0), OPENING)) + 1
    opening = _also_in((line >= first) & (line < start), inverse)
    above, below = _echoes(inverse, line)

    def share(hits: Flags) -> Column:
        return (np.bincount(line, hits, minlength=lines) / counts).astype(np.float32)

    def rare_share(hits: Flags) -> Column:
        return (np.bincount(line, hits * rare, minlength=lines) / weight).astype(np.float32)

    return {
        "shared": share(in_run),
        "shared_rare": rare_share(in_run),
        "shared_opening": share(opening),
        "shared_opening_rare": rare_share(opening),
        "echo_above": rare_share(above),
        "echo_below": rare_share(below),
        "unique_words": share(on_page[inverse] == 1),
    }


MIN_LETTERS = 4
"""Shorter words are function words in most languages and tell no topic."""

OPENING = 6
"""Lines of prose from which an article's topic is known; other articles that follow it share few of their words."""

NEARBY = 6
"""Lines between two uses of a word that make the later one an echo."""


def _also_in(inside: Flags, inverse: NDArray[np.int64]) -> Flags:
    """Tell of each word whether a stretch of the page has it, besides where it stands itself."""
    size = int(inverse.max()) + 1 if len(inverse) else 0
    uses = np.bincount(inverse[inside], minlength=size)
    return uses[inverse] > inside


def _echoes(inverse: NDArray[np.int64], line: NDArray[np.int32]) -> tuple[Flags, Flags]:
    """Tell of each word whether it was used in a line shortly above, and whether it is in one shortly below."""
    order = np.argsort(inverse, kind="stable")
    same = inverse[order][1:] == inverse[order][:-1]
    distance = np.diff(line[order])
    near = same & (distance > 0) & (distance <= NEARBY)
    above, below = np.zeros(len(line), bool), np.zeros(len(line), bool)
    above[order[1:]] = near
    below[order[:-1]] = near
    return above, below


def _groups(gaps: Flags, lengths: NDArray[np.int64], prose: Column) -> dict[str, Column]:
    """Give what each line's group is like: the lines between two gaps."""
    group = np.cumsum(gaps)
    sizes = np.bincount(group)
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)[:-1]))
    place = np.arange(len(gaps)) - starts[group]
    share = np.bincount(group, prose) / np.maximum(np.bincount(group, lengths), 1)
    below = np.append(gaps[1:], True)
    return {
        "gap": gaps.astype(np.float32),
        "gap_below": below.astype(np.float32),
        "group_size": (np.log1p(sizes[group]) / 4).astype(np.float32),
        "group_place": (np.log1p(place) / 4).astype(np.float32),
        "group_prose": share[group].astype(np.float32),
    }


def _around(prose: Column, columns: dict[str, Column]) -> dict[str, Column]:
    """Give sums over the neighbourhood and the cumulative share of the page's prose."""
    total = max(float(prose.sum()), 1.0)
    sums = np.concatenate((np.zeros(1), np.cumsum(prose, dtype=np.float64)))
    index = np.arange(len(prose))
    low, high = np.maximum(index - REACH, 0), np.minimum(index + REACH + 1, len(prose))
    mean = np.concatenate((np.zeros(1), np.cumsum(columns["length"], dtype=np.float64)))
    return {
        "prose": np.log1p(prose) / 7,
        "prose_above": (np.log1p(sums[index] - sums[low]) / 8).astype(np.float32),
        "prose_below": (np.log1p(sums[high] - sums[index + 1]) / 8).astype(np.float32),
        "prose_so_far": (sums[index] / total).astype(np.float32),
        "length_around": ((mean[high] - mean[low]) / (high - low)).astype(np.float32),
        "length_against": (columns["length"] - (mean[high] - mean[low]) / (high - low)).astype(np.float32),
    }


def _repeats(texts: NDArray[np.uint32]) -> dict[str, Column]:
    """Give how often each line's text stands on the page, and whether it stood there before."""
    _, first, inverse, counts = np.unique(texts, return_index=True, return_inverse=True, return_counts=True)
    return {
        "repeats": (np.log2(counts[inverse]) / 3).astype(np.float32),
        "seen_before": (first[inverse] < np.arange(len(texts))).astype(np.float32),
    }
