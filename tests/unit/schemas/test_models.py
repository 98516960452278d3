"""Every model: documented, immutable, read tolerantly, and the same after a round trip through JSON."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from broadsheet_schemas import AcceptedDocument, EnrichedDocument, Mention, RawDocument, Span, Title
from broadsheet_schemas.json_schemas import EVENT_TOPICS, versioned_name
from broadsheet_schemas.spans import Contract
from unit.schemas.golden import samples
from unit.schemas.models import models, subclasses
from unit.schemas.strategies import PROPERTY, instances

FIELDS = [
    pytest.param(field, id=f"{model.__name__}.{name}")
    for model in models()
    for name, field in model.model_fields.items()
]
EVENTS = [topic.event for topic in EVENT_TOPICS.values() if topic.event]
FULL_SAMPLES = [(topic.event, samples(versioned_name(topic))["full"]) for topic in EVENT_TOPICS.values()]


def test_the_package_exports_every_model() -> None:
    assert set(subclasses()) == set(models())


@pytest.mark.parametrize("model", models())
def test_a_model_is_documented(model: type[Contract]) -> None:
    assert model.__dict__.get("__doc__")


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_has_a_description(field: FieldInfo) -> None:
    assert field.description
    assert field.description.endswith(".")


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_has_an_example(field: FieldInfo) -> None:
    assert field.examples


@pytest.mark.parametrize("event", EVENTS)
def test_the_examples_of_an_event_make_one(event: type[Contract]) -> None:
    event.model_validate_json(json.dumps(examples_of(event)))


def test_the_examples_are_about_one_page() -> None:
    document = examples_of(EnrichedDocument)
    surfaces = list(spans_in(document))
    assert len(surfaces) == 8
    for span in surfaces:
        assert document["text"][span["start"] : span["end"]] == span["text"]
    assert document["text"] == examples_of(AcceptedDocument)["content"]


@pytest.mark.parametrize("field", FIELDS)
def test_examples_are_values_of_their_field(field: FieldInfo) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(field.rebuild_annotation())
    for example in field.examples or ():
        adapter.validate_python(example)


@pytest.mark.parametrize("model", models())
def test_a_model_is_immutable(model: type[Contract]) -> None:
    assert model.model_config["frozen"]


@pytest.mark.parametrize("event", EVENTS)
@PROPERTY
@given(data=st.data())
def test_an_event_survives_a_round_trip_through_json(event: type[Contract], data: st.DataObject) -> None:
    document = data.draw(instances(event))
    assert event.model_validate_json(document.model_dump_json()) == document


@pytest.mark.parametrize(("event", "sample"), FULL_SAMPLES)
def test_unknown_fields_are_ignored_at_every_level(event: type[Contract], sample: dict[str, Any]) -> None:
    assert event.model_validate(_with_unknown_fields(sample)) == event.model_validate(sample)


def test_content_alone_makes_a_raw_document() -> None:
    assert RawDocument.model_validate_json('{"content": "A page."}').content == "A page."
    with pytest.raises(ValidationError, match="content"):
        RawDocument.model_validate_json("{}")


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValidationError, match="fetched_at"):
        RawDocument.model_validate_json('{"content": "A page.", "fetched_at": "2026-01-31T08:30:00"}')


def test_a_span_does_not_end_before_it_starts() -> None:
    assert Span(start=3, end=3).end == 3
    with pytest.raises(ValidationError, match="start=3, end=2"):
        Span(start=3, end=2)


def test_a_title_is_placed_wholly_or_not() -> None:
    assert Title(text="Ferry").start is None
    with pytest.raises(ValidationError, match="both offsets or neither"):
        Title(text="Ferry", start=0)


@pytest.mark.parametrize("part", ["title", "body", "teaser:0", "teaser:12"])
def test_a_mention_stands_in_a_part(part: str) -> None:
    assert Mention(start=0, end=5, text="Ferry", part=part).part == part


@pytest.mark.parametrize("part", ["rest", "teaser", "teaser:", "teaser:01", "teaser:٣", "body ", "xbody", "body\n"])
def test_a_mention_stands_in_no_other_part(part: str) -> None:
    with pytest.raises(ValidationError, match="part"):
        Mention(start=0, end=5, text="Ferry", part=part)


def examples_of(model: type[Contract]) -> dict[str, Any]:
    """The first example of each field."""
    return {name: field.examples[0] for name, field in model.model_fields.items() if field.examples}


def spans_in(value: object) -> Iterator[dict[str, Any]]:
    """Every object below `value` that has a place and a text."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from spans_in(item)


def _with_unknown_fields(value: Any) -> Any:
    """Add a field to every object but `metadata`, whose keys are the publisher's own."""
    if isinstance(value, list):
        return [_with_unknown_fields(item) for item in value]
    if isinstance(value, dict):
        known = {key: item if key == "metadata" else _with_unknown_fields(item) for key, item in value.items()}
        return known | {"added_in_a_later_release": {"deep": [1]}}
    return value
