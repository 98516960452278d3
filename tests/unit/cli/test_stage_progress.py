"""Lag and rate are counted from offsets; which topic a stage reads is the stage's own word."""

import pytest
from aiokafka import TopicPartition

from broadsheet.cli.stage_progress import READS, advanced, lag
from broadsheet.indexer.app import stage as indexer
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.intake.app import stage as intake
from broadsheet.intake.settings import IntakeSettings
from broadsheet.segmenter.app import stage as segmenter
from broadsheet.segmenter.settings import SegmenterSettings
from broadsheet.tagger.app import stage as tagger
from broadsheet.tagger.settings import TaggerSettings

A, B = TopicPartition("t", 0), TopicPartition("t", 1)


async def test_each_stage_reads_the_topic_that_is_asked_about() -> None:
    stages = (
        intake(IntakeSettings()),
        segmenter(SegmenterSettings()),
        tagger(TaggerSettings()),
        indexer(IndexerSettings()),
    )
    assert {stage.name: stage.reads for stage in stages} == READS


@pytest.mark.parametrize(
    ("positions", "records"), [({A: 3, B: 10}, 7), ({A: 10, B: 10}, 0), ({A: 12, B: 9}, 1), ({}, 0)]
)
def test_lag_is_what_lies_between_position_and_end(positions: dict[TopicPartition, int], records: int) -> None:
    assert lag(positions, {A: 10, B: 10}) == records


def test_a_group_that_is_set_back_has_processed_nothing() -> None:
    assert advanced({A: 3, B: 10}, {A: 8, B: 2}) == 5
