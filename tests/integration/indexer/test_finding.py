"""Finding on a real OpenSearch: phrases, beginnings, near spellings, order, paging and facets."""

from datetime import date

import pytest

from broadsheet.indexer.names import Names
from broadsheet.indexer.queries import SearchRequest
from broadsheet.indexer.search import search_all
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.accepted import Language, Source
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.segmented import Title
from integration.indexer.conftest import Fill
from integration.indexer.searching import Searcher
from unit.indexer.pages import entity, ferry, page, span

pytestmark = pytest.mark.integration


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"old bridge"', ["bridge"]),
        ('"bridge old"', []),
        ('"old bridge" elephant', []),
        ('"old bridge" mayor', ["bridge"]),
        ("brid*", ["bridge"]),
        ("BRID*", ["bridge"]),
        ("ridg*", []),
        ("brid* eleph*", []),
        ('"steers the first"', ["bridge"]),
        ('"first boat" brid*', []),
    ],
)
async def test_phrases_and_beginnings(fill: Fill, searcher: Searcher, query: str, found: list[str]) -> None:
    await fill(page())
    assert await searcher.ids(query=query) == found


async def test_what_matched_is_marked_in_phrases_and_beginnings(fill: Fill, searcher: Searcher) -> None:
    await fill(page())
    for query in ('"old bridge"', "may*"):
        (hit,) = (await searcher.result(query=query, part="body")).hits
        snippet = hit.snippets[-1]
        marked = " ".join(snippet.text[start:end] for start, end in snippet.marks)
        assert marked == {'"old bridge"': "old bridge", "may*": "mayor"}[query]


async def test_a_slip_is_forgiven_and_named(fill: Fill, searcher: Searcher) -> None:
    await fill(page(), page("ferry", title=Title(text="Harbour"), body="No ship today.", teasers=()))
    result = await searcher.result(query="brigde mayor")
    assert ([hit.id for hit in result.hits], result.loose) == (["bridge"], ("brigde",))
    assert (await searcher.result(query="harbuor")).hits[0].id == "ferry"
    assert (await searcher.result(query="bridge")).loose == ()


async def test_a_name_that_stands_in_teasers_is_no_slip_of_a_word_in_a_body(fill: Fill, searcher: Searcher) -> None:
    await fill(page(), page("beach", body="Rolfe walks on sand by the old harbour.", teasers=()))
    assert await searcher.ids(query="Rolf Sund", part="body") == []
    assert await searcher.ids(query="Rolf Sund", part="teasers") == ["bridge"]


async def test_a_slip_in_one_language_is_forgiven_among_others(fill: Fill, searcher: Searcher) -> None:
    await fill(page(), page("most", language=Language(code="cs", confidence=1), body="Starý most je znovu otevřen."))
    assert await searcher.ids(query="otevrem") == ["most"]


async def test_order_by_date_with_a_query(fill: Fill, searcher: Searcher) -> None:
    await fill(
        page("new", body="One bridge.", title=None, published_on=date(2026, 2, 2)),
        page("old", published_on=date(2026, 1, 1)),
        page("undated", published_on=None),
    )
    assert await searcher.ids(query="bridge", sort="date") == ["new", "old", "undated"]
    assert (await searcher.ids(query="bridge", sort="relevance"))[-1] == "new"


@pytest.mark.parametrize("request_", [{}, {"query": "bridge"}, {"query": "bridge", "sort": "date"}])
async def test_pages_follow_each_other_without_gap_or_repetition(
    fill: Fill, searcher: Searcher, request_: dict[str, str]
) -> None:
    days = [date(2026, 1, 1 + number % 3) if number % 4 else None for number in range(11)]
    await fill(*(page(f"p{number:02}", published_on=day) for number, day in enumerate(days)))
    whole = await searcher.ids(**request_, size=100)
    assert len(whole) == 11
    pages = await searcher.pages(**request_, size=3)
    assert [found for one in pages for found in one] == whole
    assert [len(one) for one in pages] == [3, 3, 3, 2]


async def test_a_page_that_is_written_meanwhile_moves_nothing_in_a_listing_by_date(
    fill: Fill, searcher: Searcher
) -> None:
    await fill(*(page(f"p{number}", published_on=date(2026, 1, number)) for number in range(1, 5)))
    first = await searcher.result(size=2)
    await fill(page("newest", published_on=date(2026, 1, 9)))
    second = await searcher.result(size=2, after=first.next)
    assert [hit.id for hit in (*first.hits, *second.hits)] == ["p4", "p3", "p2", "p1"]


async def test_all_are_given_as_the_index_was(fill: Fill, searcher: Searcher) -> None:
    await fill(*(page(f"p{number}") for number in range(5)))
    found: list[str] = []
    async for hit in search_all(searcher.client, SearchRequest(query="bridge", size=2), prefix=searcher.prefix):
        if not found:
            await fill(page("later"))
        found.append(hit.id)
    assert sorted(found) == [f"p{number}" for number in range(5)]
    open_points = await searcher.client.get_all_pits()
    assert open_points["pits"] == []


async def test_a_cursor_that_is_none_is_refused(fill: Fill, searcher: Searcher) -> None:
    await fill(page())
    with pytest.raises(OperatorError) as caught:
        await searcher.result(after="nonsense")
    assert caught.value.code is ErrorCode.USAGE


async def test_facets_count_what_was_found_each_part_apart(fill: Fill, searcher: Searcher) -> None:
    ada, tarn = entity("Ada Field", "PERSON", ("Ada Field", "body")), entity("Tarn", "LOC", ("Tarn", "body"))
    sund = entity("Rolf Sund", "PERSON", ("Sund", "teaser:0"))
    await fill(
        page("a", entities=(ada, tarn, sund), published_on=date(2026, 1, 1)),
        page("b", entities=(ada,), published_on=date(2026, 1, 2)),
        page("c", entities=(tarn,), source=Source(domain="other.example"), published_on=date(2026, 1, 2)),
        page("elsewhere", title=None, body="Nothing.", entities=(ada,), teasers=()),
    )
    facets = (await searcher.result(query="bridge", size=1, facets=True)).facets
    assert [(count.facet, count.part, count.value, count.count) for count in facets] == [
        ("entity", "body", "Ada Field", 2),
        ("entity", "body", "Tarn", 2),
        ("entity", "teasers", "Rolf Sund", 1),
        ("domain", None, "news.example", 2),
        ("domain", None, "other.example", 1),
        ("day", None, "2026-01-01", 1),
        ("day", None, "2026-01-02", 2),
    ]


async def test_words_of_a_phrase_must_stand_in_one_teaser(fill: Fill, searcher: Searcher) -> None:
    other = ferry().model_copy(update={"headline": span("Fair weather"), "summary": None})
    await fill(page(teasers=(other, ferry())))
    assert await searcher.ids(query='"weather ferry"', part="teasers") == []
    assert await searcher.ids(query="weather ferry", part="teasers") == []
    assert await searcher.ids(query='"ferry strike"', part="teasers") == ["bridge"]


async def test_a_search_of_very_many_words_is_answered(fill: Fill, searcher: Searcher, names: Names) -> None:
    await fill(page())
    assert names.read
    assert await searcher.ids(query=" ".join(f"w{number}" for number in range(60))) == []
