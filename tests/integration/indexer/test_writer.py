"""The indexer's effect on a real OpenSearch."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from opensearchpy import AsyncOpenSearch

from broadsheet.indexer.documents import index_id, text_of
from broadsheet.indexer.names import Names
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.indexer.transform import Draft
from broadsheet.indexer.writer import IndexEffect
from broadsheet.runtime.errors import DocumentError, UnavailableError
from broadsheet.runtime.stage import Product
from broadsheet_schemas.enriched import EnrichedDocument
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.receipt import IndexReceipt
from unit.indexer.pages import at, documents, page, product

pytestmark = pytest.mark.integration

OLD = page(body="Old.", fetched_at=at(1), revision="a" * 64)
NEW = page(body="New.", fetched_at=at(2), revision="b" * 64)
BACK = page(body="Old.", fetched_at=at(3), revision="a" * 64)


async def apply(effect: IndexEffect, *pages: EnrichedDocument) -> list[str]:
    """Index pages as one batch; give what became of each."""
    return [ending(result) for result in await effect.apply([product(document) for document in pages])]


def ending(result: Product | DocumentError) -> str:
    return result.code if isinstance(result, DocumentError) else receipt(result).action


def receipt(result: Product | DocumentError) -> IndexReceipt:
    assert isinstance(result, Product)
    return IndexReceipt.model_validate_json(result.data)


async def held(client: AsyncOpenSearch, names: Names, document_id: str = "bridge") -> dict[str, Any]:
    response = await client.get(index=names.read, id=index_id(document_id))
    return {"body": text_of(response["_source"]["body"]), "order": response["_source"]["version"]["order"], **response}


async def test_a_page_is_created_then_unchanged_then_updated_and_an_older_one_stale(
    effect: IndexEffect, client: AsyncOpenSearch, names: Names
) -> None:
    assert [await apply(effect, document) for document in (OLD, OLD, NEW, OLD)] == [
        ["created"],
        ["unchanged"],
        ["updated"],
        ["stale"],
    ]
    assert (await held(client, names))["body"] == "New."


async def test_a_redelivery_writes_nothing(effect: IndexEffect, client: AsyncOpenSearch, names: Names) -> None:
    await apply(effect, OLD)
    before = (await held(client, names))["_seq_no"]
    await apply(effect, OLD, OLD)
    assert (await held(client, names))["_seq_no"] == before


async def test_a_page_fetched_again_moves_its_version_on_and_keeps_its_text(
    effect: IndexEffect, client: AsyncOpenSearch, names: Names
) -> None:
    await apply(effect, OLD)
    before = await held(client, names)
    assert await apply(effect, BACK) == ["unchanged"]
    after = await held(client, names)
    version = {**before["_source"]["version"], "order": after["order"]}
    assert after["_source"] == {**before["_source"], "fetched_at": "2026-01-31T12:03:00+00:00", "version": version}
    assert after["order"] == 1769860980000


@pytest.mark.parametrize("order", list(permutations((OLD, NEW, BACK))))
async def test_the_newest_page_wins_whatever_the_order_of_arrival(
    effect: IndexEffect, client: AsyncOpenSearch, names: Names, order: Sequence[EnrichedDocument]
) -> None:
    for document in order:
        await apply(effect, document)
    kept = await held(client, names)
    assert (kept["body"], kept["order"]) == ("Old.", 1769860980000)


async def test_versions_of_one_page_in_a_batch_are_decided_in_order(
    effect: IndexEffect, client: AsyncOpenSearch, names: Names
) -> None:
    assert await apply(effect, OLD, page("other"), NEW, OLD, NEW) == [
        "created",
        "created",
        "updated",
        "stale",
        "unchanged",
    ]
    assert (await held(client, names))["body"] == "New."


async def test_receipts_name_document_revision_and_index_in_order(effect: IndexEffect, names: Names) -> None:
    ids = [f"page-{number}" for number in (3, 1, 2)]
    receipts = [receipt(result) for result in await effect.apply([product(page(name)) for name in ids])]
    assert [made.document_id for made in receipts] == ids
    assert {(made.index, made.revision) for made in receipts} == {(names.version(1), "a" * 64)}


async def test_a_batch_larger_than_a_request_goes_in_several(settings: IndexerSettings, effect: IndexEffect) -> None:
    small = IndexEffect(settings.model_copy(update={"bulk_max_bytes": 1024}))
    assert await apply(small, *(page(str(number)) for number in range(5))) == ["created"] * 5
    assert await apply(effect, *(page(str(number)) for number in range(5))) == ["unchanged"] * 5
    await small.stop()


def stranger(document: EnrichedDocument) -> Product:
    """Make a product whose source has a field that the mapping does not know."""
    made = product(document)
    draft = Draft.read(made.data)
    source = orjson.dumps(orjson.loads(draft.source) | {"stranger": 1})
    return replace(made, data=replace(draft, source=source).write())


async def test_a_refused_document_costs_its_neighbours_nothing(effect: IndexEffect) -> None:
    results = await effect.apply([product(page("a")), stranger(page("b")), product(page("c"))])
    assert [ending(result) for result in results] == ["created", ErrorCode.INDEX_REFUSED, "created"]
    assert isinstance(results[1], DocumentError)
    assert "stranger" in results[1].message


async def test_a_refused_version_leaves_the_older_one_of_its_batch(
    effect: IndexEffect, client: AsyncOpenSearch, names: Names
) -> None:
    results = await effect.apply([product(OLD), stranger(NEW)])
    assert [ending(result) for result in results] == ["created", ErrorCode.INDEX_REFUSED]
    assert (await held(client, names))["body"] == "Old."


async def test_a_source_that_is_no_json_is_refused_alone(effect: IndexEffect) -> None:
    broken = product(page("b"))
    results = await effect.apply([product(page("a")), replace(broken, data=broken.data[:-9]), product(page("c"))])
    assert [ending(result) for result in results] == ["created", ErrorCode.INDEX_REFUSED, "created"]


async def test_ids_over_the_limit_are_indexed(effect: IndexEffect, client: AsyncOpenSearch, names: Names) -> None:
    document_id = "ž" * 512
    assert await apply(effect, page(document_id)) == ["created"]
    assert await apply(effect, page(document_id)) == ["unchanged"]
    assert (await client.get(index=names.read, id=index_id(document_id)))["_source"]["document_id"] == document_id


@examples(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents)
async def test_the_index_takes_every_document_that_the_contract_allows(
    effect: IndexEffect, document: EnrichedDocument
) -> None:
    assert await apply(effect, document) != [ErrorCode.INDEX_REFUSED]


async def test_two_indexers_on_one_document_end_with_the_newest(
    settings: IndexerSettings, effect: IndexEffect, client: AsyncOpenSearch, names: Names
) -> None:
    other = IndexEffect(settings)
    versions = [page(body=f"State {minute}.", fetched_at=at(minute), revision=f"{minute:064d}") for minute in range(12)]
    writers = [apply((effect, other)[number % 2], document) for number, document in enumerate(versions)]
    ends = await asyncio.gather(*writers)
    assert (await held(client, names))["body"] == "State 11."
    assert sum(end == ["created"] for end in ends) == 1
    await other.stop()


async def test_a_blocked_index_makes_the_batch_wait_and_it_goes_on_by_itself(
    effect: IndexEffect, client: AsyncOpenSearch, names: Names
) -> None:
    await client.indices.put_settings(index=names.version(1), body={"index.blocks.write": True})
    with pytest.raises(UnavailableError) as caught:
        await apply(effect, page())
    assert "blocked" in caught.value.message
    await client.indices.put_settings(index=names.version(1), body={"index.blocks.write": False})
    assert await apply(effect, page()) == ["created"]


async def test_a_closed_index_makes_the_batch_wait(effect: IndexEffect, client: AsyncOpenSearch, names: Names) -> None:
    await client.indices.close(index=names.version(1))
    with pytest.raises(UnavailableError):
        await apply(effect, page())
    await client.indices.open(index=names.version(1))
    assert await apply(effect, page()) == ["created"]


async def test_a_deleted_index_is_made_anew(effect: IndexEffect, client: AsyncOpenSearch, names: Names) -> None:
    await apply(effect, page())
    await client.indices.delete(index=names.version(1))
    assert not await effect.ready()
    assert await apply(effect, page()) == ["created"]
    assert await effect.ready()


async def test_a_deleted_index_of_teasers_is_made_anew_and_not_in_the_place_of_its_alias(
    effect: IndexEffect, client: AsyncOpenSearch, names: Names
) -> None:
    """Nothing is read of it before the write, which OpenSearch would answer with an index of the alias's name."""
    await client.indices.delete(index=names.teasers.version(1))
    assert await apply(effect, page()) == ["created"]
    assert await client.indices.exists_alias(name=names.teasers.write)


async def test_an_empty_batch_is_done(effect: IndexEffect) -> None:
    assert await effect.apply([]) == []


async def test_a_server_that_is_away_is_waited_for(unused_tcp_port: int) -> None:
    away = IndexEffect(IndexerSettings(opensearch_url=f"http://127.0.0.1:{unused_tcp_port}"))
    for work in (away.start(), away.apply([product(page())])):
        with pytest.raises(UnavailableError) as caught:
            await work
        assert caught.value.code is ErrorCode.INDEX_UNAVAILABLE
        assert str(unused_tcp_port) in caught.value.message
    assert not await away.ready()
    await away.stop()
