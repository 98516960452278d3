"""Making the index on a real OpenSearch."""

import asyncio
from typing import Any

import pytest
from opensearchpy import AsyncOpenSearch

from broadsheet.indexer import schema
from broadsheet.indexer.languages import text_field
from broadsheet.indexer.mappings import mapping
from broadsheet.indexer.names import Names
from broadsheet_schemas.accepted import Language
from broadsheet_schemas.segmented import Title
from integration.indexer.conftest import Fill
from unit.indexer.pages import FERRY, entity, page

pytestmark = pytest.mark.integration

CZECH = Language(code="cs", confidence=1)


async def aliases(client: AsyncOpenSearch, names: Names) -> dict[str, set[str]]:
    response = await client.indices.get_alias(index=f"{names.read}-v*")
    return {index: set(entry["aliases"]) for index, entry in response.items()}


async def test_indexers_that_start_at_once_make_one_index(client: AsyncOpenSearch, names: Names) -> None:
    await asyncio.gather(*(schema.create(client, names) for _ in range(8)))
    assert await aliases(client, names) == {names.version(1): {names.read, names.write}}


async def test_the_index_is_strict_and_has_the_mapping_of_the_file(client: AsyncOpenSearch, names: Names) -> None:
    await schema.create(client, names)
    response = await client.indices.get_mapping(index=names.read)
    made = response[names.version(1)]["mappings"]
    assert made["dynamic"] == "strict"
    assert set(made["properties"]) == set(mapping()["mappings"]["properties"])


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
        {action: {"index": index, "alias": names.write}}
        for action, index in (("remove", names.version(1)), ("add", later))
    ]
    await client.indices.update_aliases(body={"actions": moved})
    await client.indices.delete(index=names.version(1))
    await schema.create(client, names)
    assert await aliases(client, names) == {later: {names.write}}


async def test_aliases_that_were_lost_are_put_back(client: AsyncOpenSearch, names: Names) -> None:
    await schema.create(client, names)
    await client.indices.delete_alias(index=names.version(1), name=names.write)
    await schema.create(client, names)
    assert await aliases(client, names) == {names.version(1): {names.read, names.write}}


WORDS = {
    "cs": ("Vlaky jezdily nočními městy", "městem"),
    "de": ("Die alten Häuser brannten", "haus"),
    "en": ("Farmers were ploughing fields", "field ploughed"),
    "fr": ("Les élections régionales", "élection régional"),
    "ja": ("東京都の新しい橋", "新しい"),
    "ru": ("Новые мосты через реку", "мост"),
    "th": ("แมวกินปลา", "ปลา"),
    "und": ("Pont ġdid", "ġdid"),
}
"""A headline in some languages, and a query that finds it by a stem or a word of that language."""


@pytest.mark.parametrize("code", list(WORDS))
async def test_words_are_analysed_as_their_language_has_them(
    fill: Fill, client: AsyncOpenSearch, names: Names, code: str
) -> None:
    text, query = WORDS[code]
    document = page("one", language=Language(code=code, confidence=1), title=Title(text=text), body=text)
    await fill(document, page("two"))
    for field in ("title", "body"):
        match = {"match": {f"{field}.{text_field(code)}": {"query": query, "operator": "and"}}}
        assert await found(client, names, match) == {"one"}


async def test_titles_and_headlines_can_be_sorted_and_counted_by(
    fill: Fill, client: AsyncOpenSearch, names: Names
) -> None:
    await fill(page("b", title=Title(text="Beta")), page("a", title=Title(text="Alpha"), language=CZECH))
    headlines = {"terms": {"field": "teasers.headline_exact"}}
    body = {"sort": ["title_exact"], "aggs": {"teasers": {"nested": {"path": "teasers"}, "aggs": {"top": headlines}}}}
    response = await client.search(body=body, index=names.read)
    assert [hit["_id"] for hit in response["hits"]["hits"]] == ["a", "b"]
    assert response["aggregations"]["teasers"]["top"]["buckets"] == [{"key": FERRY, "doc_count": 2}]


@pytest.mark.parametrize(
    "term",
    [
        {"entities.body.id": "org:tarn-water"},
        {"entities.body.name.ORG": "Tarn Water"},
        {"entities.body.surface.ORG": "the water board"},
    ],
)
async def test_pages_whose_body_mentions_an_organisation_are_one_filter(
    fill: Fill, client: AsyncOpenSearch, names: Names, term: dict[str, str]
) -> None:
    mentions = {"body": ("The Water Board", "body"), "teaser": ("Tarn Water", "teaser:0")}
    await fill(*(page(part, entities=(entity("Tarn Water", "ORG", mentions[part]),)) for part in mentions))
    assert await found(client, names, {"term": term}) == {"body"}
