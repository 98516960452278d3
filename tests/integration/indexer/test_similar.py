"""`similar` on a real OpenSearch: copies are found whatever stands round them, and measured on generated syndication."""

import pytest
from opensearchpy import AsyncOpenSearch

from benchmarks.syndication import Figures, made_pages, measured
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.indexer.similar import SimilarPage, similar
from integration.indexer.conftest import Fill
from unit.indexer.laid_out import laid_out
from unit.indexer.pages import page

pytestmark = pytest.mark.integration

BODY = [
    f"Paragraph {number} tells what the council of town {number * 7} decided on case {number}." for number in range(9)
]
OTHER = [f"In chapter {number} the author {number * 3} travels by ferry to isle {number + 40}." for number in range(9)]


@pytest.fixture
def ask(client: AsyncOpenSearch, settings: IndexerSettings) -> "Ask":
    return Ask(client, settings.index_prefix)


class Ask:
    def __init__(self, client: AsyncOpenSearch, prefix: str) -> None:
        self.client = client
        self.prefix = prefix

    async def __call__(self, document_id: str) -> list[SimilarPage]:
        found = await similar(self.client, document_id, prefix=self.prefix)
        assert found is not None
        return found


async def test_a_copy_is_found_whatever_stands_round_it(fill: Fill, ask: Ask) -> None:
    await fill(
        laid_out("Council decides", BODY, [("Ferry strike ends", "Boats sail")], document_id="original"),
        laid_out("Town news", ["TARN, Jan 3 -", *BODY[:7], "Agency"], [("Fair", "Songs")], document_id="copy"),
        laid_out("Council decides", OTHER, [("Ferry strike ends", "Boats sail")], document_id="stranger"),
    )
    (found,) = await ask("original")
    assert (found.id, found.title) == ("copy", "Town news")
    assert 0.6 < found.jaccard < found.contained <= 1
    assert [found.id for found in await ask("copy")] == ["original"]
    assert await ask("stranger") == []


async def test_the_nearest_is_first(fill: Fill, ask: Ask) -> None:
    cuts = {"whole": BODY, "cut": BODY[:6], "same": BODY, "changed": [*BODY[:8], "Another end."]}
    await fill(*(laid_out(None, blocks, document_id=name) for name, blocks in cuts.items()))
    assert [(found.id, found.jaccard == 1) for found in await ask("whole")] == [
        ("same", True),
        ("changed", False),
        ("cut", False),
    ]


async def test_a_page_without_a_body_is_like_none(fill: Fill, ask: Ask) -> None:
    await fill(page("empty", body=""), page("other", body=""))
    assert await ask("empty") == []


async def test_a_script_without_spaces_is_compared_too(fill: Fill, ask: Ask) -> None:
    text = "市议会周三决定重新开放大桥、市长表示修复工程耗时两年、费用由国家承担。居民们聚集在河边庆祝。"
    await fill(laid_out(None, [text], document_id="a"), laid_out(None, ["【本社讯】", text], document_id="b"))
    assert [found.id for found in await ask("a")] == ["b"]


async def test_an_unknown_document_is_none(fill: Fill, client: AsyncOpenSearch, settings: IndexerSettings) -> None:
    await fill(page())
    assert await similar(client, "nobody", prefix=settings.index_prefix) is None


async def test_syndicated_pages_are_found_and_whole_page_comparison_misses_them(
    fill: Fill, client: AsyncOpenSearch, settings: IndexerSettings
) -> None:
    made = made_pages(stories=30, seed=11)
    await fill(*(one.document for one in made))
    by_body = await measured(client, settings.index_prefix, made)
    assert by_body.recall >= 0.95
    assert by_body.precision >= 0.99

    await fill(*(one.as_whole for one in made))
    by_page: Figures = await measured(client, settings.index_prefix, made)
    assert by_page.recall < 0.7
