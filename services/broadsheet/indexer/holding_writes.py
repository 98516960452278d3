"""Holding up writes to an index for a moment, under a lease: who dies meanwhile does not leave them refused for ever.

The lease is an alias on the index, whose name says until when it holds. Who takes it, renews it, breaks it when it has run
out, or moves other aliases by it names the alias that must be there, in one request that OpenSearch carries out whole or not
at all (`must_exist`). So of two who act at once one fails; a clock that is wrong can end a rebuild, and lose no write.
"""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from opensearchpy import AsyncOpenSearch
from opensearchpy.exceptions import NotFoundError

from broadsheet.indexer.names import Names
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

LEASE_SECONDS = 30.0
"""The last pass of a rebuild takes about a second; it is renewed in thirds of this, and lets two renewals fail."""

POLL_SECONDS = 0.5

ENDED = "0"
"""What stands in the place of the time once a lease is over and only its block remains to be lifted."""

Action = Mapping[str, Any]


@asynccontextmanager
async def writes_held_up(client: AsyncOpenSearch, names: Names, index: str) -> AsyncIterator["Lease"]:
    """Refuse writes to an index, once those under way have ended; indexers wait and try again.

    Args:
        client: see `client.connect`.
        names: of the index.
        index: the version of it.

    Raises:
        OperatorError: another holds them up (`index_differs`).
    """
    lease = Lease(client, names, index)
    await lease.take()
    try:
        await client.indices.add_block(index=index, block="write")
        renewing = asyncio.create_task(lease.keep())
        try:
            yield lease
        finally:
            renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)
    finally:
        await lease.end()


class Lease:
    """The right to refuse writes to an index.

    Args:
        client: see `client.connect`.
        names: of the index.
        index: the version of it.
    """

    def __init__(self, client: AsyncOpenSearch, names: Names, index: str) -> None:
        self._client = client
        self._names = names
        self._index = index
        self._alias = ""
        self._changing = asyncio.Lock()

    async def take(self) -> None:
        """Take the lease, if nobody else has one."""
        self._alias = self._next()
        await _change(self._client, [_added(self._index, self._alias)])
        others = [alias for _, alias in await _leases(self._client, self._names) if alias != self._alias]
        if others:
            await _change(self._client, [_removed(self._index, self._alias)])
            raise _at_work(self._names, others)

    async def keep(self) -> None:
        """Renew the lease again and again, until cancelled."""
        while True:
            await asyncio.sleep(LEASE_SECONDS / 3)
            async with self._changing:
                await self._swap(self._next())

    async def switch(self, actions: Sequence[Action]) -> None:
        """Change aliases and give the lease up, in one step. If the lease was broken, nothing changes.

        Raises:
            OperatorError: it was: the work took longer than it holds, and writes have gone on (`index_differs`).
        """
        async with self._changing:
            try:
                await self._swap(self._names.held_until(ENDED), actions)
            except NotFoundError as error:
                message = f"writes to {self._index} went on before the work was done: the aliases stay; call it again"
                raise OperatorError(ErrorCode.INDEX_DIFFERS, message) from error

    async def end(self) -> None:
        """Let writes go on; a lease that was broken is left to whoever broke it."""
        async with self._changing:
            ended = self._names.held_until(ENDED)
            try:
                if self._alias != ended:
                    await self._swap(ended)
            except NotFoundError:
                return
            await _lift(self._client, self._index, ended)

    async def _swap(self, alias: str, more: Sequence[Action] = ()) -> None:
        await _change(self._client, [_removed(self._index, self._alias), _added(self._index, alias), *more])
        self._alias = alias

    def _next(self) -> str:
        return self._names.held_until(f"{_now_ms() + LEASE_SECONDS * 1000:.0f}-{uuid.uuid4().hex[:8]}")


async def let_go(client: AsyncOpenSearch, names: Names) -> None:
    """Let writes go on where whoever held them up is gone: the lease has run out, or its end was not carried out.

    A block without a lease is somebody's own, and stays.
    """
    for index, alias in await _leases(client, names):
        if _until_ms(names, alias) >= _now_ms():
            continue
        ended = names.held_until(ENDED)
        try:
            if alias != ended:
                await _change(client, [_removed(index, alias), _added(index, ended)])
        except NotFoundError:  # renewed, or broken by another, in this moment
            continue
        await _lift(client, index, ended)


async def alone(client: AsyncOpenSearch, names: Names) -> None:
    """Wait until no lease is left of one who died.

    Raises:
        OperatorError: one is renewed: whoever holds it is at work (`index_differs`).
    """
    await let_go(client, names)
    first = await _leases(client, names)
    while (held := await _leases(client, names)) == first and held:
        await asyncio.sleep(POLL_SECONDS)
        await let_go(client, names)
    if held:
        raise _at_work(names, [alias for _, alias in held])


def held_until(names: Names, aliases: frozenset[str]) -> datetime | None:
    """Tell from its aliases until when writes to an index are held up; None without a lease."""
    ends = [_until_ms(names, alias) for alias in aliases if alias.startswith(names.held_until(""))]
    return datetime.fromtimestamp(max(ends) / 1000, UTC) if ends else None


async def _leases(client: AsyncOpenSearch, names: Names) -> list[tuple[str, str]]:
    """Give every lease there is, as index and alias."""
    response = await client.indices.get_alias(name=names.held_until("*"))
    return [(index, alias) for index, state in response.items() for alias in state["aliases"]]


async def _lift(client: AsyncOpenSearch, index: str, ended: str) -> None:
    """Take the block away, then the mark that it is to be taken away: in between, another can go on with it."""
    await client.indices.put_settings(index=index, body={"index.blocks.write": None})
    try:
        await _change(client, [_removed(index, ended)])
    except NotFoundError:  # another was as quick
        return


async def _change(client: AsyncOpenSearch, actions: Sequence[Action]) -> None:
    await client.indices.update_aliases(body={"actions": list(actions)})


def _added(index: str, alias: str) -> Action:
    return {"add": {"index": index, "alias": alias}}


def _removed(index: str, alias: str) -> Action:
    return {"remove": {"index": index, "alias": alias, "must_exist": True}}


def _until_ms(names: Names, alias: str) -> int:
    return int(alias.removeprefix(names.held_until("")).partition("-")[0])


def _now_ms() -> float:
    return time.time() * 1000


def _at_work(names: Names, others: Sequence[str]) -> OperatorError:
    until = held_until(names, frozenset(others))
    return OperatorError(ErrorCode.INDEX_DIFFERS, f"another rebuild holds up writes to {names.read}, until {until}")
