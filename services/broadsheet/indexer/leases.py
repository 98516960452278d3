"""The lease of whoever holds up writes to an index: an alias on the index, whose name says until when it holds.

Who takes it, renews it, breaks it when it has run out, or moves other aliases by it names the alias that must be there, in one
request that OpenSearch carries out whole or not at all (`must_exist`). So of two who act at once one fails; a clock that is
wrong can end a rebuild, and lose no write.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from opensearchpy import AsyncOpenSearch
from opensearchpy.exceptions import NotFoundError

from broadsheet.indexer.names import Names
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

POLL_SECONDS = 0.5

ENDED = "0"
"""What stands in the place of the time once a lease is over and only its block remains to be lifted."""

Action = Mapping[str, Any]
"""One change of aliases, as OpenSearch takes it."""


async def let_go(client: AsyncOpenSearch, names: Names) -> None:
    """Let writes go on where whoever held them up is gone: the lease has run out, or its end was not carried out.

    A block without a lease is somebody's own, and stays.
    """
    for index, alias in await leases(client, names):
        if _until_ms(names, alias) >= now_ms():
            continue
        ended = names.held_until(ENDED)
        try:
            if alias != ended:
                await change(client, [removed(index, alias), added(index, ended)])
        except NotFoundError:  # renewed, or broken by another, in this moment
            continue
        await lift(client, index, ended)


async def alone(client: AsyncOpenSearch, names: Names) -> None:
    """Wait until no lease is left of one who died.

    Raises:
        OperatorError: one is renewed: whoever holds it is at work (`index_differs`).
    """
    await let_go(client, names)
    first = await leases(client, names)
    while (held := await leases(client, names)) == first and held:
        await asyncio.sleep(POLL_SECONDS)
        await let_go(client, names)
    if held:
        raise at_work(names, [alias for _, alias in held])


def held_until(names: Names, aliases: frozenset[str]) -> datetime | None:
    """Tell from its aliases until when writes to an index are held up; None without a lease."""
    ends = [_until_ms(names, alias) for alias in aliases if alias.startswith(names.held_until(""))]
    return datetime.fromtimestamp(max(ends) / 1000, UTC) if ends else None


async def leases(client: AsyncOpenSearch, names: Names) -> list[tuple[str, str]]:
    """Give every lease there is, as index and alias."""
    response = await client.indices.get_alias(name=names.held_until("*"))
    return [(index, alias) for index, state in response.items() for alias in state["aliases"]]


async def lift(client: AsyncOpenSearch, index: str, ended: str) -> None:
    """Take the block away, then the mark that it is to be taken away: in between, another can go on with it."""
    await client.indices.put_settings(index=index, body={"index.blocks.write": None})
    try:
        await change(client, [removed(index, ended)])
    except NotFoundError:  # another was as quick
        return


async def change(client: AsyncOpenSearch, actions: Sequence[Action]) -> None:
    """Change aliases, all or none.

    Raises:
        NotFoundError: one that must be there is not.
    """
    await client.indices.update_aliases(body={"actions": list(actions)})


def added(index: str, alias: str) -> Action:
    """Give an alias to an index."""
    return {"add": {"index": index, "alias": alias}}


def removed(index: str, alias: str) -> Action:
    """Take an alias from an index that must have it."""
    return {"remove": {"index": index, "alias": alias, "must_exist": True}}


def _until_ms(names: Names, alias: str) -> int:
    return int(alias.removeprefix(names.held_until("")).partition("-")[0])


def now_ms() -> float:
    """Give the time now, milliseconds since the epoch."""
    return time.time() * 1000


def at_work(names: Names, others: Sequence[str]) -> OperatorError:
    """Make the error that somebody else holds up writes."""
    until = held_until(names, frozenset(others))
    return OperatorError(ErrorCode.INDEX_DIFFERS, f"another rebuild holds up writes to {names.read}, until {until}")
