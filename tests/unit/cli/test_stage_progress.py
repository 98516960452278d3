"""Lag and rate are counted from offsets."""

import pytest
from aiokafka import TopicPartition

from broadsheet.cli.stage_progress import advanced, lag

A, B = TopicPartition("t", 0), TopicPartition("t", 1)


@pytest.mark.parametrize(
    ("positions", "records"), [({A: 3, B: 10}, 7), ({A: 10, B: 10}, 0), ({A: 12, B: 9}, 1), ({}, 0)]
)
def test_lag_is_what_lies_between_position_and_end(positions: dict[TopicPartition, int], records: int) -> None:
    assert lag(positions, {A: 10, B: 10}) == records


def test_a_group_that_is_set_back_has_processed_nothing() -> None:
    assert advanced({A: 3, B: 10}, {A: 8, B: 2}) == 5
