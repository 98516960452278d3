"""Numbers of the boxes around a line: what its own holds, and the next three that hold more lines."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.boxes import Boxes
from broadsheet.segmenter.features.line_numbers import Column
from broadsheet.segmenter.features.sums import sums_before

_LEVELS = 4
_NUMBERS = ("lines", "length", "links", "prose", "share")
_NAMES = tuple(f"box{level}_{name}" for level in range(_LEVELS) for name in _NUMBERS)


@dataclass(frozen=True, slots=True)
class BoxNumbers:
    """Numbers of every box of a page.

    Attributes:
        values: the numbers, (numbers, boxes) float32.
        wider: for every box, the nearest one around it that holds more lines; the outermost gives itself.
    """

    values: NDArray[np.float32]
    wider: NDArray[np.int64]

    def around(self, own: NDArray[np.int64]) -> dict[str, Column]:
        """Give the numbers of the boxes around some lines by name; all 0 on a page without boxes.

        Args:
            own: number of each line's nearest box.
        """
        if not self.wider.size:
            return dict.fromkeys(_NAMES, np.zeros(len(own), np.float32))
        rows: list[Column] = []
        for _ in range(_LEVELS):
            rows += list(self.values.take(own, axis=1))
            own = self.wider.take(own)
        return dict(zip(_NAMES, rows, strict=True))


def read_boxes(boxes: Boxes, prose: Column, lengths: NDArray[np.int64], link: Column) -> BoxNumbers:
    """Give the numbers of a page's boxes.

    Args:
        boxes: the boxes.
        prose: prose of each line, in code points.
        lengths: length of each line in code points.
        link: share of each line that stands in links.
    """
    first, stop, parent = (np.array(column, np.int64) for column in (boxes.firsts, boxes.stops, boxes.parents))
    size, linked, read = (
        total[stop] - total[first]
        for total in (sums_before(each, np.float64) for each in (lengths, lengths * link, prose))
    )
    least = np.maximum(size, 1)
    share = read / max(float(prose.sum()), 1.0)
    values = (np.log1p(stop - first) / 5, np.log1p(size) / 10, linked / least, read / least, share)
    return BoxNumbers(np.stack(values, dtype=np.float32, casting="same_kind"), _wider(parent, stop - first))


def _wider(parents: NDArray[np.int64], lines: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give, for every box, the nearest one around it that holds more lines; a box comes after those around it."""
    wider = [0] * len(parents)
    more = (lines[parents] > lines).tolist()
    for number, parent in enumerate(parents.tolist()):
        wider[number] = parent if more[number] else wider[parent]
    return np.array(wider, np.int64)
