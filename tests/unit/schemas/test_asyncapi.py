"""The AsyncAPI document: valid by the official schema, whole, and true of the topics, headers and processors."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator, Draft202012Validator

from broadsheet_schemas.headers import DEAD_LETTER_HEADERS, EVENT_HEADERS, Header
from broadsheet_schemas.json_schemas import EVENT_TOPICS, versioned_name
from broadsheet_schemas.processors import PROCESSORS, Processor
from broadsheet_schemas.topics import TOPICS, Topic
from unit.schemas.golden import GOLDEN, REPOSITORY, load, samples

DOCUMENT_PATH = REPOSITORY / "schemas" / "asyncapi.yaml"
DOCUMENT: dict[str, Any] = yaml.safe_load(DOCUMENT_PATH.read_text(encoding="utf-8"))


def test_the_document_is_valid_by_the_official_schema() -> None:
    Draft7Validator(load(GOLDEN / "asyncapi-3.0.0" / "schema.json")).validate(DOCUMENT)


def test_every_reference_leads_somewhere() -> None:
    found = list(references(DOCUMENT))
    assert len(found) > 30
    for reference in found:
        resolve(reference)


def test_operations_carry_messages_of_their_own_channel() -> None:
    for operation in DOCUMENT["operations"].values():
        channel = operation["channel"]["$ref"]
        assert {reference["$ref"].rpartition("/messages/")[0] for reference in operation["messages"]} == {channel}


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_a_channel_is_its_topic(topic: Topic) -> None:
    channel = DOCUMENT["channels"][topic.name]
    kafka = channel["bindings"]["kafka"]
    configuration = kafka["topicConfiguration"]
    assert channel["address"] == kafka["topic"] == topic.name
    assert kafka["partitions"] == topic.partitions
    assert {name: _kafka_text(value) for name, value in configuration.items()} == topic.settings()


@pytest.mark.parametrize("processor", PROCESSORS, ids=lambda processor: processor.name)
def test_a_processor_has_its_operations(processor: Processor) -> None:
    operations = {
        name: (operation["action"], operation["channel"]["$ref"].removeprefix("#/channels/"))
        for name, operation in DOCUMENT["operations"].items()
        if name.startswith(f"{processor.name}.")
    }
    assert operations == {
        f"{processor.name}.receive": ("receive", processor.reads.name),
        f"{processor.name}.send": ("send", processor.writes.name),
        f"{processor.name}.give-up": ("send", "documents.dead-letter"),
    }


@pytest.mark.parametrize("topic", EVENT_TOPICS.values(), ids=EVENT_TOPICS)
def test_a_message_has_the_schema_of_its_event(topic: Topic) -> None:
    payloads = [message(name)["payload"] for name in DOCUMENT["channels"][topic.name]["messages"]]
    assert {"$ref": f"json/{versioned_name(topic)}.json"} in payloads


@pytest.mark.parametrize("topic", TOPICS[1:-1], ids=lambda topic: topic.name)
def test_an_event_has_its_own_type_in_its_headers(topic: Topic) -> None:
    (name,) = DOCUMENT["channels"][topic.name]["messages"]
    headers = {header.name: header.example for header in EVENT_HEADERS} | {"ce_type": topic.event_type}
    assert headers_valid(name, headers)
    assert not headers_valid(name, headers | {"ce_type": "broadsheet.document.other.v1"})


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("enriched-document", [header for header in EVENT_HEADERS if header.required]),
        ("dead-letter", DEAD_LETTER_HEADERS),
    ],
)
def test_required_headers_are_required(name: str, table: list[Header]) -> None:
    headers = {header.name: header.example for header in table}
    assert headers_valid(name, headers)
    for missing in headers:
        assert not headers_valid(name, {key: value for key, value in headers.items() if key != missing})


@pytest.mark.parametrize("sample", samples("dead-letter.v1").values(), ids=samples("dead-letter.v1"))
def test_golden_dead_letters_have_valid_headers(sample: dict[str, Any]) -> None:
    assert headers_valid("dead-letter", dict(sample["headers"]))


def message(name: str) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["components"]["messages"][name]
    return found


def headers_valid(name: str, headers: dict[str, Any]) -> bool:
    """Tell whether headers fit the message, by its schema with the references into the document kept resolvable."""
    schema = {**message(name)["headers"], "components": DOCUMENT["components"]}
    return bool(Draft202012Validator(schema).is_valid(headers))


def references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        yield from ([node["$ref"]] if "$ref" in node else [])
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def resolve(reference: str) -> object:
    """Follow a reference into this document or into a file beside it; raises when it leads nowhere."""
    file, _, pointer = reference.partition("#")
    target: Any = load(Path(DOCUMENT_PATH.parent, file)) if file else DOCUMENT
    for step in pointer.split("/")[1:]:
        target = target[step]
    return target


def _kafka_text(value: object) -> str:
    return ",".join(value) if isinstance(value, list) else str(value)
