"""A real server that refuses some writes of a request: 429 by a full queue, 503 by a shard away. Those alone come again."""

from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import pairwise

import pytest
from opensearchpy import AsyncOpenSearch

from broadsheet.indexer import schema
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
        opensearch_timeout_seconds=4,
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


@pytest.fixture
def meter() -> Meter:
    return Meter()


@pytest.fixture
async def effect(settings: IndexerSettings, meter: Meter) -> AsyncIterator[IndexEffect]:
    made = IndexEffect(settings)
    made.measure(meter)
    yield made
    await made.stop()


async def make(client: AsyncOpenSearch, names: Names, shards: int, **index: object) -> None:
    """Make an index of several shards, which our own template does not."""
    await schema.put_template(client, names)
    aliases = {names.read: {}, names.write: {"is_write_index": True}}
    body = {"settings": {"number_of_shards": shards, **index}, "aliases": aliases}
    await client.indices.create(index=names.version(1), body=body, params={"wait_for_active_shards": "0"})


def batch() -> list[Product]:
    """Make pages that show a teaser of their own, and one that they share."""
    return [
        product(page(f"page-{number}", teasers=(ferry(), ferry().model_copy(update={"headline": span(f"N{number}")}))))
        for number in range(PAGES)
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


def refused_alone_came_again(requests: Sequence[Sequence[str]]) -> bool:
    """Tell whether each request holds as many writes as the one before had refused; each batch here is one request at a time."""
    return all(len(later) == earlier.count("busy") for earlier, later in pairwise(requests))


def unwatched(error: UnavailableError) -> None:
    """Watch nothing."""


async def test_writes_that_a_full_queue_refuses_with_429_come_again_and_they_alone(
    settings: IndexerSettings, client: AsyncOpenSearch, effect: IndexEffect, meter: Meter
) -> None:
    names = Names(settings.index_prefix)
    for kind in KINDS:
        await make(client, Names(names.prefix, kind), SHARDS)
    await effect.start()
    products, waits = batch(), list[str]()
    results = await until_available(
        lambda: effect.apply(products), max_wait_seconds=1, on_retry=lambda error: waits.append(error.message)
    )

    assert actions(results) == {"created"}, "a document that was written has been sent again"
    assert any({"busy", "done"} <= set(request) for request in meter.endings["documents"]), "no partial refusal"
    assert all("rejected_execution_exception" in wait for wait in waits)
    assert refused_alone_came_again(meter.endings["documents"])
    assert refused_alone_came_again(meter.endings["teasers"])
    assert await versions(client, names) == [1] * PAGES
    assert await versions(client, names.teasers) == [1] * (PAGES + 1)


@pytest.mark.parametrize("kind", KINDS)
async def test_writes_to_a_shard_that_is_away_are_refused_with_503_and_come_again_alone(
    settings: IndexerSettings, client: AsyncOpenSearch, effect: IndexEffect, meter: Meter, kind: Kind
) -> None:
    names = Names(settings.index_prefix)
    await make(client, Names(names.prefix, kind), 2, **{"routing.allocation.total_shards_per_node": 1})
    await effect.start()
    products = batch()[:20]
    with pytest.raises(UnavailableError) as caught:
        await effect.apply(products)
    assert "shard" in caught.value.message
    if kind == "teasers":  # the shard of documents is found away when they are read
        assert {"busy", "done"} <= set(meter.endings["teasers"][0])

    back = {"index.routing.allocation.total_shards_per_node": -1}
    await client.indices.put_settings(index=Names(names.prefix, kind).version(1), body=back)
    results = await until_available(lambda: effect.apply(products), max_wait_seconds=1, on_retry=unwatched)
    assert actions(results) == {"created"}
    assert refused_alone_came_again(meter.endings["documents"])
    assert refused_alone_came_again(meter.endings["teasers"])
    assert await versions(client, names) == [1] * 20
    assert await versions(client, names.teasers) == [1] * 21
