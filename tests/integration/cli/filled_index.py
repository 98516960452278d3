"""An index of a test's own on the session's OpenSearch, with the documents that its module names, for the command."""

import asyncio
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from broadsheet.indexer.client import connect
from broadsheet.indexer.names import KINDS, Names
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.indexer.writer import IndexEffect
from broadsheet_schemas.enriched import EnrichedDocument
from unit.indexer.pages import product


@contextmanager
def own_index(url: str) -> Iterator[IndexerSettings]:
    """Give settings whose prefix no index has yet; what was made under it is gone afterwards."""
    settings = IndexerSettings(opensearch_url=url, index_prefix=f"test-{uuid.uuid4().hex[:12]}")
    try:
        yield settings
    finally:
        asyncio.run(_drop(settings))


def environment_of(settings: IndexerSettings) -> dict[str, str]:
    """Give the environment that tells the command which server and index are meant."""
    return {"BROADSHEET_OPENSEARCH_URL": settings.opensearch_url, "BROADSHEET_INDEX_PREFIX": settings.index_prefix}


def fill(settings: IndexerSettings, documents: Sequence[EnrichedDocument]) -> None:
    """Index documents and make them searchable."""
    asyncio.run(_fill(settings, documents))


async def _fill(settings: IndexerSettings, documents: Sequence[EnrichedDocument]) -> None:
    effect = IndexEffect(settings)
    await effect.start()
    await effect.apply([product(document) for document in documents])
    await effect.stop()
    async with connect(settings) as client:
        await client.indices.refresh(index=[Names(settings.index_prefix, kind).read for kind in KINDS])


async def _drop(settings: IndexerSettings) -> None:
    async with connect(settings) as client:
        for kind in KINDS:
            names = Names(settings.index_prefix, kind)
            await client.indices.delete(index=names.pattern, params={"expand_wildcards": "all"})
            await client.indices.delete_index_template(name=names.template, params={"ignore": 404})
        await client.delete_script(id=Names(settings.index_prefix).merge_script, params={"ignore": 404})
