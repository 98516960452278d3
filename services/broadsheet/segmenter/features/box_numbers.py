"""Numbers of the boxes around a line: what its own holds, and the next three that hold more lines."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.line_numbers import Column
from broadsheet.segmenter.lines import Box

_LEVELS = 4
_NUMBERS = ("lines", "length", "links", "prose", "share")


def box_numbers(
    own: NDArray[np.int64], boxes: Sequence[Box], prose: Column, lengths: NDArray[np.int64], link: Column
) -> dict[str, Column]:
    """Give the numbers of the boxes around each line by name, each (lines,) float32; all 0 on a page without boxes.

    Args:
        own: number of each line's nearest box.
        boxes: the page's boxes.
        prose: prose of each line, in code points.
        lengths: length of each line in code points.
        link: share of each line that stands in links.
    """
    names = [f"box{level}_{name}" for level in range(_LEVELS) for name in _NUMBERS]
    if not boxes:
        return {name: np.zeros(len(own), np.float32) for name in names}
    values, wider = _values(boxes, prose, lengths, link), _wider(boxes)
    columns: list[Column] = []
    for _ in range(_LEVELS):
        columns += list(values[:, own])
        own = wider[own]
    return dict(zip(names, columns, strict=True))


def _values(boxes: Sequence[Box], prose: Column, lengths: NDArray[np.int64], link: Column) -> NDArray[np.float32]:
    """Give the numbers of every box, (numbers, boxes)."""
    first = np.fromiter((box.first for box in boxes), np.int64, len(boxes))
    stop = np.fromiter((box.stop for box in boxes), np.int64, len(boxes))
    sums = [
        np.concatenate((np.zeros(1), np.cumsum(each, dtype=np.float64))) for each in (lengths, lengths * link, prose)
    ]
    size, linked, read = (total[stop] - total[first] for total in sums)
    least = np.maximum(size, 1)
    share = read / max(float(prose.sum()), 1.0)
    values = (np.log1p(stop - first) / 5, np.log1p(size) / 10, linked / least, read / least, share)
    return np.stack(values).astype(np.float32)


def _wider(boxes: Sequence[Box]) -> NDArray[np.int64]:
    """Give, for every box, the nearest one around it that holds more lines; the outermost gives itself."""
    sizes = [box.stop - box.first for box in boxes]
    wider = [0] * len(boxes)
    for number, box in enumerate(boxes):
        wider[number] = box.parent if sizes[box.parent] > sizes[number] else wider[box.parent]
    return np.array(wider, np.int64)
