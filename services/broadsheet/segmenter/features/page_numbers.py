"""Numbers of a line in its page: where it stands, what is around it, and what it shares with the densest prose."""

import math

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.characters import Kind
from broadsheet.segmenter.features.equals import bring_together, put_back
from broadsheet.segmenter.features.lexicon import FUNCTION
from broadsheet.segmenter.features.line_counts import BY_GROUP, Counts, Row
from broadsheet.segmenter.features.line_numbers import Column, Flags
from broadsheet.segmenter.features.line_reading import Reading
from broadsheet.segmenter.features.prose import Prose
from broadsheet.segmenter.features.rows import in_rows
from broadsheet.segmenter.features.shared_words import shared_words
from broadsheet.segmenter.features.sums import sums_before

REACH = 4
"""Lines before and after that are summed up as the neighbourhood."""


def page_numbers(reading: Reading, lengths: NDArray[np.int64], gaps: Flags, prose: Prose) -> dict[str, Column]:
    """Give the numbers of each line in its page by name.

    Args:
        reading: what is kept of the lines.
        lengths: length of each line in code points.
        gaps: whether the page has a gap above each line.
        prose: where the page's prose is.
    """
    lines, weight = len(lengths), prose.weight
    total = max(float(weight.sum()), 1.0)
    return {
        **in_rows(position(lines, prose.first, prose.stop)),
        **in_rows(shared_words(reading.hashes, reading.line, prose)),
        **in_rows(_groups(gaps, lengths, weight)),
        **in_rows(_around(weight, np.log1p(lengths).astype(np.float32), total)),
        **in_rows(_repeats(reading.texts)),
        **_whole(reading.counts, lengths, gaps, prose, total),
    }


def _whole(counts: Counts, lengths: NDArray[np.int64], gaps: Flags, prose: Prose, total: float) -> dict[str, Column]:
    """Give what the page as a whole is like, the same for every line."""
    lines = len(lengths)
    values = {
        "page_lines": math.log1p(lines) / 8,
        "page_prose": math.log1p(total) / 10,
        "page_gaps": np.count_nonzero(gaps) / lines,
        "page_run": float(prose.weight[prose.first : prose.stop].sum()) / total,
        "page_run_lines": (prose.stop - prose.first) / lines,
        "page_length": math.log1p(_median(lengths)) / 6,
        "page_function": (counts[BY_GROUP][FUNCTION] / np.maximum(counts[Row.WORDS], 1)).sum() / lines,
        "page_ideographs": (counts[Kind.IDEOGRAPH] / counts[Row.SEEN]).sum() / lines,
    }
    rows = np.array([*values.values()], np.float32)[:, None]
    return dict(zip(values, np.broadcast_to(rows, (len(values), lines)), strict=True))


def _median(values: NDArray[np.int64]) -> float:
    """Give the middle value, or the mean of the two in the middle; `np.median` takes ten times as long."""
    ordered, middle = np.sort(values), len(values) // 2
    return float(ordered[middle]) if len(values) % 2 else float(ordered[middle - 1 : middle + 1].mean())


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


def _groups(gaps: Flags, lengths: NDArray[np.int64], prose: Column) -> dict[str, Column]:
    """Give what each line's group is like: the lines between two gaps."""
    group = np.cumsum(gaps)
    sizes = np.bincount(group)
    place = np.arange(len(gaps)) - sums_before(sizes)[group]
    share = np.bincount(group, prose) / np.maximum(np.bincount(group, lengths), 1)
    return {
        "gap": gaps.astype(np.float32),
        "gap_below": np.append(gaps[1:], True).astype(np.float32),
        "group_size": (np.log1p(sizes) / 4)[group],
        "group_place": np.log1p(place) / 4,
        "group_prose": share[group],
    }


def _around(prose: Column, length: Column, total: float) -> dict[str, Column]:
    """Give sums over the neighbourhood and the cumulative share of the page's prose."""
    sums, lengths = sums_before(prose, np.float64), sums_before(length, np.float64)
    index = np.arange(len(prose))
    low, high = np.maximum(index - REACH, 0), np.minimum(index + REACH + 1, len(prose))
    mean = (lengths[high] - lengths[low]) / (high - low)
    return {
        "prose": np.log1p(prose) / 7,
        "prose_above": np.log1p(sums[:-1] - sums[low]) / 8,
        "prose_below": np.log1p(sums[high] - sums[1:]) / 8,
        "prose_so_far": sums[:-1] / total,
        "length_around": mean,
        "length_against": length - mean,
    }


def _repeats(texts: NDArray[np.uint32]) -> dict[str, Column]:
    """Give how often each line's text stands on the page, and whether it stood there before."""
    order, runs = bring_together(texts)
    return {
        "repeats": put_back(order, runs.spread(np.log2(runs.sizes) / 3)),
        "seen_before": put_back(order, ~runs.begins).astype(np.float32),
    }
