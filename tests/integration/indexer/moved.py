"""Looking at an index that is moved to another version."""

from opensearchpy import AsyncOpenSearch

from broadsheet.indexer.documents import text_of
from broadsheet.indexer.names import Names


def unwatched(label: str, done: int, total: int) -> None:
    """Watch nothing."""


async def bodies(client: AsyncOpenSearch, names: Names) -> dict[str, str | None]:
    """Give the text of each document that a search finds, by its id; none is there twice."""
    await client.indices.refresh(index=names.read)
    response = await client.search(index=names.read, body={"size": 10_000, "_source": ["body"]})
    found = [(hit["_id"], text_of(hit["_source"]["body"])) for hit in response["hits"]["hits"]]
    assert len(found) == len(dict(found))
    return dict(found)


async def behind(client: AsyncOpenSearch, alias: str) -> list[str]:
    """Name the indices that an alias means."""
    return list(await client.indices.get_alias(name=alias))
