"""`broadsheet index` on a real OpenSearch: from nothing to a rebuilt index and back."""

import asyncio
from collections.abc import Iterator

import orjson
import pytest

from broadsheet.cli.main import run
from broadsheet.indexer.client import connect
from broadsheet.indexer.names import Names
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.local.opensearch import OpenSearch
from integration.cli.filled_index import environment_of, fill, own_index
from unit.indexer.pages import page

pytestmark = pytest.mark.integration


@pytest.fixture
def settings(opensearch: OpenSearch, monkeypatch: pytest.MonkeyPatch) -> Iterator[IndexerSettings]:
    """Give settings whose prefix no index has yet, and set them for the command."""
    with own_index(opensearch.url) as settings:
        for name, value in environment_of(settings).items():
            monkeypatch.setenv(name, value)
        yield settings


def rows(captured: pytest.CaptureFixture[bytes]) -> list[dict[str, object]]:
    return [orjson.loads(line) for line in captured.readouterr().out.splitlines()]


def test_an_index_is_made_checked_rebuilt_and_rolled_back(
    settings: IndexerSettings, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    name = Names(settings.index_prefix)
    assert run(["index", "check"]) == 1
    assert run(["index", "create"]) == 0
    assert run(["index", "check"]) == 0
    fill(settings, [page()])
    capsysbinary.readouterr()

    assert run(["index", "reindex", "--only", "documents"]) == 0
    (moved,) = rows(capsysbinary)
    assert (moved["from"], moved["to"], moved["documents"]) == (
        name.version(1),
        name.version(1).replace("-v1", "-v2"),
        1,
    )
    assert run(["index", "check"]) == 0
    aliases = {str(row["index"]): row["aliases"] for row in rows(capsysbinary)}
    assert aliases[name.version(1)] is None
    assert str(aliases[str(moved["to"])]).split(", ") == sorted([name.read, name.write])

    assert run(["index", "drop", "documents", "2"]) == 1
    assert run(["index", "rollback", "--only", "documents"]) == 0
    assert run(["index", "drop", "documents", "2"]) == 0
    assert asyncio.run(_there(settings, name.version(1))) == {name.version(1)}


async def _there(settings: IndexerSettings, pattern: str) -> set[str]:
    async with connect(settings) as client:
        return set(await client.indices.get(index=f"{pattern[:-1]}*"))


def test_a_version_that_is_not_there_cannot_be_dropped(
    settings: IndexerSettings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["index", "create"]) == 0
    assert run(["index", "drop", "teasers", "7"]) == 1
    assert (
        f"there is no version 7 of the index of teasers: {settings.index_prefix}-teasers-v1" in capsys.readouterr().err
    )


def test_pruning_asks_for_an_age(settings: IndexerSettings, capsys: pytest.CaptureFixture[str]) -> None:
    fill(settings, [page()])
    assert run(["index", "prune"]) == 1
    assert "--days" in capsys.readouterr().err
    assert run(["index", "prune", "--days", "36500"]) == 0
    assert [orjson.loads(line)["deleted"] for line in capsys.readouterr().out.splitlines()] == [0, 0]
    assert run(["index", "prune", "--days", "0", "--only", "documents"]) == 0
    assert [orjson.loads(line)["deleted"] for line in capsys.readouterr().out.splitlines()] == [1]
