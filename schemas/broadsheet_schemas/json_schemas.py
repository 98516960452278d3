"""JSON Schema (2020-12) of every event, made from the models: `schemas/json` and `broadsheet schemas show` give it."""

import re
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from broadsheet_schemas.spans import Contract
from broadsheet_schemas.topics import TOPICS, Topic


class _NoFieldTitles(GenerateJsonSchema):
    """Leaves out the titles that pydantic derives from field names: they say nothing that the name does not."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        del schema
        return False


def event_name(model: type[Contract]) -> str:
    """Give the name of an event in files, URNs and commands: `raw-document` for `RawDocument`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", model.__name__).lower()


EVENT_TOPICS: dict[str, Topic] = {event_name(topic.event): topic for topic in TOPICS if topic.event is not None}
"""The topic of each event by the event's name, in the order of the road; dead letters are no events."""


def versioned_name(topic: Topic) -> str:
    """Give the name and version of the topic's event, `raw-document.v1`: the stem of the names of its files.

    Raises:
        ValueError: the topic carries no events.
    """
    model, version = _event(topic)
    return f"{event_name(model)}.{version}"


def json_schema(topic: Topic) -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of the topic's event, as a reader may rely on it.

    A field is required when data without it is no valid event. Fields beside those named may come.

    Raises:
        ValueError: the topic carries no events.
    """
    model, version = _event(topic)
    schema = model.model_json_schema(schema_generator=_NoFieldTitles)
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$id": f"urn:broadsheet:event:{event_name(model)}:{version}",
        "title": schema.pop("title"),
        "description": schema.pop("description"),
        **schema,
    }


def _event(topic: Topic) -> tuple[type[Contract], str]:
    """Give the model of the topic's event and its version, `v1` of `broadsheet.document.raw.v1`."""
    if topic.event is None or topic.event_type is None:
        raise ValueError(f"{topic.name} carries no events")
    return topic.event, topic.event_type.rpartition(".")[2]
