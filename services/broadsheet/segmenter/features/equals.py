"""Equal values brought together by one sort."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.sums import steps


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of equal values, in the order in which they were brought together.

    Attributes:
        begins: whether a run begins with the value, (values,).
        firsts: the first value of each run, (runs,) int64.
        sizes: how many values each run has, (runs,) int64.
    """

    begins: NDArray[np.bool_]
    firsts: NDArray[np.int64]
    sizes: NDArray[np.int64]

    def spread(self, values: NDArray[Any]) -> NDArray[Any]:
        """Give every value of a run what is given for the run."""
        return values.repeat(self.sizes)


def bring_together(values: NDArray[np.uint32] | NDArray[np.int64]) -> tuple[NDArray[np.int64], Runs]:
    """Give the places of fewer than 2^32 values, sorted by value and by place, and the runs of equal values therein."""
    if values.dtype == np.uint32:  # value and place in one number: seven times as fast as to sort places by value
        keys = values.astype(np.uint64)
        keys <<= np.uint64(32)
        keys |= np.arange(len(values), dtype=np.uint64)
        keys.sort()
        order = (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
    else:
        order = values.argsort(kind="stable")
    ordered = values[order]
    bounds = np.ones(len(values) + 1, np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=bounds[1:-1])
    firsts = bounds.nonzero()[0]
    return order, Runs(bounds[:-1], firsts[:-1], steps(firsts))


def put_back(order: NDArray[np.int64], values: NDArray[Any]) -> NDArray[Any]:
    """Give, in the order in which the values stood at first, what is given for them as brought together."""
    found = np.empty_like(values)
    found[order] = values
    return found
