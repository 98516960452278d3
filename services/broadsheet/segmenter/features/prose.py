"""Where the prose of a page is: which lines read on, and the run of lines that is densest with them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.characters import Kind
from broadsheet.segmenter.features.line_counts import Counts, Row
from broadsheet.segmenter.features.line_numbers import Column
from broadsheet.segmenter.features.sums import sums_before

PRICE = 45.0
"""What a line that is not prose costs the densest run, in code points; prose brings its length, `CEILING` at most."""

CEILING = 400.0

OPENING = 6
"""Lines of prose from which an article's topic is known; other articles that follow it share few of their words."""


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


def find_prose(counts: Counts, lengths: NDArray[np.int64]) -> Prose:
    """Give the prose of a page by what its lines are made of and the length of each in code points."""
    weight = prose_weight(counts, lengths)
    return Prose(weight, *densest_run(weight))


def prose_weight(counts: Counts, lengths: NDArray[np.int64]) -> Column:
    """Give the prose of each line, in code points: its length where it reads on, 0 where it is a label or a headline."""
    seen = counts[Row.SEEN].astype(np.float32)
    ideograph = counts[Kind.IDEOGRAPH] / seen
    lower = counts[Kind.LOWER] / seen + counts[Kind.UNCASED] / seen + 2 * ideograph
    size = lengths * np.where(ideograph > 0.3, 2.5, 1.0)  # noqa: PLR2004 - an ideograph says as much as 2.5 letters
    stops = (counts[Kind.STOP] > 0) | (counts[Row.END] == Kind.ELLIPSIS)
    reads_on = stops & (lower > 0.5) & (size > 60)  # noqa: PLR2004 - about ten words
    return np.where(reads_on | (size > 220), np.minimum(size, CEILING * 4), 0).astype(np.float32)  # noqa: PLR2004 - no headline is longer


def densest_run(prose: Column) -> tuple[int, int]:
    """Give the run of lines with the most prose for its price: its first line and the line after its last.

    Kadane's algorithm for the maximum subarray, by running sums: the best end for every start is where the sum of
    everything before the start is least.
    """
    values = np.where(prose > 0, np.minimum(prose, CEILING), -PRICE)
    sums = sums_before(values, np.float64)
    least = np.minimum.accumulate(sums[:-1])
    stop = int(np.argmax(sums[1:] - least)) + 1
    first = int(np.argmin(sums[:stop]))
    return first, stop
