"""`search` on a real index: article and teasers apart."""

import asyncio
import os
import sys
import uuid
from collections.abc import Iterator

import orjson
import pytest

from broadsheet.cli.main import run
from broadsheet.indexer.client import connect
from broadsheet.indexer.names import Names
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.indexer.writer import IndexEffect
from broadsheet.local.opensearch import OpenSearch
from unit.cli.test_console import Terminal
from unit.indexer.pages import page, product

pytestmark = pytest.mark.integration


async def fill(settings: IndexerSettings) -> None:
    """Index one page on a bridge, whose teaser is about a ferry, and make it searchable."""
    effect = IndexEffect(settings)
    await effect.start()
    await effect.apply([product(page())])
    await effect.stop()
    async with connect(settings) as client:
        await client.indices.refresh(index=Names(settings.index_prefix).read)


async def drop(settings: IndexerSettings) -> None:
    names = Names(settings.index_prefix)
    async with connect(settings) as client:
        await client.indices.delete(index=f"{names.read}-v*", params={"expand_wildcards": "all"})
        await client.indices.delete_index_template(name=names.template, params={"ignore": 404})


@pytest.fixture(scope="module")
def index(opensearch: OpenSearch) -> Iterator[dict[str, str]]:
    """Give the environment that names an index with one page."""
    settings = IndexerSettings(opensearch_url=opensearch.url, index_prefix=f"test-{uuid.uuid4().hex[:12]}")
    asyncio.run(fill(settings))
    yield {"BROADSHEET_OPENSEARCH_URL": opensearch.url, "BROADSHEET_INDEX_PREFIX": settings.index_prefix}
    asyncio.run(drop(settings))


@pytest.fixture(autouse=True)
def environment(index: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in index.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["ferry"], 1),
        (["ferry", "--part", "teasers"], 1),
        (["ferry", "--part", "body"], 0),
        (["bridge", "--part", "body"], 1),
        (["--entity", "Ada Field", "--part", "body"], 1),
        (["--entity", "Rolf Sund", "--part", "body"], 0),
        (["--entity", "Ada Field", "--entity-type", "PERSON"], 1),
        (["--entity", "Ada Field", "--entity-type", "ORG"], 0),
        (["--entity-type", "person"], 1),
        (["--entity-type", "GPE"], 0),
        (["bridge", "--until", "2026-01-30"], 1),
        (["bridge", "--until", "2026-01-29"], 0),
        (["bridge", "--language", "en"], 1),
        (["bridge", "--language", "de"], 0),
        (["bridge", "--since", "2026-01-30"], 1),
        (["bridge", "--since", "2026-01-31"], 0),
        (["bridge", "--domain", "news.example"], 1),
        (["bridge", "--domain", "other.example"], 0),
    ],
)
def test_each_condition_must_hold(arguments: list[str], found: int, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["search", *arguments]) == 0
    hits = [orjson.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert [hit["id"] for hit in hits] == ["bridge"] * found


def test_on_a_terminal_it_shows_why_a_page_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", "dumb")
    assert run(["search", "ferry"]) == 0
    shown = terminal.getvalue()
    assert "Bridge reopens" in shown
    assert "found in teasers" in shown
    assert "teasers: Ferry strike ends" in shown
    assert "1 of 1 pages" in shown


def test_no_index_and_no_server_are_said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_INDEX_PREFIX", f"none-{os.getpid()}")
    assert run(["search", "x"]) == 1
    assert capsys.readouterr().err.startswith("error[not_found]: ")
    monkeypatch.setenv("BROADSHEET_OPENSEARCH_URL", "http://127.0.0.1:1")
    assert run(["search", "x"]) == 1
    assert capsys.readouterr().err.startswith("error[index_unavailable]: ")
