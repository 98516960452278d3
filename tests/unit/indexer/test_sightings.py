from datetime import UTC, datetime, timedelta, timezone

import orjson
import pytest
from hypothesis import given

from broadsheet.indexer.mappings import mapping
from broadsheet.indexer.names import KINDS
from broadsheet.indexer.sightings import sightings, teaser_key
from broadsheet_schemas.enriched import EnrichedDocument
from broadsheet_schemas.segmented import Teaser
from unit.indexer.pages import at, documents, entity, ferry, page, span
from unit.indexer.test_documents import unmapped

KEY = teaser_key(ferry())
MAPPING = mapping("teasers")["mappings"]


@given(documents)
def test_every_teaser_becomes_a_sighting_that_the_mapping_knows(document: EnrichedDocument) -> None:
    for sighting in sightings(document):
        seen = orjson.loads(sighting.data)
        said = seen.pop("said")
        assert unmapped(seen | said, MAPPING) == []
    assert {sighting.key for sighting in sightings(document)} == set(map(teaser_key, document.teasers))


def test_a_teaser_shown_twice_on_a_page_is_seen_once() -> None:
    assert len(sightings(page(teasers=(ferry(), ferry()), entities=()))) == 1


def test_names_are_those_of_the_teaser_alone() -> None:
    both = (
        entity("Ada Field", "PERSON", ("Ada", "body"), ("Field", "teaser:0")),
        entity("Rolf Sund", "PERSON", ("Sund", "teaser:1")),
    )
    other = ferry().model_copy(update={"url": None})
    first, second = sightings(page(teasers=(ferry(), other), entities=both))
    assert orjson.loads(first.data)["entities"]["surface"] == {"PERSON": ["Ada Field", "Field"]}
    assert orjson.loads(second.data)["entities"]["id"] == ["person:rolf-sund"]


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (at(1), "2026-01-31T12:01:00.000Z"),
        (datetime(2026, 1, 31, 9, tzinfo=timezone(timedelta(hours=2))), "2026-01-31T07:00:00.000Z"),
        (datetime(1, 1, 2, tzinfo=UTC), "0001-01-02T00:00:00.000Z"),
        (datetime.max.replace(tzinfo=timezone(-timedelta(hours=2))), "9999-12-31T23:59:59.999Z"),
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=2))), "0001-01-01T00:00:00.000Z"),
    ],
)
def test_moments_are_as_long_whatever_the_year_so_that_texts_sort_as_times(moment: datetime, written: str) -> None:
    (sighting,) = sightings(page(fetched_at=moment))
    assert orjson.loads(sighting.data)["first_seen"] == written


def test_a_page_whose_fetch_is_unknown_was_seen_when_it_was_received() -> None:
    (sighting,) = sightings(page(received_at=at(3)))
    assert orjson.loads(sighting.data)["last_seen"] == "2026-01-31T12:03:00.000Z"


def test_the_key_is_of_headline_and_target_whatever_the_print() -> None:
    same = ("Ferry strike ends", "FERRY  STRIKE ENDS", "“Ferry strike” ends!", "Ferry\u00a0strike ends")
    assert len({teaser_key(ferry().model_copy(update={"headline": span(text)})) for text in same}) == 1
    others: list[Teaser] = [
        ferry().model_copy(update={"url": None}),
        ferry().model_copy(update={"url": "https://news.example/other"}),
        ferry().model_copy(update={"headline": span("Ferry strike")}),
        ferry().model_copy(update={"headline": span("!?")}),
        ferry().model_copy(update={"headline": span("?")}),
    ]
    assert len({KEY, *map(teaser_key, others)}) == 6


def test_what_the_index_of_teasers_would_refuse_the_index_of_documents_refuses_first() -> None:
    """The document is written first: were a value fine there and not here, its page would be in one index alone."""
    pages, teasers = (mapping(kind)["mappings"]["properties"] for kind in KINDS)
    for name in ("headline", "headline_exact", "kicker", "summary", "byline", "published_on", "url"):
        assert without_copies(teasers[name]) == without_copies(pages["teasers"]["properties"][name]), name
    assert teasers["language"] == pages["language"]
    assert teasers["domains"] == pages["domain"]
    for name, field in teasers["entities"]["properties"].items():
        assert field == pages["entities"]["properties"]["teasers"]["properties"][name], name


def without_copies(field: object) -> object:
    if not isinstance(field, dict):
        return field
    return {name: without_copies(value) for name, value in field.items() if name != "copy_to"}
