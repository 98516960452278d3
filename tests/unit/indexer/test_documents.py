from datetime import date, datetime, timedelta, timezone
from typing import Any, get_args

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.indexer.documents import HASHED_ID_PREFIX, MAX_ID_BYTES, index_id, index_source, text_of
from broadsheet.indexer.languages import ANALYZERS, OTHER
from broadsheet.indexer.mappings import mapping
from broadsheet_schemas.accepted import Language
from broadsheet_schemas.enriched import EnrichedDocument, EntityType, Tagger
from broadsheet_schemas.segmented import Producer
from unit.indexer.pages import FERRY, PILOT, at, documents, entity, ferry, page

MAPPING = mapping()["mappings"]


def unmapped(value: object, mapping: dict[str, Any], path: str = "") -> list[str]:
    """Name what a strict mapping would refuse."""
    if mapping.get("enabled") is False or not isinstance(value, dict | list):
        return []
    if isinstance(value, list):
        return [name for item in value for name in unmapped(item, mapping, path)]
    fields = mapping.get("properties", {})
    strangers = [f"{path}{name}" for name in value if name not in fields]
    known = [(name, item) for name, item in value.items() if name in fields]
    return strangers + [name for key, item in known for name in unmapped(item, fields[key], f"{path}{key}.")]


@given(documents)
def test_every_document_becomes_json_that_the_mapping_knows(document: EnrichedDocument) -> None:
    assert unmapped(orjson.loads(orjson.dumps(index_source(document))), MAPPING) == []


def test_the_mapping_knows_every_type_of_entity() -> None:
    for part in ("body", "teasers"):
        for kind in ("name", "surface"):
            fields = MAPPING["properties"]["entities"]["properties"][part]["properties"][kind]["properties"]
            assert set(fields) == set(get_args(EntityType))


def test_a_doubtful_page_can_be_told_by_fields_that_are_indexed() -> None:
    producer = Producer(name="model", version="2", sha256="0" * 64)
    source = index_source(page(body="", confidence=0.25, no_article="home_page", segmenter=producer))
    assert (source["confidence"], source["no_article"]) == (0.25, "home_page")
    assert source["segmenter"] == {"name": "model", "version": "2", "sha256": "0" * 64}
    assert [MAPPING["properties"][field]["type"] for field in ("confidence", "no_article")] == ["float", "keyword"]


@given(st.text(min_size=1, max_size=512))
def test_an_index_id_fits_whatever_the_document_id(document_id: str) -> None:
    assert len(index_id(document_id).encode()) <= MAX_ID_BYTES


def test_short_ids_stay_and_long_ones_are_digested_each_to_its_own() -> None:
    assert index_id("é" * 256) == "é" * 256
    assert index_id("é" * 257).startswith(HASHED_ID_PREFIX)
    assert index_id("é" * 257) != index_id("é" * 258)


def test_an_id_that_looks_digested_cannot_take_the_place_of_another() -> None:
    assert index_id(index_id("é" * 300)) != index_id("é" * 300)


def test_the_text_of_the_page_is_stored_once() -> None:
    source = orjson.dumps(index_source(page(body="Unmistakable words."))).decode()
    assert source.count("Unmistakable words.") == 1


def test_a_name_of_a_teaser_stays_out_of_the_body() -> None:
    entities = index_source(page())["entities"]
    assert entities["body"]["surface"] == {"PERSON": ["Ada Field"]}
    assert entities["teasers"]["name"] == {"PERSON": ["Rolf Sund"]}
    assert entities["teasers"]["surface"] == {"PERSON": ["Rolf Sund", "Sund"]}


def test_mentions_count_where_they_stand_and_the_title_belongs_to_the_body() -> None:
    ada = entity("Ada Field", "PERSON", ("Field", "title"), ("Ada Field", "body"), ("Field", "teaser:0"), salience=0.9)
    entities = index_source(page(entities=(ada,)))["entities"]
    assert entities["body"]["listed"] == [
        {"id": "person:ada-field", "name": "Ada Field", "type": "PERSON", "salience": 0.9, "mentions": 2}
        | {"places": {}, "country": None, "date": None, "amount": None, "currency": None}
    ]
    assert [entry["mentions"] for entry in entities["teasers"]["listed"]] == [1]


def test_a_teaser_keeps_its_fields_and_the_names_it_mentions() -> None:
    (teaser,) = index_source(page())["teasers"]
    assert teaser == {
        "headline": {"en": FERRY},
        "kicker": None,
        "summary": {"en": PILOT},
        "byline": None,
        "published": "JAN. 29",
        "published_on": "2026-01-29",
        "url": "https://news.example/ferry",
        "names": ["Rolf Sund", "Sund"],
    }


def test_the_order_is_the_fetch_else_the_receipt() -> None:
    fetched = index_source(page(fetched_at=at(1), received_at=at(2)))["version"]
    assert (fetched["order"], fetched["received"]) == (1769860860000, 1769860920000)
    assert index_source(page(received_at=at(2)))["version"]["order"] == 1769860920000


def test_fetching_again_changes_no_fingerprint() -> None:
    first, again = page(), page(fetched_at=at(5), received_at=at(6))
    assert index_source(first)["version"]["fingerprint"] == index_source(again)["version"]["fingerprint"]


@pytest.mark.parametrize(
    "change",
    [
        {"body": "Another text."},
        {"teasers": (ferry(), ferry())},
        {"tagger": Tagger(name="rules", version="2")},
        {"metadata": {}},
        {"published_on": date(2026, 1, 29)},
        {"entities": ()},
        {"confidence": 0.5},
        {"no_article": "no_prose"},
        {"segmenter": Producer(name="rules", version="1", sha256="0" * 64)},
    ],
)
def test_whatever_else_changes_changes_the_fingerprint(change: dict[str, Any]) -> None:
    changed = index_source(page(**change))["version"]["fingerprint"]
    assert changed != index_source(page())["version"]["fingerprint"]


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 1, 31, 9, tzinfo=timezone(timedelta(hours=2))), "2026-01-31T07:00:00+00:00"),
        (datetime.max.replace(tzinfo=timezone(-timedelta(hours=2))), "9999-12-31T23:59:59.999999+00:00"),
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=2))), "0001-01-01T00:00:00+00:00"),
        (None, None),
    ],
)
def test_moments_are_written_in_utc_and_never_leave_its_range(moment: datetime | None, written: str | None) -> None:
    assert index_source(page(published_at=moment))["published_at"] == written


def test_a_text_stands_under_its_language_or_as_another() -> None:
    for code, field in (("cs", "cs"), ("en", "en"), ("und", OTHER), ("mt", OTHER)):
        source = index_source(page(body="Ahoj.", language=Language(code=code, confidence=1)))
        assert source["body"] == {field: "Ahoj."}
        assert list(source["title"]) == list(source["teasers"][0]["headline"]) == [field]
        assert text_of(source["title"]) == "Bridge reopens"


def test_a_text_that_is_not_there_has_no_field() -> None:
    source = index_source(page(title=None, teasers=(ferry().model_copy(update={"summary": None}),)))
    assert source["title"] == source["teasers"][0]["summary"] == {}
    assert text_of(source["title"]) is text_of(None) is None


@pytest.mark.parametrize("field", ["title", "body"])
def test_the_mapping_has_a_field_for_every_language(field: str) -> None:
    fields = MAPPING["properties"][field]["properties"]
    assert {code: made["analyzer"] for code, made in fields.items()} == ANALYZERS


def test_what_an_entity_means_is_listed_and_countries_can_be_counted() -> None:
    france = entity("France", "GPE", ("France", "body")).model_copy(update={"country": "FR"})
    fee = entity("$2", "MONEY", ("$2", "body")).model_copy(update={"amount": 2.0, "currency": "USD"})
    day = entity("May", "DATE", ("May", "teaser:0")).model_copy(update={"date": "2026-05"})
    entities = index_source(page(entities=(france, fee, day)))["entities"]
    assert (entities["body"]["country"], entities["teasers"]["country"]) == (["FR"], [])
    assert [(entry["amount"], entry["currency"]) for entry in entities["body"]["listed"]] == [
        (None, None),
        (2.0, "USD"),
    ]
    assert [entry["date"] for entry in entities["teasers"]["listed"]] == ["2026-05"]
