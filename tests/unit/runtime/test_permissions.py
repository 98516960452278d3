from itertools import chain

import pytest

from broadsheet.runtime.permissions import COMMAND_NEEDS, Operation, processor_needs
from broadsheet_schemas.processors import PROCESSORS, Processor
from broadsheet_schemas.topics import TOPICS_BY_NAME


@pytest.mark.parametrize("processor", PROCESSORS, ids=lambda processor: processor.name)
def test_a_processor_may_write_its_own_topic_and_the_dead_letters_alone(processor: Processor) -> None:
    needs = processor_needs(processor, "news.")
    written = {need.name for need in needs if need.operation is Operation.WRITE}
    assert written == {f"news.{processor.writes.name}", "news.documents.dead-letter"}
    assert {str(need) for need in needs if need.operation is Operation.READ} == {
        f"Read on topic news.{processor.reads.name}",
        f"Read on group news.broadsheet-{processor.name}",
    }


def test_nobody_needs_anything_outside_the_installation() -> None:
    needs = chain(
        *(processor_needs(processor, "news.") for processor in PROCESSORS),
        *(needs("news.") for needs in COMMAND_NEEDS.values()),
    )
    assert {need.name.startswith("news.") for need in needs} == {True}


def test_only_the_topics_of_the_road_are_named() -> None:
    needs = chain(*(needs("") for needs in COMMAND_NEEDS.values()))
    assert {need.name for need in needs if need.kind == "topic"} == set(TOPICS_BY_NAME)
