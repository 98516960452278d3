"""Bad input on a real OpenSearch: a clear dead letter or a documented cut, and the neighbours of its batch are indexed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from opensearchpy import AsyncOpenSearch

from broadsheet.indexer.documents import index_id, text_of
from broadsheet.indexer.languages import ANALYZERS
from broadsheet.indexer.names import Names
from broadsheet.indexer.promoted import read_page
from broadsheet.indexer.sightings import teaser_key
from broadsheet.indexer.transform import Draft, index_record
from broadsheet.indexer.writer import IndexEffect
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.stage import Product
from broadsheet_schemas.accepted import Language, Source
from broadsheet_schemas.enriched import EnrichedDocument
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.receipt import IndexReceipt
from broadsheet_schemas.segmented import PublishedField, Title
from unit.indexer.pages import entity, ferry, page, product, record, span

pytestmark = pytest.mark.integration

LONG = "ř" * 40_000
"""80,000 bytes, no space: more than the 32,766 bytes that OpenSearch takes as one term, and than the 8,191 characters of
`ignore_above`."""

UNBROKEN = {"th": "ก", "zh": "東", "ja": "あ", "ko": "한", "ar": "ع", "hi": "क", "ru": "ж", "und": "ក"}
"""A letter of a script of the language, for a word that never ends; `x` for all others."""


class Applied:
    """A batch of a bad record between two good ones, and how the three ended."""

    def __init__(self, effect: IndexEffect, client: AsyncOpenSearch, names: Names) -> None:
        self.effect = effect
        self.client = client
        self.names = names

    async def between_neighbours(self, bad: Product) -> Product | DocumentError:
        """Index it; give how the bad one ended, the others having been indexed and their teasers counted."""
        before, ended, after = await self.effect.apply([product(page("before")), bad, product(page("after"))])
        assert action(before) == action(after) == "created"
        refused = isinstance(ended, DocumentError)
        assert await self.seen() == {"before", "after"} if refused else {"before", "after", bad.document_id}
        if refused:
            assert not await self.client.exists(index=self.names.read, id=index_id(bad.document_id))
        return ended

    async def seen(self) -> set[str]:
        """Give the pages that the ferry's teaser has been seen on."""
        response = await self.client.get(index=self.names.teasers.write, id=teaser_key(ferry()))
        return {read_page(line).id for line in response["_source"]["pages"]}

    async def source(self, document_id: str) -> dict[str, Any]:
        """Give what the index holds of a document."""
        response = await self.client.get(index=self.names.write, id=index_id(document_id))
        source: dict[str, Any] = response["_source"]
        return source


@pytest.fixture
def applied(effect: IndexEffect, client: AsyncOpenSearch, names: Names) -> Applied:
    return Applied(effect, client, names)


def action(result: Product | DocumentError) -> str:
    """Give what the receipt says; a dead letter fails the test with its reason."""
    if isinstance(result, DocumentError):
        raise result
    return IndexReceipt.model_validate_json(result.data).action


def with_source(changes: Mapping[str, Any]) -> Product:
    """Make a product whose source differs from what our own code would make: as by another release, or a fault."""
    made = product(page("bad"))
    draft = Draft.read(made.data)
    source = orjson.loads(draft.source) | changes
    return replace(made, data=replace(draft, source=orjson.dumps(source)).write())


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"mood": "calm"}, "[mood]"),
        ({"teasers": [{"mood": "calm"}]}, "[mood]"),
        ({"body": {"tlh": "no field of this language"}}, "[tlh]"),
        ({"published_on": "30000-01-01"}, "[published_on]"),
        ({"fetched_at": "30000-01-01T00:00:00Z"}, "[fetched_at]"),
        ({"confidence": "high"}, "[confidence]"),
        ({"version": {"order": 1e30, "received": 0, "fingerprint": ""}}, "[version.order]"),
        ({"title": "not under its language"}, "[title]"),
        ({"title": {"en": {"en": "an object where a text belongs"}}}, "[title.en]"),
    ],
    ids=str,
)
async def test_what_the_mapping_does_not_take_is_a_dead_letter_that_names_the_field(
    applied: Applied, changes: Mapping[str, Any], reason: str
) -> None:
    ended = await applied.between_neighbours(with_source(changes))
    assert isinstance(ended, DocumentError)
    assert ended.code is ErrorCode.INDEX_REFUSED
    assert reason in ended.message
    assert "calm" not in ended.message


def as_event(change: Callable[[dict[str, Any]], object]) -> bytes:
    """Give the event of a page with something that the contract forbids."""
    event = page("bad").model_dump(mode="json")
    change(event)
    return orjson.dumps(event)


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (as_event(lambda event: event.update(fetched_at="30000-01-01T00:00:00Z")), "fetched_at"),
        (as_event(lambda event: event.update(published_on="30000-01-01")), "published_on"),
        (as_event(lambda event: event.update(document_id="i" * 600)), "document_id"),
        (as_event(lambda event: event.update(teasers="none")), "teasers"),
        (as_event(lambda event: event["body"][0].update(start="first")), "body.0.start"),
        (record(page("bad", body="SURROGATE")).value.replace(b"SURROGATE", b"\\ud800"), "value"),  # type: ignore[union-attr]
        (record(page("bad", body="SURROGATE")).value.replace(b"SURROGATE", b"\xed\xa0\x80"), "value"),  # type: ignore[union-attr]
    ],
    ids=[
        "fetched in 30000",
        "dated 30000",
        "600 characters of id",
        "a text for a list",
        "a text for a number",
        "escaped",
        "raw",
    ],
)
def test_what_is_no_event_is_a_dead_letter_before_it_comes_near_the_index(value: bytes, field: str) -> None:
    with pytest.raises(DocumentError) as caught:
        index_record(replace(record(page("bad")), value=value))
    assert caught.value.code is ErrorCode.INVALID_EVENT
    assert field in caught.value.message


async def test_an_unknown_field_of_a_newer_producer_is_not_an_error(applied: Applied) -> None:
    value = as_event(lambda event: event.update(mood="calm"))
    ended = await applied.between_neighbours(index_record(replace(record(page("bad")), value=value)))
    assert action(ended) == "created"


async def test_half_a_pair_of_surrogates_that_reaches_the_index_costs_its_page_alone(applied: Applied) -> None:
    made = product(page("bad", body="SURROGATE"))
    ended = await applied.between_neighbours(replace(made, data=made.data.replace(b"SURROGATE", b"\\ud800")))
    assert action(ended) == "created"


async def test_more_teasers_than_the_index_takes_are_a_dead_letter_with_the_limit(applied: Applied) -> None:
    ended = await applied.between_neighbours(product(page("bad", teasers=(ferry(),) * 10_001)))
    assert isinstance(ended, DocumentError)
    assert "10000" in ended.message


async def test_as_many_teasers_as_the_index_takes_are_indexed(applied: Applied) -> None:
    ended = await applied.between_neighbours(product(page("many", teasers=(ferry(),) * 10_000)))
    assert action(ended) == "created"
    assert len((await applied.source("many"))["teasers"]) == 10_000


@pytest.mark.parametrize("document_id", ["i" * 512, "ž" * 300, "ž" * 512], ids=["512", "600", "1024"])
async def test_an_id_of_any_length_that_the_contract_allows_is_indexed(applied: Applied, document_id: str) -> None:
    assert action(await applied.between_neighbours(product(page(document_id)))) == "created"
    assert (await applied.source(document_id))["document_id"] == document_id


@pytest.mark.parametrize("year", [1, 1582, 9999])
async def test_the_first_and_the_last_years_are_indexed(applied: Applied, year: int) -> None:
    moment = datetime(year, 6, 1, tzinfo=UTC)
    document = page("bad", fetched_at=moment, published_at=moment, published_on=moment.date())
    assert action(await applied.between_neighbours(product(document))) == "created"


def long_everywhere() -> EnrichedDocument:
    """Make a page each of whose texts is longer than a keyword can be."""
    text = span(LONG)
    teaser = ferry().model_copy(
        update={
            **dict.fromkeys(("headline", "kicker", "summary", "byline"), text),
            "published": PublishedField(start=0, end=len(LONG), text=LONG),
            "url": LONG,
        }
    )
    return page(
        "bad",
        body=LONG,
        title=Title(text=LONG),
        source=Source(url=LONG, canonical_url=LONG, domain=LONG),
        language=Language(code=LONG, confidence=1),
        authors=(LONG,),
        teasers=(ferry(), teaser),
        entities=tuple(entity(LONG, "ORG", (LONG, part)) for part in ("body", "teaser:0", "teaser:1")),
        metadata={LONG: LONG, "": "", "a.b": "c"},
        segmenter={"name": LONG, "version": LONG},
        tagger={"name": LONG, "version": LONG},
    )


async def test_texts_over_the_keyword_limit_are_kept_whole_and_not_found_by(applied: Applied) -> None:
    assert action(await applied.between_neighbours(product(long_everywhere()))) == "created"
    source = await applied.source("bad")
    assert (text_of(source["title"]), source["domain"], source["authors"]) == (LONG, LONG, [LONG])
    assert source["entities"]["body"]["name"] == {"ORG": [LONG]}
    await applied.client.indices.refresh(index=applied.names.read)
    for field in ("domain", "url", "title_exact", "entities.body.name.ORG"):
        query = {"query": {"bool": {"filter": [{"term": {"document_id": "bad"}}, {"exists": {"field": field}}]}}}
        response = await applied.client.search(index=applied.names.read, body=query)
        assert response["hits"]["total"]["value"] == 0, field


async def test_a_word_without_end_is_indexed_in_every_language(effect: IndexEffect) -> None:
    pages = []
    for code in (*ANALYZERS, "und"):
        word = UNBROKEN.get(code, "x") * 40_000
        teaser = ferry().model_copy(update={"headline": span(word), "summary": span(word)})
        language = Language(code=code, confidence=1)
        pages.append(page(f"{code}", body=word, title=Title(text=word), language=language, teasers=(teaser,)))
    assert {action(result) for result in await effect.apply([product(each) for each in pages])} == {"created"}
