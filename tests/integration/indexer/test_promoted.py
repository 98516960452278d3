"""Asking the index of teasers on a real OpenSearch."""

from datetime import timedelta

import pytest
from opensearchpy import AsyncOpenSearch

from broadsheet.indexer.names import Names
from broadsheet.indexer.promoted import PromotedRequest, PromotedResult, promoted
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.accepted import Source
from broadsheet_schemas.enriched import EnrichedDocument
from broadsheet_schemas.errors import ErrorCode
from integration.indexer.conftest import Fill
from unit.indexer.pages import FERRY, PILOT, at, ferry, page, span

pytestmark = pytest.mark.integration

RAIN = ferry().model_copy(
    update={"headline": span("Rain stops play"), "summary": None, "url": "https://other.example/rain"}
)


def showing(document_id: str, minute: float, domain: str = "news.example") -> EnrichedDocument:
    return page(document_id, fetched_at=at(minute), source=Source(domain=domain))


@pytest.fixture
async def ask(fill: Fill, client: AsyncOpenSearch, names: Names) -> PromotedResult:
    """Two pages show the ferry; a third, later, the rain."""
    rain = page("c", fetched_at=at(60), source=Source(domain="other.example"), teasers=(RAIN,), entities=())
    await fill(showing("a", 0), showing("b", 10, "other.example"), rain)
    return await promoted(client, PromotedRequest(), prefix=names.prefix)


async def test_an_entry_answers_what_where_and_since_when(ask: PromotedResult) -> None:
    assert [teaser.headline for teaser in ask.teasers] == ["Rain stops play", FERRY]
    boat = ask.teasers[1]
    assert (boat.summary, boat.first_seen, boat.last_seen) == (PILOT, at(0), at(10))
    assert (boat.page_count, boat.more_pages, boat.domains) == (2, False, ("news.example", "other.example"))
    assert [(shown.id, shown.domain, shown.last_seen) for shown in boat.pages] == [
        ("b", "other.example", at(10)),
        ("a", "news.example", at(0)),
    ]
    assert boat.names == {"PERSON": ("Rolf Sund",)}


BOTH = ["Rain stops play", FERRY]


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ({}, BOTH),
        ({"order": "page_count"}, BOTH[::-1]),
        ({"order": "first_seen", "size": 1}, BOTH[:1]),
        ({"query": "ferries strike", "order": "relevance"}, [FERRY]),
        ({"query": "first boat"}, [FERRY]),
        ({"query": "ferry elephant"}, []),
        ({"entity": "rolf sund"}, [FERRY]),
        ({"entity": "sund", "entity_type": "PERSON"}, [FERRY]),
        ({"entity": "sund", "entity_type": "ORG"}, []),
        ({"entity_type": "PERSON"}, [FERRY]),
        ({"domain": "news.example"}, [FERRY]),
        ({"url": "https://other.example/rain"}, BOTH[:1]),
        ({"language": "cs"}, []),
        ({"since": at(11)}, BOTH[:1]),
        ({"since": at(10)}, BOTH),
        ({"until": at(0)}, [FERRY]),
        ({"until": at(0) - timedelta(seconds=1)}, []),
    ],
)
@pytest.mark.usefixtures("ask")
async def test_each_condition_must_hold(
    client: AsyncOpenSearch, names: Names, request_: dict[str, object], expected: list[str]
) -> None:
    result = await promoted(client, PromotedRequest.model_validate(request_), prefix=names.prefix)
    assert [teaser.headline for teaser in result.teasers] == expected


@pytest.mark.parametrize("query", ['"(* OR ]', "", "ř" * 20_000])
@pytest.mark.usefixtures("ask")
async def test_no_query_is_a_syntax_error(client: AsyncOpenSearch, names: Names, query: str) -> None:
    assert (await promoted(client, PromotedRequest(query=query), prefix=names.prefix)).total == 0


async def test_no_index_is_an_error_that_says_so(client: AsyncOpenSearch) -> None:
    with pytest.raises(OperatorError) as caught:
        await promoted(client, PromotedRequest(), prefix="nobody")
    assert caught.value.code is ErrorCode.NOT_FOUND
    assert "nobody-teasers" in caught.value.message
