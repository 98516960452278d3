"""An indexer's effect and a client, each test in an index of its own on the session's OpenSearch."""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Protocol

import pytest
from opensearchpy import AsyncOpenSearch

from broadsheet.indexer.client import connect
from broadsheet.indexer.names import KINDS, Names
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.indexer.writer import IndexEffect
from broadsheet_schemas.enriched import EnrichedDocument
from integration.indexer.searching import Searcher
from unit.indexer.pages import product

NUMBERS = itertools.count()


class OpenSearch(Protocol):
    """What these tests need of the session's server."""

    @property
    def url(self) -> str: ...


@pytest.fixture
def settings(opensearch: OpenSearch) -> IndexerSettings:
    return IndexerSettings(opensearch_url=opensearch.url, index_prefix=f"test-{next(NUMBERS)}")


@pytest.fixture
def names(settings: IndexerSettings) -> Names:
    return Names(settings.index_prefix)


@pytest.fixture
async def client(settings: IndexerSettings, names: Names) -> AsyncIterator[AsyncOpenSearch]:
    async with connect(settings) as made:
        yield made
        for kind in KINDS:
            of_kind = Names(names.prefix, kind)
            await made.indices.delete(index=of_kind.pattern, params={"expand_wildcards": "all"})
            await made.indices.delete_index_template(name=of_kind.template, params={"ignore": 404})
        await made.delete_script(id=names.merge_script, params={"ignore": 404})


@pytest.fixture
async def effect(settings: IndexerSettings, client: AsyncOpenSearch) -> AsyncIterator[IndexEffect]:  # noqa: ARG001 - it cleans up
    made = IndexEffect(settings)
    await made.start()
    yield made
    await made.stop()


Fill = Callable[..., Awaitable[None]]


@pytest.fixture
def fill(effect: IndexEffect, client: AsyncOpenSearch, names: Names) -> Fill:
    """Index documents and make them searchable at once."""

    async def index(*documents: EnrichedDocument) -> None:
        await effect.apply([product(document) for document in documents])
        await client.indices.refresh(index=f"{names.read},{names.teasers.read}")

    return index


@pytest.fixture
def searcher(client: AsyncOpenSearch, settings: IndexerSettings) -> Searcher:
    """Give what searches the index of this test."""
    return Searcher(client, settings.index_prefix)
