"""A real server that refuses some writes of a request: 429 by a full queue, 503 by a shard away. Those alone come again."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
from opensearchpy import AsyncOpenSearch

from broadsheet.indexer import schema, writer
from broadsheet.indexer.client import connect
from broadsheet.indexer.names import KINDS, Kind, Names
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.indexer.writer import IndexEffect
from broadsheet.local.opensearch import OpenSearch
from broadsheet.runtime.errors import DocumentError, UnavailableError
from broadsheet.runtime.retries import until_available
from broadsheet.runtime.stage import Product
from broadsheet_schemas.receipt import IndexReceipt
from integration.indexer.conftest import NUMBERS
from servers import running_opensearch
from unit.indexer.pages import ferry, page, product, span

pytestmark = pytest.mark.integration

SHARDS = 8
"""A bulk request is a task for each shard that it writes to."""

ONE_AT_A_TIME = {"thread_pool.write.size": 1, "thread_pool.write.queue_size": 1}
"""One task runs and one waits; the others that come at that moment are refused."""

PAGES = 120
MOST_BATCHES = 20
"""On an idle machine the first batch is refused in part; where the pool is as quick as the requests, a later one."""


@pytest.fixture(scope="module")
def narrow() -> Iterator[OpenSearch]:
    """Give a server that takes a write at a time."""
    with running_opensearch(ONE_AT_A_TIME) as server:
        yield server


@pytest.fixture
def settings(narrow: OpenSearch) -> IndexerSettings:
    return IndexerSettings(
        opensearch_url=narrow.url,
        index_prefix=f"test-{next(NUMBERS)}",
        opensearch_timeout_seconds=120,
        bulk_concurrency=1,
    )


@pytest.fixture
async def client(settings: IndexerSettings) -> AsyncIterator[AsyncOpenSearch]:
    async with connect(settings) as made:
        yield made


class Meter:
    """Remembers how the writes of each bulk request ended, by kind of index."""

    def __init__(self) -> None:
        self.endings: dict[str, list[Sequence[str]]] = {kind: [] for kind in KINDS}

    def requested(self, request: str, seconds: float) -> None:
        """Measure nothing."""

    def wrote(self, request: str, size: int, endings: Sequence[str]) -> None:  # noqa: ARG002 - the protocol's own
        self.endings[request].append(endings)

    def forget(self) -> None:
        """Begin with another batch."""
        for requests in self.endings.values():
            requests.clear()

    @property
    def refused_in_part(self) -> bool:
        """Whether a request of documents was done in part and refused in part."""
        return any({"busy", "done"} <= set(request) for request in self.endings["documents"])

    @property
    def refused_alone_came_again(self) -> bool:
        """Whether each request held as many writes as the one before had refused; a batch here is one at a time."""
        pairs = [pair for requests in self.endings.values() for pair in pairwise(requests)]
        return all(len(later) == earlier.count("busy") for earlier, later in pairs)


@pytest.fixture
def meter() -> Meter:
    return Meter()


@asynccontextmanager
async def measured(settings: IndexerSettings, meter: Meter) -> AsyncIterator[IndexEffect]:
    """Give an indexer's effect, started and measured."""
    effect = IndexEffect(settings)
    effect.measure(meter)
    try:
        await effect.start()
        yield effect
    finally:
        await effect.stop()


async def make(client: AsyncOpenSearch, names: Names, shards: int, **index: object) -> None:
    """Make an index of several shards, which our own template does not."""
    await schema.put_template(client, names)
    aliases = {names.read: {}, names.write: {"is_write_index": True}}
    body = {"settings": {"number_of_shards": shards, **index}, "aliases": aliases}
    await client.indices.create(index=names.version(1), body=body, params={"wait_for_active_shards": "0"})


def batch(size: int, first: int = 0) -> list[Product]:
    """Make pages that show a teaser each, of their own."""
    return [
        product(page(f"page-{number}", teasers=(ferry().model_copy(update={"headline": span(f"N{number}")}),)))
        for number in range(first, first + size)
    ]


def actions(results: Sequence[Product | DocumentError]) -> set[str]:
    """Give what the receipts say; a dead letter has none and fails the test."""
    made = [IndexReceipt.model_validate_json(result.data) for result in results if isinstance(result, Product)]
    assert len(made) == len(results)
    return {receipt.action for receipt in made}


async def versions(client: AsyncOpenSearch, names: Names) -> list[int]:
    """Give OpenSearch's version of every document: how often it was written."""
    await client.indices.refresh(index=names.read)
    response = await client.search(index=names.read, body={"size": 10_000, "version": True, "_source": False})
    return [hit["_version"] for hit in response["hits"]["hits"]]


def unwatched(error: UnavailableError) -> None:
    """Watch nothing."""


async def started(client: AsyncOpenSearch) -> None:
    """Wait until every shard is there."""
    params = {"wait_for_status": "green", "timeout": "100s", "request_timeout": 120}
    await client.cluster.health(params=params)


async def test_writes_that_a_full_queue_refuses_with_429_come_again_and_they_alone(
    settings: IndexerSettings, client: AsyncOpenSearch, meter: Meter
) -> None:
    names = Names(settings.index_prefix)
    for kind in KINDS:
        await make(client, Names(names.prefix, kind), SHARDS)
    await started(client)
    batches, waits = 0, list[str]()
    async with measured(settings, meter) as effect:
        while not meter.refused_in_part and batches < MOST_BATCHES:
            meter.forget()
            products = batch(PAGES, batches * PAGES)
            results = await until_available(
                lambda: effect.apply(products),  # noqa: B023 - it is called within the round
                max_wait_seconds=1,
                on_retry=lambda error: waits.append(error.message),
            )
            assert actions(results) == {"created"}, "a document that was written has been sent again"
            batches += 1

    assert meter.refused_in_part
    assert not [wait for wait in waits if "rejected_execution_exception" not in wait]
    assert meter.refused_alone_came_again
    for kind in KINDS:
        assert await versions(client, Names(names.prefix, kind)) == [1] * PAGES * batches


@pytest.mark.parametrize("kind", KINDS)
async def test_writes_to_a_shard_that_is_away_are_refused_with_503_and_come_again_alone(
    settings: IndexerSettings,
    client: AsyncOpenSearch,
    meter: Meter,
    kind: Kind,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(writer, "TRIES", 1)
    names = Names(settings.index_prefix)
    away = Names(names.prefix, kind)
    await make(client, away, 2, **{"routing.allocation.total_shards_per_node": 1})
    products = batch(20)
    # OpenSearch waits half as long for the shard.
    async with measured(settings.model_copy(update={"opensearch_timeout_seconds": 20}), meter) as effect:
        with pytest.raises(UnavailableError, match="shard"):
            await effect.apply(products)
        if kind == "teasers":  # that a shard of documents is away is found when they are read
            assert {"busy", "done"} <= set(meter.endings["teasers"][0])

        back = {"index.routing.allocation.total_shards_per_node": -1}
        await client.indices.put_settings(index=away.version(1), body=back)
        await started(client)
        results = await until_available(lambda: effect.apply(products), max_wait_seconds=1, on_retry=unwatched)
    assert actions(results) == {"created"}
    assert meter.refused_alone_came_again
    for each in KINDS:
        assert await versions(client, Names(names.prefix, each)) == [1] * 20
