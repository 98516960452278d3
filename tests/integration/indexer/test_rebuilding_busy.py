"""Moving the indices of a real OpenSearch to another version and back, while pages are written and searched."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest
from opensearchpy import AsyncOpenSearch

from broadsheet.indexer import rebuilding
from broadsheet.indexer.holding_writes import Lease, writes_held_up
from broadsheet.indexer.names import KINDS, Names
from broadsheet.indexer.rebuilding import reindex, rollback
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.indexer.writer import IndexEffect
from broadsheet.runtime.errors import UnavailableError
from broadsheet.runtime.retries import until_available
from integration.indexer.moved import behind, bodies, unwatched
from unit.indexer.pages import at, page, product

pytestmark = pytest.mark.integration


class Traffic:
    """Pages that come in without end: each round brings one new page and a new revision of two that are there."""

    def __init__(self, effect: IndexEffect, client: AsyncOpenSearch, names: Names, first: int) -> None:
        self.effect = effect
        self.client = client
        self.names = names
        self.newest: dict[str, str] = {}
        self.dips: list[tuple[int, int]] = []
        self.waits = 0
        self.number = first
        self.over = False

    async def run(self) -> None:
        """Write, and ask how many pages a search finds, which never goes down."""
        found = 0
        while not self.over:
            number = self.number
            ids = {f"page-{number}", f"page-{number // 2}", f"page-{number // 3}"}
            pages = [
                page(name, body=f"State {number}.", fetched_at=at(number), revision=f"{number:064d}") for name in ids
            ]
            work = partial(self.effect.apply, [product(each) for each in pages])
            await until_available(work, max_wait_seconds=0.2, on_retry=self.waited)
            self.newest |= dict.fromkeys(ids, f"State {number}.")
            count = (await self.client.count(index=self.names.read))["count"]
            self.dips += [(found, count)] if count < found else []
            self.number, found = number + 1, count

    def waited(self, error: UnavailableError) -> None:
        assert "block" in error.message
        self.waits += 1


@asynccontextmanager
async def traffic(
    settings: IndexerSettings, client: AsyncOpenSearch, names: Names, first: int
) -> AsyncIterator[Traffic]:
    effect = IndexEffect(settings)
    made = Traffic(effect, client, names, first)
    task = asyncio.create_task(made.run())
    try:
        while len(made.newest) < 20:
            await asyncio.sleep(0.05)
            assert not task.done() or task.result()
        yield made
        size = len(made.newest)
        while len(made.newest) < size + 10:
            await asyncio.sleep(0.05)
            assert not task.done() or task.result()
    finally:
        made.over = True
        await task
        await effect.stop()


@pytest.mark.usefixtures("effect")
async def test_a_rebuild_and_a_rollback_during_traffic_lose_nothing_and_double_nothing(
    settings: IndexerSettings, client: AsyncOpenSearch, names: Names
) -> None:
    async with traffic(settings, client, names, 0) as going:
        for kind in KINDS:
            moved = await reindex(client, Names(names.prefix, kind), unwatched)
            assert (moved.source, moved.target) == (f"{names.prefix}-{kind}-v1", f"{names.prefix}-{kind}-v2")
    newest = dict(going.newest)
    assert await bodies(client, names) == newest
    assert going.dips == []
    for kind in KINDS:
        of_kind = Names(names.prefix, kind)
        assert await behind(client, of_kind.read) == await behind(client, of_kind.write) == [of_kind.version(2)]

    async with traffic(settings, client, names, going.number) as going:
        for kind in KINDS:
            await rollback(client, Names(names.prefix, kind), unwatched)
    assert await bodies(client, names) == newest | going.newest
    assert await behind(client, names.write) == [names.version(1)]
    await client.indices.refresh(index=names.teasers.read)
    entries = await client.search(index=names.teasers.read, body={"query": {"match_all": {}}})
    assert [hit["_source"]["page_count"] for hit in entries["hits"]["hits"]] == [len(newest | going.newest)]


@pytest.mark.parametrize(
    ("few", "passes"), [(rebuilding.FEW, range(2, 3)), (0, range(3, rebuilding.MOST_PASSES + 2))], ids=["calm", "busy"]
)
@pytest.mark.usefixtures("effect")
async def test_writes_go_on_until_the_last_pass_which_comes_though_there_is_always_more(
    settings: IndexerSettings,
    client: AsyncOpenSearch,
    monkeypatch: pytest.MonkeyPatch,
    few: int,
    passes: range,
) -> None:
    names = Names(settings.index_prefix)
    monkeypatch.setattr(rebuilding, "FEW", few)
    async with traffic(settings, client, names, 0) as going:
        before: list[tuple[int, int]] = []
        held: dict[str, bool] = {}

        def watch(label: str, _done: int, _total: int) -> None:
            held[label] = bool(before)

        @asynccontextmanager
        async def noted(*given: Any) -> AsyncIterator[Lease]:
            before.append((going.number - begun, going.waits))
            async with writes_held_up(*given) as lease:
                yield lease

        monkeypatch.setattr(rebuilding, "writes_held_up", noted)
        begun = going.number
        moved = await reindex(client, names, watch)
    ((rounds, waits),) = before
    assert rounds > 0, "nothing was written while the index was copied"
    assert waits == 0
    assert moved.passes in passes
    assert list(held.values()) == [False] * (moved.passes - 1) + [True]
    assert await bodies(client, names) == going.newest
