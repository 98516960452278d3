"""Each search of README and docs/search.md prints what the page says."""

import asyncio
import uuid
from collections.abc import Iterator

import pytest

from broadsheet.indexer.settings import IndexerSettings
from broadsheet.local.opensearch import OpenSearch
from e2e.search_page import BLOCK, PAGES, environment, fill, printed, untimed

pytestmark = pytest.mark.e2e

BLOCKS = [block for page in PAGES for block in BLOCK.findall(page.read_text("utf-8"))]


@pytest.fixture(scope="module")
def samples(opensearch: OpenSearch) -> Iterator[None]:
    settings = IndexerSettings(opensearch_url=opensearch.url, index_prefix=f"page-{uuid.uuid4().hex[:12]}")
    asyncio.run(fill(settings))
    with environment(settings):
        yield


@pytest.mark.parametrize(("command", "output"), BLOCKS, ids=[command for command, _ in BLOCKS])
@pytest.mark.usefixtures("samples")
def test_a_command_prints_what_the_page_says(
    command: str, output: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("page"))
    assert untimed(printed(command)) == untimed(output), "`make search-page` writes the page anew"


def test_every_search_of_a_page_has_its_output() -> None:
    text = "".join(page.read_text("utf-8") for page in PAGES)
    assert text.count("```console") == len(BLOCKS) > 0
    assert PAGES[1].read_text("utf-8").count("```") == 2 * len(BLOCK.findall(PAGES[1].read_text("utf-8")))
