"""The index of teasers on a real OpenSearch: what it holds depends on what was seen, not on order or repetition."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from opensearchpy import AsyncOpenSearch

from broadsheet.indexer import bulk
from broadsheet.indexer.names import Names
from broadsheet.indexer.promoted import ShownOn, read_page
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.indexer.sightings import teaser_key
from broadsheet.indexer.transform import Draft
from broadsheet.indexer.writer import IndexEffect
from broadsheet.runtime.errors import DocumentError, UnavailableError
from broadsheet.runtime.stage import Product
from broadsheet_schemas.accepted import Source
from broadsheet_schemas.enriched import EnrichedDocument
from broadsheet_schemas.receipt import IndexReceipt
from broadsheet_schemas.segmented import PublishedField
from integration.indexer.conftest import Fill
from unit.indexer.pages import FERRY, PILOT, at, entity, ferry, page, product, span

pytestmark = pytest.mark.integration

KEY = teaser_key(ferry())


async def entry(client: AsyncOpenSearch, names: Names, key: str = KEY) -> dict[str, Any]:
    """Get an entry with its sequence number, which every write moves on."""
    response = await client.get(index=names.teasers.read, id=key)
    return {**response["_source"], "seq_no": response["_seq_no"]}


def shown(document_id: str, minute: float, *, domain: str = "news.example", **fields: Any) -> EnrichedDocument:
    """Make a page of a site that shows the ferry's teaser at a time."""
    return page(document_id, fetched_at=at(minute), source=Source(domain=domain), **fields)


async def test_an_entry_tells_what_was_shown_where_and_since_when(
    fill: Fill, client: AsyncOpenSearch, names: Names
) -> None:
    await fill(shown("a", 5), shown("b", 1, domain="other.example"), shown("a", 9))
    held = await entry(client, names)
    del held["seq_no"], held["rank"]
    assert held["pages"] == sorted(held["pages"])
    assert {read_page(line) for line in held.pop("pages")} == {
        ShownOn(id="a", domain="news.example", first_seen=at(5), last_seen=at(9)),
        ShownOn(id="b", domain="other.example", first_seen=at(1), last_seen=at(1)),
    }
    assert held == {
        "headline": {"en": FERRY},
        "kicker": None,
        "summary": {"en": PILOT},
        "byline": None,
        "published_on": "2026-01-29",
        "url": "https://news.example/ferry",
        "language": "en",
        "first_seen": "2026-01-31T12:01:00.000Z",
        "last_seen": "2026-01-31T12:09:00.000Z",
        "page_count": 2,
        "more_pages": False,
        "domains": ["news.example", "other.example"],
        "more_domains": False,
        "entities": {
            "id": ["person:rolf-sund"],
            "name": {"PERSON": ["Rolf Sund"]},
            "surface": {"PERSON": ["Rolf Sund", "Sund"]},
        },
    }


async def test_a_redelivery_writes_nothing(effect: IndexEffect, client: AsyncOpenSearch, names: Names) -> None:
    pages = [product(shown("a", 5)), product(shown("b", 7))]
    await effect.apply(pages)
    before = await entry(client, names)
    await effect.apply(pages)
    await effect.apply(pages[:1])
    assert await entry(client, names) == before


async def test_a_newer_revision_without_the_teaser_leaves_when_it_was_seen(
    fill: Fill, client: AsyncOpenSearch, names: Names
) -> None:
    await fill(shown("a", 5))
    before = await entry(client, names)
    await fill(shown("a", 9, teasers=(), body="New."))
    assert await entry(client, names) == before


async def test_an_older_page_that_arrives_late_was_seen_all_the_same(
    fill: Fill, client: AsyncOpenSearch, names: Names
) -> None:
    await fill(shown("a", 9, teasers=(), body="New."))
    await fill(shown("a", 5))
    held = await entry(client, names)
    assert (held["first_seen"], held["page_count"]) == ("2026-01-31T12:05:00.000Z", 1)


async def test_a_page_seen_again_moves_the_last_seen_on(fill: Fill, client: AsyncOpenSearch, names: Names) -> None:
    await fill(shown("a", 5))
    await fill(shown("a", 6))
    held = await entry(client, names)
    assert (held["first_seen"][11:16], held["last_seen"][11:16]) == ("12:05", "12:06")


LIMITS = {"MOST_PAGES": 4, "MOST_DOMAINS": 2, "MOST_NAMES": 2}
VARIANTS = (
    ferry(),
    ferry().model_copy(update={"headline": span("FERRY STRIKE ENDS!"), "summary": span("At last.")}),
    ferry().model_copy(update={"published": PublishedField(start=0, end=1, text="x", date=date(2026, 1, 2))}),
)
"""The same teaser as several sites print it."""

seen_pages = st.builds(
    lambda number, minute, variant, name: shown(
        f"page-{number}",
        minute,
        domain=f"site-{number % 4}.example",
        teasers=(VARIANTS[variant],),
        entities=(entity(name, "PERSON", (name, "teaser:0")),),
    ),
    st.integers(0, 7),
    st.integers(-5, 5),
    st.integers(0, 2),
    st.sampled_from(["Rolf Sund", "Ada Field", "Jo Quill"]),
)


@examples(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pages=st.lists(seen_pages, min_size=1, max_size=12), seed=st.randoms(use_true_random=False))
async def test_order_repetition_and_grouping_change_nothing(  # noqa: PLR0917 - fixtures and generated data
    effect: IndexEffect,
    client: AsyncOpenSearch,
    names: Names,
    monkeypatch: pytest.MonkeyPatch,
    pages: Sequence[EnrichedDocument],
    seed: random.Random,
) -> None:
    for limit, most in LIMITS.items():
        monkeypatch.setattr(bulk, limit, most)
    ends = []
    for _ in range(2):
        await client.delete(index=names.teasers.write, id=KEY, params={"ignore": 404})
        arrivals = [*pages, *seed.sample(pages, len(pages) // 2)]
        seed.shuffle(arrivals)
        while arrivals:
            size = seed.randint(1, 4)
            await effect.apply([product(document) for document in arrivals[:size]])
            del arrivals[:size]
        ends.append({**await entry(client, names), "seq_no": None})
    assert ends[0] == ends[1]
    distinct = {document.document_id for document in pages}
    assert len(ends[0]["pages"]) == min(len(distinct), 4)
    assert ends[0]["more_pages"] == (len(distinct) > 4)
    assert ends[0]["page_count"] == len(distinct) or ends[0]["more_pages"]


async def test_the_count_is_exact_up_to_the_limit_and_estimated_beyond(
    effect: IndexEffect, client: AsyncOpenSearch, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST_PAGES", 64)
    products = [product(shown(f"page-{number}", number, body=".")) for number in range(400)]
    counts = []
    for start, end in ((0, 64), (64, 400)):
        await effect.apply(products[start:end])
        counts.append((await entry(client, names))["page_count"])
    assert counts[0] == 64
    assert abs(counts[1] - 400) < 4 * 400 / 64**0.5
    assert len((await entry(client, names))["pages"]) == 64


async def test_two_indexers_that_see_a_teaser_at_once_both_count(
    settings: IndexerSettings, effect: IndexEffect, client: AsyncOpenSearch, names: Names
) -> None:
    other = IndexEffect(settings)
    ids = [f"page-{number}" for number in range(24)]
    await asyncio.gather(
        *((effect, other)[number % 2].apply([product(shown(name, number))]) for number, name in enumerate(ids))
    )
    assert await shown_on(client, names) == set(ids)
    await other.stop()


async def test_a_teaser_found_by_a_name_of_its_own(fill: Fill, client: AsyncOpenSearch, names: Names) -> None:
    await fill(
        shown("a", 5), shown("b", 5, teasers=(ferry().model_copy(update={"headline": span("Rain")}),), entities=())
    )
    query = {"term": {"entities.surface.PERSON": "sund"}}
    response = await client.search(index=names.teasers.read, body={"query": query})
    assert [hit["_id"] for hit in response["hits"]["hits"]] == [KEY]


async def test_a_lost_script_is_stored_anew(effect: IndexEffect, client: AsyncOpenSearch, names: Names) -> None:
    await client.delete_script(id=names.merge_script)
    await effect.apply([product(shown("a", 5))])
    assert (await entry(client, names))["page_count"] == 1


async def test_a_refused_teaser_is_a_dead_letter_of_its_page_and_costs_its_neighbours_nothing(
    effect: IndexEffect, client: AsyncOpenSearch, names: Names
) -> None:
    made = product(shown("b", 9))  # seen last, so that its words are those of the entry
    dated = b'"published_on":"%s","url":"https://news.example/ferry","language"'
    broken = replace(made, data=made.data.replace(dated % b"2026-01-29", dated % b"soon"))
    results = await effect.apply([product(shown("a", 1)), broken, product(shown("c", 3))])
    assert [isinstance(result, DocumentError) for result in results] == [False, True, False]
    assert "[published_on]" in str(results[1])
    assert await shown_on(client, names) == {"a", "c"}


def stranger(document: EnrichedDocument) -> Product:
    """Make a product that the index of documents refuses, and that of teasers would take."""
    made = product(document)
    draft = Draft.read(made.data)
    return replace(made, data=replace(draft, source=b'{"stranger":1,' + draft.source[1:]).write())


async def test_a_refused_page_has_shown_no_teaser(effect: IndexEffect, client: AsyncOpenSearch, names: Names) -> None:
    alone = ferry().model_copy(update={"headline": span("Rain stops play")})
    pages = [product(shown("a", 1)), stranger(shown("b", 9, teasers=(ferry(), alone))), product(shown("c", 3))]
    for _ in range(2):  # a redelivery changes nothing
        results = await effect.apply(list(pages))
        assert [isinstance(result, DocumentError) for result in results] == [False, True, False]
        assert await shown_on(client, names) == {"a", "c"}
        assert (await entry(client, names))["last_seen"] == "2026-01-31T12:03:00.000Z"
        assert not await client.exists(index=names.teasers.read, id=teaser_key(alone))


async def test_the_version_of_a_page_that_is_not_refused_has_shown_its_teasers(
    effect: IndexEffect, client: AsyncOpenSearch, names: Names
) -> None:
    await effect.apply([product(shown("a", 1)), stranger(shown("a", 9))])
    held = await entry(client, names)
    assert (await shown_on(client, names), held["last_seen"]) == ({"a"}, "2026-01-31T12:01:00.000Z")


async def test_what_a_crash_left_out_of_the_teasers_is_added_by_the_redelivery(
    settings: IndexerSettings, effect: IndexEffect, client: AsyncOpenSearch, names: Names
) -> None:
    await client.indices.put_settings(index=names.teasers.version(1), body={"index.blocks.write": True})
    batch = [product(shown("a", 1)), product(shown("b", 2))]
    with pytest.raises(UnavailableError):
        await effect.apply(batch)
    assert await client.exists(index=names.write, id="a")
    await client.indices.put_settings(index=names.teasers.version(1), body={"index.blocks.write": None})

    other = IndexEffect(settings)
    crashed = await other.apply(list(batch))
    await other.stop()
    assert await shown_on(client, names) == {"a", "b"}
    assert [read_receipt(result).action for result in crashed] == ["unchanged", "unchanged"]
    going_on = await effect.apply(batch)
    assert [read_receipt(result).action for result in going_on] == ["created", "created"]


async def shown_on(client: AsyncOpenSearch, names: Names) -> set[str]:
    """Give the pages that the entry of the ferry's teaser lists."""
    return {read_page(line).id for line in (await entry(client, names))["pages"]}


def read_receipt(result: Product | DocumentError) -> IndexReceipt:
    assert isinstance(result, Product)
    return IndexReceipt.model_validate_json(result.data)
