"""The messages and headers of the AsyncAPI document."""

from collections.abc import Sequence
from typing import Any

from broadsheet_schemas import headers as names
from broadsheet_schemas.headers import DEAD_LETTER_HEADERS, EVENT_HEADERS, PUBLISHER_HEADERS, Header
from broadsheet_schemas.json_schemas import EVENT_TOPICS, event_name, json_schema, versioned_name
from broadsheet_schemas.topics import DEAD_LETTER, RAW, Topic

KAFKA_BINDING_VERSION = "0.5.0"
"""Version of AsyncAPI's Kafka binding that channels and messages are described by."""

RAW_PAGE, RAW_CLOUDEVENT, DEAD_LETTER_MESSAGE = "raw-page", "raw-cloudevent", "dead-letter"
HEADER_TABLES = {
    "publisher-headers": PUBLISHER_HEADERS,
    "event-headers": EVENT_HEADERS,
    "dead-letter-headers": DEAD_LETTER_HEADERS,
}


def message_names(topic: Topic) -> list[str]:
    """Name the messages that a topic carries."""
    if topic.event is None:
        return [DEAD_LETTER_MESSAGE]
    forms = [RAW_PAGE, RAW_CLOUDEVENT] if topic is RAW else []
    return [event_name(topic.event), *forms]


def messages() -> dict[str, Any]:
    """Give every message by its name."""
    return {
        **{name: _event_message(name, topic) for name, topic in EVENT_TOPICS.items()},
        RAW_PAGE: _raw_page(),
        RAW_CLOUDEVENT: _raw_cloudevent(),
        DEAD_LETTER_MESSAGE: _dead_letter(),
    }


def header_schemas() -> dict[str, Any]:
    """Give the schemas of the headers by their names."""
    return {name: _header_schema(table) for name, table in HEADER_TABLES.items()}


def _header_schema(table: Sequence[Header]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [header.name for header in table if header.required],
        "properties": {
            header.name: {"type": "string", "description": header.description, "examples": [header.example]}
            for header in table
        },
    }


def _event_message(name: str, topic: Topic) -> dict[str, Any]:
    if topic is RAW:
        headers = _headers("publisher-headers")
    else:
        headers = {"type": "object", "allOf": [_headers("event-headers"), _constant(names.CE_TYPE, topic.event_type)]}
    return {
        "name": name,
        "title": json_schema(topic)["title"],
        "summary": topic.summary,
        "contentType": names.JSON_CONTENT_TYPE,
        "headers": headers,
        "payload": _payload(topic),
        **_keyed(topic),
    }


def _raw_page() -> dict[str, Any]:
    return {
        "name": RAW_PAGE,
        "title": "A bare page",
        "summary": "The bytes of a page, plain text or HTML; what is known of it stands in the headers.",
        "contentType": "text/plain",
        "headers": _headers("publisher-headers"),
        "payload": {"type": "string", "description": "The page, in any charset that can be told."},
        **_keyed(RAW),
    }


def _raw_cloudevent() -> dict[str, Any]:
    attributes = {
        "specversion": {"const": names.SPECVERSION},
        "id": {"type": "string", "minLength": 1},
        "source": {"type": "string", "minLength": 1},
        "type": {"const": RAW.event_type},
        "data": _payload(RAW),
    }
    return {
        "name": RAW_CLOUDEVENT,
        "title": "A raw document as a structured CloudEvent",
        "summary": "A CloudEvent in structured mode: attributes and data together in the value.",
        "contentType": names.STRUCTURED_CONTENT_TYPE,
        "headers": _headers("publisher-headers"),
        "payload": {"type": "object", "required": list(attributes), "properties": attributes},
        **_keyed(RAW),
    }


def _dead_letter() -> dict[str, Any]:
    return {
        "name": DEAD_LETTER_MESSAGE,
        "title": "A dead letter",
        "summary": DEAD_LETTER.summary,
        "contentType": "application/octet-stream",
        "headers": _headers("dead-letter-headers"),
        "payload": {"description": "The bytes of the record as they came, of any form."},
        **_keyed(DEAD_LETTER),
    }


def _keyed(topic: Topic) -> dict[str, Any]:
    key = {"type": ["string", "null"], "description": topic.key}
    return {"bindings": {"kafka": {"key": key, "bindingVersion": KAFKA_BINDING_VERSION}}}


def _payload(topic: Topic) -> dict[str, Any]:
    return {"$ref": f"json/{versioned_name(topic)}.json"}


def _headers(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _constant(header: str, value: str | None) -> dict[str, Any]:
    return {"type": "object", "properties": {header: {"const": value}}}
