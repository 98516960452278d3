"""The topics and the processors between them make one road."""

import inspect
from importlib import import_module
from itertools import pairwise

import pytest

from broadsheet_schemas.processors import PROCESSORS, Processor
from broadsheet_schemas.topics import DEAD_LETTER, MAX_PAGE_BYTES, TOPICS, TOPICS_BY_NAME, Topic


def test_each_processor_reads_what_the_one_before_it_writes() -> None:
    assert [topic for processor in PROCESSORS for topic in (processor.reads,)] == list(TOPICS[:4])
    assert all(before.writes is after.reads for before, after in pairwise(PROCESSORS))
    assert all(processor.dead_letters is DEAD_LETTER for processor in PROCESSORS)


@pytest.mark.parametrize("processor", PROCESSORS, ids=lambda processor: processor.name)
def test_a_stage_is_bound_to_the_topics_of_its_processor(processor: Processor) -> None:
    make = import_module(f"broadsheet.{processor.name}.app").stage
    (settings,) = inspect.signature(make).parameters.values()
    stage = make(settings.annotation())
    assert (stage.name, stage.reads, stage.writes) == (processor.name, processor.reads, processor.writes)


@pytest.mark.parametrize("topic", TOPICS[:-1], ids=lambda topic: topic.name)
def test_an_event_type_is_named_after_its_topic(topic: Topic) -> None:
    assert topic.event_type == f"broadsheet.document.{topic.name.removeprefix('documents.')}.v1"


def test_a_prefix_stands_before_the_name() -> None:
    assert TOPICS_BY_NAME["documents.raw"].prefixed("blue.") == "blue.documents.raw"


def test_limits_leave_room() -> None:
    assert all(topic.max_message_bytes >= 4 * MAX_PAGE_BYTES for topic in TOPICS)
    assert all(DEAD_LETTER.max_message_bytes > topic.max_message_bytes for topic in TOPICS[:-1])
