"""The JSON Schemas: valid, named, and true of what the models write."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from broadsheet_schemas.json_schemas import EVENT_TOPICS, event_name, json_schema, versioned_name
from broadsheet_schemas.segmented import RestSpan
from broadsheet_schemas.topics import DEAD_LETTER, ENRICHED, Topic
from unit.schemas.golden import REPOSITORY, load
from unit.schemas.strategies import PROPERTY, instances

VALIDATORS = {topic.name: Draft202012Validator(json_schema(topic)) for topic in EVENT_TOPICS.values()}
TOPICS = pytest.mark.parametrize("topic", EVENT_TOPICS.values(), ids=EVENT_TOPICS)


def test_events_are_named_in_the_order_of_the_road() -> None:
    assert list(EVENT_TOPICS) == [
        "raw-document",
        "accepted-document",
        "segmented-document",
        "enriched-document",
        "index-receipt",
    ]


def test_names() -> None:
    assert event_name(RestSpan) == "rest-span"
    assert versioned_name(ENRICHED) == "enriched-document.v1"
    assert json_schema(ENRICHED)["$id"] == "urn:broadsheet:event:enriched-document:v1"


def test_a_dead_letter_is_no_event() -> None:
    with pytest.raises(ValueError, match=r"documents\.dead-letter carries no events"):
        json_schema(DEAD_LETTER)


@TOPICS
def test_a_schema_is_valid_against_the_metaschema(topic: Topic) -> None:
    schema = load(REPOSITORY / f"schemas/json/{versioned_name(topic)}.json")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@TOPICS
def test_a_schema_describes_every_object_and_field(topic: Topic) -> None:
    schema = json_schema(topic)
    objects = [schema, *schema.get("$defs", {}).values()]
    fields = [field for node in objects for field in node["properties"].values()]
    assert all(node["title"] and node["description"] for node in objects)
    assert all(field["description"] for field in fields)
    assert not any("title" in field for field in fields)


@TOPICS
@PROPERTY
@given(data=st.data())
def test_what_a_model_writes_is_valid(topic: Topic, data: st.DataObject) -> None:
    assert topic.event
    written: Any = json.loads(data.draw(instances(topic.event)).model_dump_json())
    VALIDATORS[topic.name].validate(written)
