"""Readers and writers of the last release go on working with today's, and the other way round."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from broadsheet.runtime.deadletters import parse_dead_letter
from broadsheet.runtime.records import Record
from broadsheet_schemas.headers import DEAD_LETTER_HEADERS, EVENT_HEADERS, REPLAY_HEADERS
from broadsheet_schemas.json_schemas import EVENT_TOPICS, versioned_name
from broadsheet_schemas.segmented import SegmentedDocument, Title
from broadsheet_schemas.spans import Span
from broadsheet_schemas.topics import DEAD_LETTER, ENRICHED, SEGMENTED, Topic
from unit.schemas.compatibility import fields, inlined
from unit.schemas.golden import GOLDEN, released_schema, samples
from unit.schemas.strategies import PROPERTY, instances

RELEASED = {topic.name: Draft202012Validator(released_schema(versioned_name(topic))) for topic in EVENT_TOPICS.values()}
TOPICS = pytest.mark.parametrize("topic", EVENT_TOPICS.values(), ids=EVENT_TOPICS)
SAMPLES = pytest.mark.parametrize(
    ("topic", "sample"),
    [
        pytest.param(topic, sample, id=f"{event}-{name}")
        for event, topic in EVENT_TOPICS.items()
        for name, sample in samples(versioned_name(topic)).items()
    ],
)


@TOPICS
def test_every_event_has_a_minimal_and_a_full_sample(topic: Topic) -> None:
    assert {"minimal", "full"} <= set(samples(versioned_name(topic)))


@SAMPLES
def test_a_reader_of_today_reads_what_was_once_written(topic: Topic, sample: dict[str, Any]) -> None:
    assert topic.event
    read = topic.event.model_validate_json(json.dumps(sample)).model_dump(mode="json")
    assert _subset(sample, read)


@SAMPLES
def test_a_sample_is_valid_by_the_released_schema(topic: Topic, sample: dict[str, Any]) -> None:
    RELEASED[topic.name].validate(sample)


@TOPICS
def test_the_minimal_sample_has_the_required_fields_alone(topic: Topic) -> None:
    name = versioned_name(topic)
    assert set(samples(name)["minimal"]) == set(released_schema(name)["required"])


@TOPICS
def test_the_samples_have_every_released_field(topic: Topic) -> None:
    name = versioned_name(topic)
    expected = {path for path, _ in fields(inlined(released_schema(name)))}
    assert expected <= {path for sample in samples(name).values() for path in _paths(sample)}


@TOPICS
@PROPERTY
@given(data=st.data())
def test_a_reader_of_the_last_release_reads_what_is_written_today(topic: Topic, data: st.DataObject) -> None:
    assert topic.event
    written: Any = json.loads(data.draw(instances(topic.event)).model_dump_json())
    RELEASED[topic.name].validate(written)


@pytest.mark.parametrize("topic", [SEGMENTED, ENRICHED])
def test_every_span_of_the_full_sample_is_its_surface(topic: Topic) -> None:
    sample = samples(versioned_name(topic))["full"]
    text = SegmentedDocument.model_validate(sample).text
    spans = [node for node in _objects(sample) if {"start", "end", "text"} <= set(node)]
    assert len(spans) >= 8
    assert [text[span["start"] : span["end"]] for span in spans] == [span["text"] for span in spans]


@pytest.mark.parametrize("topic", [SEGMENTED, ENRICHED])
def test_the_full_sample_drops_nothing_of_its_page(topic: Topic) -> None:
    page = SegmentedDocument.model_validate(samples(versioned_name(topic))["full"])
    parts: list[Title | Span] = [*([page.title] if page.title else []), *page.body, *page.teasers, *page.rest]
    covered = sorted(place for part in parts for place in range(part.start or 0, part.end or 0))
    assert len(covered) == len(set(covered))
    assert set(covered) >= {place for place, character in enumerate(page.text) if not character.isspace()}


@pytest.mark.parametrize("name", ["minimal", "full"])
def test_a_reader_of_today_reads_dead_letters_once_written(name: str) -> None:
    sample = samples("dead-letter.v1")[name]
    headers = {key: value for key, value in sample["headers"] if key.startswith("broadsheet-error-")}
    letter = parse_dead_letter(_record(sample))
    assert letter.stage == headers["broadsheet-error-stage"]
    assert letter.code == headers["broadsheet-error-code"]
    assert letter.attempts == int(headers["broadsheet-error-attempts"])
    assert letter.record.offset == int(headers["broadsheet-error-offset"])
    assert letter.record.timestamp_ms == int(headers["broadsheet-error-timestamp"])


def test_the_dead_letter_samples_have_the_documented_headers() -> None:
    errors = {header.name for header in DEAD_LETTER_HEADERS}
    known = errors | {header.name for header in (*EVENT_HEADERS, *REPLAY_HEADERS)}
    assert {name for name, _ in samples("dead-letter.v1")["minimal"]["headers"]} == errors
    assert {name for name, _ in samples("dead-letter.v1")["full"]["headers"]} == known


def test_every_golden_folder_is_of_an_event() -> None:
    events = {versioned_name(topic) for topic in EVENT_TOPICS.values()}
    assert {path.name for path in GOLDEN.glob("*.v1")} == events | {"dead-letter.v1"}
    assert {path.stem for path in (GOLDEN / "schemas").glob("*.json")} == events


def _record(sample: dict[str, Any]) -> Record:
    return Record(
        topic=DEAD_LETTER.name,
        partition=0,
        offset=0,
        timestamp_ms=1_769_804_047_000,
        key=sample["key"] and sample["key"].encode(),
        value=sample["value"].encode(),
        headers=tuple((name, value.encode()) for name, value in sample["headers"]),
    )


def _subset(part: Any, whole: Any) -> bool:
    """Tell whether everything that `part` says stands in `whole` too, at every level."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(key in whole and _subset(part[key], whole[key]) for key in part)
    if isinstance(part, list):
        return len(part) == len(whole) and all(map(_subset, part, whole))
    return bool(part == whole)


def _paths(value: Any, path: str = "") -> list[str]:
    """Give the paths of all fields that are set, list items as `[]`."""
    if isinstance(value, list):
        return [path, *(found for item in value for found in _paths(item, f"{path}[]"))]
    if isinstance(value, dict):
        return [
            path,
            *(found for key, item in value.items() for found in _paths(item, f"{path}.{key}" if path else key)),
        ]
    return [path] if value is not None else []


def _objects(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for item in value for found in _objects(item)]
    if isinstance(value, dict):
        return [value, *(found for item in value.values() for found in _objects(item))]
    return []
