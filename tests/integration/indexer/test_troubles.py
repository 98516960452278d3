"""OpenSearch away, overloaded or out of memory while the indexer writes: it waits, and nothing is lost."""

import asyncio
from collections.abc import Iterator
from itertools import islice

import pytest
from aiohttp import web
from opensearchpy import AsyncOpenSearch

from broadsheet.indexer.client import connect
from broadsheet.indexer.names import Names
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.indexer.writer import IndexEffect
from broadsheet.runtime.errors import DocumentError, UnavailableError
from broadsheet.runtime.retries import until_available
from broadsheet.runtime.stage import Product
from broadsheet_schemas.enriched import EnrichedDocument
from broadsheet_schemas.receipt import IndexReceipt
from opensearch_proxy import OpenSearchProxy
from servers import running_opensearch
from unit.indexer.pages import page, product

pytestmark = pytest.mark.integration

AWAY_SECONDS = 30


def numbered(start: int = 0) -> Iterator[EnrichedDocument]:
    """Pages without end."""
    number = start
    while True:
        yield page(f"page-{number}")
        number += 1


class Patient:
    """Applies batches as the runtime does, and counts its waits."""

    def __init__(self, effect: IndexEffect) -> None:
        self.effect = effect
        self.waits: list[str] = []

    async def apply(self, pages: list[EnrichedDocument]) -> list[Product | DocumentError]:
        products = [product(document) for document in pages]

        async def work() -> list[Product | DocumentError]:
            return list(await self.effect.apply(products))

        return await until_available(work, max_wait_seconds=5, on_retry=self._waited)

    def _waited(self, error: UnavailableError) -> None:
        self.waits.append(error.message)


@pytest.mark.timeout(400)
async def test_an_index_away_for_half_a_minute_during_a_bulk_loses_nothing() -> None:
    with running_opensearch() as server:
        settings = IndexerSettings(opensearch_url=server.url, index_prefix="away", opensearch_timeout_seconds=5)
        effect = IndexEffect(settings)
        await effect.start()
        patient = Patient(effect)
        ids = numbered()
        await patient.apply(list(islice(ids, 50)))

        bulk = asyncio.create_task(patient.apply(list(islice(ids, 400))))
        await asyncio.sleep(0.05)
        await asyncio.to_thread(server.stop)
        assert not await effect.ready()
        await asyncio.sleep(AWAY_SECONDS)
        assert not bulk.done()
        await asyncio.to_thread(server.start)

        results = await bulk
        assert not [result for result in results if isinstance(result, DocumentError)]
        assert 1 <= len(patient.waits) < AWAY_SECONDS * 2, "it asks again and again, without a pause"
        assert await effect.ready()
        async with connect(settings) as client:
            names = Names("away")
            await client.indices.refresh(index=f"{names.read},{names.teasers.read}")
            assert (await client.count(index=names.read))["count"] == 450
            (entry,) = (await client.search(index=names.teasers.read))["hits"]["hits"]
            assert entry["_source"]["page_count"] == 450
        await effect.stop()


async def test_a_server_out_of_memory_answers_429_and_the_batch_waits(
    effect: IndexEffect, client: AsyncOpenSearch
) -> None:
    tiny = {"transient": {"network.breaker.inflight_requests.limit": "0.02%"}}  # 150 KB of a heap of 768 MB
    big = product(page(body="word " * 100_000))
    await client.cluster.put_settings(body=tiny)
    try:
        with pytest.raises(UnavailableError) as caught:
            await effect.apply([big])
    finally:
        await client.cluster.put_settings(body={"transient": {"network.breaker.inflight_requests.limit": None}})
    assert "429" in caught.value.message
    (result,) = await effect.apply([big])
    assert isinstance(result, Product)


class Overloaded(OpenSearchProxy):
    """Answers the first bulk requests itself: 429 or 503, as an overloaded server does."""

    def __init__(self, url: str, status: int, refusals: int) -> None:
        super().__init__(url)
        self.status = status
        self.left = refusals

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Refuse a bulk request, or hand the request on."""
        if request.path.endswith("/_bulk") and self.left:
            self.left -= 1
            return web.json_response({"error": {"type": "rejected_execution_exception"}}, status=self.status)
        return await super().answer(request)


@pytest.mark.parametrize("status", [429, 502, 503])
@pytest.mark.usefixtures("effect")
async def test_an_overloaded_server_is_asked_again_until_it_takes_the_batch(
    settings: IndexerSettings, client: AsyncOpenSearch, names: Names, status: int
) -> None:
    async with Overloaded(settings.opensearch_url, status, refusals=4).serving() as url:
        patient = Patient(IndexEffect(settings.model_copy(update={"opensearch_url": url})))
        results = await patient.apply(list(islice(numbered(), 20)))
        await patient.effect.stop()
    assert not [result for result in results if isinstance(result, DocumentError)]
    assert len(patient.waits) == 4
    assert all(str(status) in wait for wait in patient.waits)
    await client.indices.refresh(index=names.read)
    assert (await client.count(index=names.read))["count"] == 20


class Late(OpenSearchProxy):
    """Hands the first bulk requests on, and keeps each answer until its client has long given up waiting for it."""

    def __init__(self, url: str, seconds: float, answers: int) -> None:
        super().__init__(url)
        self.seconds = seconds
        self.left = answers

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Give the server's answer, in time or not."""
        found = await super().answer(request)
        if request.path.endswith("/_bulk") and self.left:
            self.left -= 1
            await asyncio.sleep(self.seconds)
        return found


@pytest.mark.usefixtures("effect")
async def test_writes_whose_answer_comes_too_late_are_asked_for_again_and_count_once(
    settings: IndexerSettings, client: AsyncOpenSearch, names: Names
) -> None:
    late = Late(settings.opensearch_url, seconds=3, answers=2)  # of the documents, and of their teasers
    async with late.serving() as url:
        impatient = settings.model_copy(update={"opensearch_url": url, "opensearch_timeout_seconds": 1.0})
        patient = Patient(IndexEffect(impatient))
        results = await patient.apply(list(islice(numbered(), 20)))
        await patient.effect.stop()
    assert late.left == 0
    assert len(patient.waits) >= 2
    assert all("imeout" in wait for wait in patient.waits)
    receipts = [IndexReceipt.model_validate_json(result.data) for result in results if isinstance(result, Product)]
    assert [receipt.action for receipt in receipts] == ["unchanged"] * 20  # what is found written was written before
    await client.indices.refresh(index=f"{names.read},{names.teasers.read}")
    found = await client.search(index=names.read, params={"version": "true", "size": 100})
    assert [hit["_version"] for hit in found["hits"]["hits"]] == [1] * 20
    (entry,) = (await client.search(index=names.teasers.read, params={"version": "true"}))["hits"]["hits"]
    assert (entry["_source"]["page_count"], entry["_version"]) == (20, 1)
