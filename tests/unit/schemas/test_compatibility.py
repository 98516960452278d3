"""Within a version, a contract changes only in ways that no reader or writer of the last release notices."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from broadsheet_schemas.json_schemas import EVENT_TOPICS, json_schema, versioned_name
from broadsheet_schemas.topics import ENRICHED, RAW, Topic
from unit.schemas.compatibility import Schema, breaks, inlined
from unit.schemas.golden import released_schema

READ_BY_US_ALONE = (RAW,)
ENRICHED_SCHEMA = inlined(json_schema(ENRICHED))
RAW_SCHEMA = inlined(json_schema(RAW))

Change = Callable[[Any], object]


@pytest.mark.parametrize("topic", EVENT_TOPICS.values(), ids=EVENT_TOPICS)
def test_a_contract_breaks_nobody_of_the_last_release(topic: Topic) -> None:
    old, new = inlined(released_schema(versioned_name(topic))), inlined(json_schema(topic))
    assert list(breaks(old, new, read_by_others=topic not in READ_BY_US_ALONE)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda schema: schema["properties"].pop("authors"), "event.authors: removed"),
        (lambda schema: schema["properties"]["source"]["properties"].pop("domain"), "event.source.domain: removed"),
        (lambda schema: schema["required"].append("authors"), "event.authors: now required"),
        (lambda schema: schema["required"].remove("text"), "event.text: no longer required"),
        (
            lambda schema: schema["properties"]["text"].update(type="integer"),
            "event.text: type was string, is integer",
        ),
        (
            lambda schema: schema["properties"]["body"]["items"]["properties"]["kind"]["enum"].remove("quote"),
            "event.body[].kind: no longer 'quote'",
        ),
        (
            lambda schema: schema["properties"]["entities"]["items"]["properties"]["type"]["enum"].append("LAW"),
            "event.entities[].type: can now be 'LAW'",
        ),
        (
            lambda schema: schema["properties"]["entities"]["items"]["properties"]["salience"].update(maximum=100),
            "event.entities[].salience: maximum was 1.0, is 100",
        ),
        (
            lambda schema: schema["properties"]["authors"]["items"].update(maxLength=10),
            "event.authors[]: maxLength was None, is 10",
        ),
        (lambda schema: schema["properties"]["title"]["anyOf"].pop(), "event.title: another type"),
        (
            lambda schema: schema["properties"].update(text={"anyOf": [{"type": "string"}, {"type": "null"}]}),
            "event.text: another type",
        ),
        (
            lambda schema: schema["properties"]["teasers"]["items"]["properties"]["published"]["anyOf"][0][
                "required"
            ].remove("text"),
            "event.teasers[].published.text: no longer required",
        ),
    ],
)
def test_a_breaking_change_is_told(change: Change, told: str) -> None:
    assert told in list(breaks(ENRICHED_SCHEMA, changed(ENRICHED_SCHEMA, change), read_by_others=True))


@pytest.mark.parametrize(
    "change",
    [
        lambda schema: schema["properties"].update(mood={"type": "string"}),
        lambda schema: schema["properties"]["source"]["properties"].update(country={"type": "string"}),
    ],
)
def test_a_new_optional_field_breaks_nobody(change: Change) -> None:
    assert list(breaks(ENRICHED_SCHEMA, changed(ENRICHED_SCHEMA, change), read_by_others=True)) == []


def test_what_only_we_read_may_ask_for_less_but_not_for_more() -> None:
    less = changed(RAW_SCHEMA, lambda schema: schema["required"].remove("content"))
    more = changed(RAW_SCHEMA, lambda schema: schema["required"].append("url"))
    assert list(breaks(RAW_SCHEMA, less, read_by_others=False)) == []
    assert list(breaks(RAW_SCHEMA, more, read_by_others=False)) == ["event.url: now required"]


def test_annotations_are_no_part_of_the_contract() -> None:
    schema = json_schema(RAW)
    schema["description"] = schema["properties"]["url"]["description"] = "other words"
    assert list(breaks(RAW_SCHEMA, inlined(schema), read_by_others=True)) == []


def test_a_field_may_be_called_like_an_annotation() -> None:
    assert "title" in ENRICHED_SCHEMA["properties"]


def changed(schema: Schema, change: Change) -> Schema:
    new = copy.deepcopy(schema)
    change(new)
    return new
