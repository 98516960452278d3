"""The boxes of a page as columns of numbers."""

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.segmenter.boxes import Box, Boxes

NUMBERS = st.integers(0, 2**31 - 1)
BOXES = st.lists(st.builds(Box, NUMBERS, NUMBERS, NUMBERS))


@given(BOXES)
def test_boxes_are_given_as_they_came(given_boxes: list[Box]) -> None:
    boxes = Boxes(given_boxes)

    assert list(boxes) == given_boxes
    assert [boxes[place] for place in range(len(boxes))] == given_boxes
    assert boxes[1:] == tuple(given_boxes[1:])
    assert boxes == Boxes(boxes)
    assert boxes != Boxes([*given_boxes, Box(0, 0, 0)])


def test_the_box_that_also_holds_a_line_is_the_box_itself_or_one_around_it() -> None:
    boxes = Boxes([Box(0, 0, 5), Box(0, 1, 4), Box(1, 1, 2)])

    assert [boxes.holding(2, line) for line in (1, 2, 3, 4)] == [2, 1, 1, 0]
    assert boxes.holding(2, 9) == 0, "none does: the outermost"


def test_a_box_ends_where_it_begins_until_it_is_ended() -> None:
    boxes = Boxes()
    outer = boxes.begin(0, 0)
    inner = boxes.begin(outer, 3)
    boxes.stops[outer] = 7

    assert (outer, inner) == (0, 1)
    assert list(boxes) == [Box(0, 0, 7), Box(0, 3, 3)]
