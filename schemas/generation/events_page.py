"""`docs/events.md`: topics, headers, and every event field by field, from the contracts."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from broadsheet_schemas.headers import DEAD_LETTER_HEADERS, EVENT_HEADERS, PUBLISHER_HEADERS, REPLAY_HEADERS, Header
from broadsheet_schemas.json_schemas import EVENT_TOPICS, json_schema, versioned_name
from broadsheet_schemas.processors import PROCESSORS
from broadsheet_schemas.topics import DAY_MS, MEBIBYTE, TOPICS, Topic
from generation.field_types import type_text
from generation.markdown import page, table

INTRODUCTION = """# Events

Each step of a document is an event on a Kafka topic: a CloudEvents 1.0 event in Kafka's binary mode. The record's value
is the event's data alone, UTF-8 JSON; what describes the event stands in the headers. Readers ignore fields and headers
that they do not know. What may change within a version, and what may not, is
[decision 0005](decisions/0005-events-and-compatibility.md).

The same for programs: [`schemas/asyncapi.yaml`](../schemas/asyncapi.yaml) (AsyncAPI 3.0), and a JSON Schema for each
event in [`schemas/json`](../schemas/json), which `broadsheet schemas show NAME` prints too."""

TOPICS_NOTE = """## Topics

Names are given without the installation's prefix (`BROADSHEET_TOPIC_PREFIX`). `broadsheet topics create` makes them so."""

PUBLISHER_NOTE = """## Headers of `documents.raw`

All are optional. A record may also be a CloudEvent: in binary mode with the headers of every event (below), or in
structured mode with the content type `application/cloudevents+json`."""

EVENT_NOTE = "## Headers of every event"

DEAD_LETTER_NOTE = """## Headers of a dead letter

A dead letter keeps key, value and headers of the record as they came, and has these beside them."""

REPLAY_NOTE = """A record that `broadsheet dead-letters replay` sends again goes to the topic it came from. Of the headers above it keeps
the attempts and the first failure, so that both go on counting, and it gets:"""

PARTS_NOTE = """## Parts

The objects that events are made of. Offsets count Unicode code points of the event's `text`; `end` is exclusive."""


def events_page() -> str:
    """Give the text of `docs/events.md`."""
    schemas = {topic.name: json_schema(topic) for topic in EVENT_TOPICS.values()}
    parts = {name: part for schema in schemas.values() for name, part in schema.get("$defs", {}).items()}
    events = (block for topic in EVENT_TOPICS.values() for block in _event(topic, schemas[topic.name]))
    return page(INTRODUCTION, TOPICS_NOTE, _topics(), *_headers(), *events, PARTS_NOTE, *_parts(parts))


def _topics() -> str:
    heads = ("topic", "carries", "key", "written by", "read by", "kept", "cleanup", "record at most", "partitions")
    return table(heads, (_topic(topic) for topic in TOPICS))


def _topic(topic: Topic) -> Sequence[str]:
    writers = [processor.name for processor in PROCESSORS if topic in (processor.writes, processor.dead_letters)]
    readers = [processor.name for processor in PROCESSORS if topic is processor.reads]
    return (
        f"`{topic.name}`",
        topic.summary,
        topic.key,
        ", ".join(writers) or "publishers",
        ", ".join(readers) or "consumers",
        f"{topic.retention_ms // DAY_MS} days",
        f"`{topic.cleanup_policy}`",
        f"{topic.max_message_bytes // MEBIBYTE} MiB",
        str(topic.partitions),
    )


def _headers() -> Iterator[str]:
    yield from (PUBLISHER_NOTE, _header_table(PUBLISHER_HEADERS))
    yield from (EVENT_NOTE, _header_table(EVENT_HEADERS))
    yield from (DEAD_LETTER_NOTE, _header_table(DEAD_LETTER_HEADERS))
    yield from (REPLAY_NOTE, _header_table(REPLAY_HEADERS))


def _header_table(headers: Sequence[Header]) -> str:
    rows = [
        (f"`{header.name}`", _yes(header.required), header.description, f"`{header.example}`") for header in headers
    ]
    return table(("header", "always", "meaning", "example"), rows)


def _event(topic: Topic, schema: dict[str, Any]) -> Iterator[str]:
    file = f"{versioned_name(topic)}.json"
    yield f"## {schema['title']}"
    yield schema["description"]
    yield (
        f"On `{topic.name}`, with the `ce_type` `{topic.event_type}`. Key: {topic.key}. "
        f"JSON Schema: [`{file}`](../schemas/json/{file})."
    )
    yield _fields(schema)


def _parts(parts: dict[str, Any]) -> Iterator[str]:
    for name in sorted(parts):
        yield f"### {name}"
        yield parts[name]["description"]
        yield _fields(parts[name])


def _fields(schema: dict[str, Any]) -> str:
    required = schema.get("required", [])
    rows = [
        (f"`{name}`", type_text(field), _yes(name in required), field["description"], _example(field))
        for name, field in schema["properties"].items()
    ]
    return table(("field", "type", "required", "meaning", "example"), rows)


def _example(field: dict[str, Any]) -> str:
    return f"`{json.dumps(field['examples'][0], ensure_ascii=False)}`" if "examples" in field else ""


def _yes(value: object) -> str:
    return "yes" if value else "no"
