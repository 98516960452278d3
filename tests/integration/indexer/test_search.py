"""Searching on a real OpenSearch: body and teasers apart."""

import asyncio
from datetime import date

import pytest
from opensearchpy import AsyncOpenSearch

from broadsheet.indexer.client import connect
from broadsheet.indexer.queries import SearchRequest
from broadsheet.indexer.search import get_document, search
from broadsheet.indexer.settings import OpenSearchSettings
from broadsheet.runtime.errors import OperatorError, UnavailableError
from broadsheet_schemas.accepted import Language, Source
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.segmented import Title
from integration.indexer.conftest import Fill
from integration.indexer.searching import Searcher
from unit.indexer.pages import BRIDGE, FERRY, PILOT, at, entity, ferry, page, span

pytestmark = pytest.mark.integration


@pytest.mark.parametrize(("part", "found"), [("body", []), ("teasers", ["bridge"]), ("any", ["bridge"])])
@pytest.mark.parametrize("request_", [{"query": "Rolf Sund"}, {"entity": "Rolf Sund"}, {"entity": "sund"}])
async def test_a_name_of_a_teaser_finds_the_page_by_its_teasers_alone(
    fill: Fill, searcher: Searcher, request_: dict[str, str], part: str, found: list[str]
) -> None:
    await fill(page())
    assert await searcher.ids(**request_, part=part) == found


@pytest.mark.parametrize(("part", "found"), [("body", ["bridge"]), ("teasers", []), ("any", ["bridge"])])
@pytest.mark.parametrize("request_", [{"query": "Ada Field"}, {"entity": "Ada Field"}])
async def test_a_name_of_the_article_finds_the_page_by_its_body_alone(
    fill: Fill, searcher: Searcher, request_: dict[str, str], part: str, found: list[str]
) -> None:
    await fill(page())
    assert await searcher.ids(**request_, part=part) == found


async def test_a_hit_shows_the_document_the_part_and_why(fill: Fill, searcher: Searcher) -> None:
    await fill(page())
    hit = await searcher.hit(query="bridge")
    assert (hit.id, hit.title, hit.domain, hit.published_on) == (
        "bridge",
        "Bridge reopens",
        "news.example",
        date(2026, 1, 30),
    )
    assert hit.parts == ("body",)
    assert [snippet.text for snippet in hit.snippets] == ["Bridge reopens", BRIDGE]
    assert [surface(snippet.text, snippet.marks) for snippet in hit.snippets] == [["Bridge"], ["bridge"]]


async def test_a_hit_in_a_teaser_shows_which(fill: Fill, searcher: Searcher) -> None:
    other = ferry().model_copy(update={"headline": span("Fair weather"), "summary": None})
    await fill(page(teasers=(other, ferry())))
    hit = await searcher.hit(query="boat")
    assert hit.parts == ("teasers",)
    assert [(snippet.teaser, snippet.text) for snippet in hit.snippets] == [(1, PILOT)]


async def test_a_teaser_found_by_a_name_shows_its_headline(fill: Fill, searcher: Searcher) -> None:
    await fill(page())
    hit = await searcher.hit(entity="Rolf Sund", part="teasers")
    assert [(snippet.part, snippet.teaser, snippet.text) for snippet in hit.snippets] == [("teasers", 0, FERRY)]


def surface(text: str, marks: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in marks]


async def test_the_title_weighs_more_than_the_body(fill: Fill, searcher: Searcher) -> None:
    await fill(
        page("aside", body="A harbour, a bridge and a mill."),
        page("about", title=Title(text="A harbour"), body="It is new."),
    )
    assert await searcher.ids(query="harbour") == ["about", "aside"]


async def test_words_match_by_stem_without_accents_and_wherever_they_stand(fill: Fill, searcher: Searcher) -> None:
    await fill(page(body="Mayors from Besançon were opening gates."))
    for query in ("opened gate", "besancon", "reopens gates"):
        assert await searcher.ids(query=query) == ["bridge"]


async def test_one_of_two_words_is_not_enough(fill: Fill, searcher: Searcher) -> None:
    await fill(page())
    assert await searcher.ids(query="bridge elephant") == []


async def test_filters_narrow(fill: Fill, searcher: Searcher) -> None:
    czech = Language(code="cs", confidence=1)
    await fill(
        page("a"),
        page("b", language=czech, published_on=date(2026, 2, 1)),
        page("c", source=Source(domain="other.example"), published_on=None),
    )
    assert await searcher.ids(domain="other.example") == ["c"]
    assert await searcher.ids(language="cs") == ["b"]
    assert await searcher.ids(since=date(2026, 1, 31)) == ["b"]
    assert await searcher.ids(until=date(2026, 1, 30), query="bridge") == ["a"]
    assert await searcher.ids(since=date(2026, 1, 30), until=date(2026, 2, 1)) == ["b", "a"]


async def test_without_conditions_all_are_found_newest_first(fill: Fill, searcher: Searcher) -> None:
    await fill(*(page(str(day), published_on=date(2026, 1, day)) for day in (2, 9, 5)), page("none", published_on=None))
    assert await searcher.ids() == ["9", "5", "2", "none"]
    result = await searcher.result(size=2)
    assert (len(result.hits), result.total) == (2, 4)


async def test_an_entity_is_found_by_its_type(fill: Fill, searcher: Searcher) -> None:
    await fill(
        page("person", entities=(entity("Tarn", "PERSON", ("Tarn", "body")),)),
        page("river", entities=(entity("Tarn", "LOC", ("Tarn", "body")),)),
    )
    assert await searcher.ids(entity="tarn", entity_type="LOC") == ["river"]
    assert await searcher.ids(entity_type="PERSON", part="body") == ["person"]
    assert await searcher.ids(entity="tarn", part="teasers") == []


@pytest.mark.parametrize(
    "query",
    ['body:* OR title:"', '+-=&&||><!(){}[]^"~*?:\\/', "*", "_exists_:title", "", "\x00\x02", "ř" * 20_000],
)
async def test_no_query_is_a_syntax_error_or_finds_by_syntax(fill: Fill, searcher: Searcher, query: str) -> None:
    await fill(page(title=None, body="Nothing here."))
    assert await searcher.ids(query=query) == []


async def test_a_text_over_the_highlighters_limit_is_found(fill: Fill, searcher: Searcher) -> None:
    await fill(page(body="Unmistakable. " + "word " * 250_000))
    hit = await searcher.hit(query="unmistakable")
    assert surface(hit.snippets[0].text, hit.snippets[0].marks) == ["Unmistakable"]


async def test_a_document_is_got_by_its_id_at_once(fill: Fill, searcher: Searcher) -> None:
    await fill(page("é" * 400, fetched_at=at(1)))
    document = await get_document(searcher.client, "é" * 400, prefix=searcher.prefix)
    assert document is not None
    assert document["body"] == {"en": BRIDGE}
    assert await get_document(searcher.client, "other", prefix=searcher.prefix) is None


async def test_no_index_is_an_error_that_says_so(client: AsyncOpenSearch) -> None:
    for work in (search(client, SearchRequest(), prefix="nobody"), get_document(client, "x", prefix="nobody")):
        with pytest.raises(OperatorError) as caught:
            await work
        assert caught.value.code is ErrorCode.NOT_FOUND
        assert "nobody-documents" in caught.value.message


async def test_a_server_that_is_away_is_an_error_that_says_so(unused_tcp_port: int) -> None:
    settings = OpenSearchSettings(opensearch_url=f"http://127.0.0.1:{unused_tcp_port}")
    async with connect(settings) as client:
        for work in (search(client, SearchRequest()), get_document(client, "x")):
            with pytest.raises(UnavailableError):
                await work


async def test_searches_run_side_by_side(fill: Fill, searcher: Searcher) -> None:
    await fill(page())
    assert await asyncio.gather(*(searcher.ids(query="bridge") for _ in range(8))) == [["bridge"]] * 8
