"""Making the index on a real OpenSearch."""

import asyncio
from typing import Any

import pytest
from opensearchpy import AsyncOpenSearch

from broadsheet.indexer import schema
from broadsheet.indexer.schema import Names
from integration.indexer.conftest import Fill
from unit.indexer.pages import page

pytestmark = pytest.mark.integration


async def aliases(client: AsyncOpenSearch, names: Names) -> dict[str, set[str]]:
    response = await client.indices.get_alias(index=f"{names.read}-v*")
    return {index: set(entry["aliases"]) for index, entry in response.items()}


async def test_indexers_that_start_at_once_make_one_index(client: AsyncOpenSearch, names: Names) -> None:
    await asyncio.gather(*(schema.create(client, names) for _ in range(8)))
    assert await aliases(client, names) == {names.index: {names.read, names.write}}


async def test_the_index_is_strict_and_has_the_mapping_of_the_file(client: AsyncOpenSearch, names: Names) -> None:
    await schema.create(client, names)
    response = await client.indices.get_mapping(index=names.read)
    mapping = response[names.index]["mappings"]
    assert mapping["dynamic"] == "strict"
    assert set(mapping["properties"]) == set(schema.mapping()["mappings"]["properties"])


async def test_doubtful_pages_and_those_without_an_article_are_found(
    fill: Fill, client: AsyncOpenSearch, names: Names
) -> None:
    await fill(
        page("sure", confidence=0.97),
        page("doubtful", confidence=0.4),
        page("home", confidence=0.9, no_article="home_page"),
        page("silent"),
    )
    doubtful = {"range": {"confidence": {"lt": 0.5}}}
    assert await found(client, names, doubtful) == {"doubtful"}
    assert await found(client, names, {"term": {"no_article": "home_page"}}) == {"home"}


async def found(client: AsyncOpenSearch, names: Names, query: dict[str, Any]) -> set[str]:
    response = await client.search(body={"query": query}, index=names.read)
    return {hit["_id"] for hit in response["hits"]["hits"]}


async def test_a_later_version_behind_the_aliases_is_left_alone(client: AsyncOpenSearch, names: Names) -> None:
    await schema.create(client, names)
    later = f"{names.read}-v2"
    await client.indices.create(index=later)
    moved = [
        {action: {"index": index, "alias": names.write}} for action, index in (("remove", names.index), ("add", later))
    ]
    await client.indices.update_aliases(body={"actions": moved})
    await client.indices.delete(index=names.index)
    await schema.create(client, names)
    assert await aliases(client, names) == {later: {names.write}}


async def test_aliases_that_were_lost_are_put_back(client: AsyncOpenSearch, names: Names) -> None:
    await schema.create(client, names)
    await client.indices.delete_alias(index=names.index, name=names.write)
    await schema.create(client, names)
    assert await aliases(client, names) == {names.index: {names.read, names.write}}
