"""Holding up writes to an index for a moment, under a lease: who dies meanwhile does not leave them refused for ever."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from opensearchpy import AsyncOpenSearch
from opensearchpy.exceptions import NotFoundError

from broadsheet.indexer.leases import ENDED, Action, added, at_work, change, leases, lift, now_ms, removed
from broadsheet.indexer.names import Names
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

LEASE_SECONDS = 30.0
"""The last pass of a rebuild takes about a second; it is renewed in thirds of this, and lets two renewals fail."""


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
        await change(self._client, [added(self._index, self._alias)])
        others = [alias for _, alias in await leases(self._client, self._names) if alias != self._alias]
        if others:
            await change(self._client, [removed(self._index, self._alias)])
            raise at_work(self._names, others)

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
            await lift(self._client, self._index, ended)

    async def _swap(self, alias: str, more: Sequence[Action] = ()) -> None:
        await change(self._client, [removed(self._index, self._alias), added(self._index, alias), *more])
        self._alias = alias

    def _next(self) -> str:
        return self._names.held_until(f"{now_ms() + LEASE_SECONDS * 1000:.0f}-{uuid.uuid4().hex[:8]}")
