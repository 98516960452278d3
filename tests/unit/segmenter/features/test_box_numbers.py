"""Numbers of the boxes around a line."""

import numpy as np
import pytest

from broadsheet.segmenter.boxes import Box, Boxes
from broadsheet.segmenter.features.box_numbers import read_boxes

PROSE = np.array([50, 0, 0, 50], np.float32)
LENGTHS = np.array([100, 20, 20, 100])
LINK = np.array([0, 1, 0.5, 0], np.float32)
PAGE = Box(0, 0, 4)
WRAPPER = Box(0, 0, 4)
LIST = Box(1, 1, 3)
ITEM = Box(2, 1, 2)
BOXES = Boxes((PAGE, WRAPPER, LIST, ITEM))


def test_a_line_has_its_own_box_and_wider_ones() -> None:
    found = read_boxes(BOXES, PROSE, LENGTHS, LINK).around(np.array([1, 3, 2, 0]))
    item = {name: float(column[1]) for name, column in found.items()}

    assert item["box0_lines"] == pytest.approx(np.log1p(1) / 5)
    assert item["box1_lines"] == pytest.approx(np.log1p(2) / 5)
    assert item["box2_lines"] == item["box3_lines"] == pytest.approx(np.log1p(4) / 5)
    assert (item["box0_links"], item["box1_links"]) == (1, 0.75)
    assert (item["box1_share"], item["box2_share"]) == (0, 1)
    assert item["box2_prose"] == pytest.approx(100 / 240)
    assert item["box1_length"] == pytest.approx(np.log1p(40) / 10)


def test_boxes_with_the_same_lines_count_once() -> None:
    found = read_boxes(BOXES, PROSE, LENGTHS, LINK).around(np.array([3, 3, 2, 1]))

    assert found["box0_lines"][3] == found["box1_lines"][3] == found["box3_lines"][3]


def test_a_page_without_boxes_has_zeros() -> None:
    found = read_boxes(Boxes(), PROSE, LENGTHS, LINK).around(np.zeros(4, np.int64))

    assert len(found) == 20
    assert not any(column.any() for column in found.values())
