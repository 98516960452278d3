"""Holding up writes under a lease on a real OpenSearch: by a command that is killed, by one that lives, by two at once."""

import asyncio
import os
import sys

import pytest
from aiohttp import web
from opensearchpy import AsyncOpenSearch

from broadsheet.indexer import holding_writes
from broadsheet.indexer.holding_writes import Lease, writes_held_up
from broadsheet.indexer.leases import alone, let_go
from broadsheet.indexer.names import Names
from broadsheet.indexer.rebuilding import reindex
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.indexer.standing import standing
from broadsheet.indexer.writer import IndexEffect
from broadsheet.runtime.errors import OperatorError, UnavailableError
from broadsheet.runtime.retries import until_available
from broadsheet.runtime.stage import Product
from integration.indexer.conftest import Fill
from opensearch_proxy import OpenSearchProxy
from unit.indexer.pages import page, product

pytestmark = pytest.mark.integration

SHORT_LEASE = "from broadsheet.indexer import holding_writes; holding_writes.LEASE_SECONDS = 4"
COMMAND = f"{SHORT_LEASE}; from broadsheet.cli.main import main; main()"
"""The command, with a lease that a test can wait for."""


class BeforeTheSwitch(OpenSearchProxy):
    """Holds back the request that moves the write alias, and says that it has come."""

    def __init__(self, url: str, alias: str) -> None:
        super().__init__(url)
        self.alias = f'"{alias}"'.encode()
        self.come = asyncio.Event()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer nothing any more once the switch is asked for."""
        if request.path == "/_aliases" and self.alias in await request.read():
            self.come.set()
            await asyncio.Event().wait()
        return await super().answer(request)


async def blocked(client: AsyncOpenSearch, names: Names) -> bool:
    return any(version.writes_blocked for version in (await standing(client, names)).versions)


async def leases(client: AsyncOpenSearch, names: Names) -> set[str]:
    response = await client.indices.get_alias(name=names.held_until("*"))
    return {alias for state in response.values() for alias in state["aliases"]}


async def written(effect: IndexEffect, name: str) -> Product:
    """Index a page, as patiently as the runtime."""
    products = [product(page(name))]
    (result,) = await until_available(lambda: effect.apply(products), max_wait_seconds=0.5, on_retry=unwatched)
    assert isinstance(result, Product)
    return result


def unwatched(*told: object) -> None:
    """Watch nothing."""


async def test_a_rebuild_killed_in_its_last_pass_holds_up_writes_for_the_lease_alone(
    settings: IndexerSettings, effect: IndexEffect, client: AsyncOpenSearch, names: Names
) -> None:
    await written(effect, "before")
    proxy = BeforeTheSwitch(settings.opensearch_url, names.write)
    async with proxy.serving() as url:
        environment = {"BROADSHEET_OPENSEARCH_URL": url, "BROADSHEET_INDEX_PREFIX": names.prefix}
        arguments = ("-c", COMMAND, "index", "reindex", "--only", "documents")
        killed = await asyncio.create_subprocess_exec(sys.executable, *arguments, env=os.environ | environment)
        await proxy.come.wait()
        assert await blocked(client, names)
        killed.kill()
        await killed.wait()

    await written(effect, "after")
    assert not await blocked(client, names)
    assert await leases(client, names) == set()
    assert (await standing(client, names)).current == names.version(1)

    moved = await reindex(client, names, unwatched)
    assert (moved.target, moved.documents) == (names.version(2), 2)


async def test_a_rebuild_that_lives_renews_its_lease_and_nobody_breaks_it(
    effect: IndexEffect, client: AsyncOpenSearch, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding_writes, "LEASE_SECONDS", 12)
    async with writes_held_up(client, names, names.version(1)):
        first = await leases(client, names)
        while (held := await leases(client, names)) == first:
            assert held
            await asyncio.sleep(0.1)
        with pytest.raises(UnavailableError, match="block"):
            await effect.apply([product(page())])
        assert await blocked(client, names)
        (difference,) = (await standing(client, names)).differences()
        assert difference.found.startswith("held up by a rebuild, until ")
    assert not await blocked(client, names)
    assert await leases(client, names) == set()


async def test_a_lease_that_ran_out_is_broken_and_its_holder_cannot_switch_any_more(
    effect: IndexEffect, client: AsyncOpenSearch, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding_writes, "LEASE_SECONDS", -1)
    monkeypatch.setattr(Lease, "keep", asyncio.Event().wait)  # a process that stands still
    moved = [{"add": {"index": names.version(1), "alias": f"{names.read}-moved"}}]
    async with writes_held_up(client, names, names.version(1)) as lease:
        await written(effect, "between")
        with pytest.raises(OperatorError, match="call it again"):
            await lease.switch(moved)
    assert set((await standing(client, names)).versions[0].aliases) == {names.read, names.write}


@pytest.mark.usefixtures("effect")
async def test_a_block_that_a_switch_left_behind_is_lifted(client: AsyncOpenSearch, names: Names) -> None:
    lease = Lease(client, names, names.version(1))
    await lease.take()
    await client.indices.add_block(index=names.version(1), block="write")
    await lease.switch([])  # and here its process is killed
    await let_go(client, names)
    assert not await blocked(client, names)
    assert await leases(client, names) == set()


async def test_two_cannot_hold_up_writes_at_once(
    fill: Fill, client: AsyncOpenSearch, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(page())
    monkeypatch.setattr(holding_writes, "LEASE_SECONDS", 12)
    async with writes_held_up(client, names, names.version(1)):
        with pytest.raises(OperatorError, match="another rebuild"):
            await Lease(client, names, names.version(1)).take()
        with pytest.raises(OperatorError, match="another rebuild"):
            await reindex(client, names, unwatched)
        assert len(await leases(client, names)) == 1
        assert await blocked(client, names)


@pytest.mark.usefixtures("effect")
async def test_the_lease_of_one_who_died_is_waited_for(
    client: AsyncOpenSearch, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding_writes, "LEASE_SECONDS", 2)
    await Lease(client, names, names.version(1)).take()
    await alone(client, names)
    assert await leases(client, names) == set()


async def test_a_block_without_a_lease_is_somebodys_own_and_stays(
    effect: IndexEffect, client: AsyncOpenSearch, names: Names
) -> None:
    await client.indices.add_block(index=names.version(1), block="write")
    with pytest.raises(UnavailableError, match="block"):
        await effect.apply([product(page())])
    await effect.start()
    assert await blocked(client, names)
