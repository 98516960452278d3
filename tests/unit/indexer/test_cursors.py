import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.indexer.cursors import LONGEST, read_cursor, write_cursor
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

DAYS = st.none() | st.integers(-(2**63), 2**63 - 1)
IDS = st.text(min_size=1, max_size=512)
SCORES = st.floats(0, width=32, allow_nan=False, allow_infinity=False)


@given(DAYS, IDS)
def test_a_place_by_date_comes_back(day: int | None, document_id: str) -> None:
    cursor = write_cursor("date", [day, document_id])
    assert read_cursor("date", cursor) == [day, document_id]
    assert re.fullmatch(r"[\w-]+", cursor, re.ASCII)
    assert len(cursor) <= LONGEST


@given(SCORES, DAYS, IDS)
def test_a_place_by_score_comes_back_exactly(score: float, day: int | None, document_id: str) -> None:
    place = [score, day, document_id]
    assert read_cursor("relevance", write_cursor("relevance", place)) == place


@given(st.text())
def test_whatever_else_is_given_is_refused_with_a_code(cursor: str) -> None:
    with pytest.raises(OperatorError) as caught:
        read_cursor("date", cursor)
    assert caught.value.code is ErrorCode.USAGE


@pytest.mark.parametrize("place", [[], [1], [1, "a", 2], [{"a": 1}, "x"], [[1], "x"]])
def test_a_place_of_another_shape_is_refused(place: list[object]) -> None:
    with pytest.raises(OperatorError):
        read_cursor("date", write_cursor("date", place))
