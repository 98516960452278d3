"""How requests go out: some at once, and none after one has failed."""

import asyncio
from typing import Any, cast

import orjson
import pytest
from opensearchpy import AsyncOpenSearch
from opensearchpy.exceptions import ConnectionError as AwayError

from broadsheet.indexer.batch import Plan, plan
from broadsheet.indexer.bulk import SHARED_BYTES, lines
from broadsheet.indexer.sending import Sender
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.indexer.transform import draft_of
from broadsheet.runtime.stage import Unmetered
from unit.indexer.pages import page

REQUESTS = 6


class Server:
    """Takes bulk requests, each until all that may be under way are; the one numbered `fails` fails."""

    def __init__(self, at_once: int, fails: int | None = None) -> None:
        self.under_way = asyncio.Barrier(at_once)
        self.fails = fails
        self.requests = 0

    async def bulk(self, *, body: bytes, **_: Any) -> dict[str, Any]:
        number, self.requests = self.requests, self.requests + 1
        await self.under_way.wait()
        if number == self.fails:
            raise AwayError("N/A", "away", OSError())
        heads = [orjson.loads(line)["create"]["_id"] for line in body.splitlines()[::2]]
        return {"items": [{"create": {"_id": name, "_index": "v1", "status": 201}} for name in heads]}


async def sent(server: Server, at_once: int) -> list[str]:
    """Send as many large pages as there are to be requests, and give the ids of those that were answered."""
    settings = IndexerSettings(bulk_concurrency=at_once, bulk_max_bytes=SHARED_BYTES)
    sender = Sender(lambda: cast(AsyncOpenSearch, server), settings, Unmetered)
    plans = [plan(None, {0: draft_of(page(str(number), body="x " * SHARED_BYTES))}) for number in range(REQUESTS)]
    taken: list[str] = []

    def done(written: Plan, index: str) -> None:
        assert index == "v1"
        taken.append(written.draft.id)

    def refused(written: Plan, why: str) -> None:
        raise AssertionError(written.draft.id, why)

    try:
        writes = ((each, lines(each)) for each in plans)
        assert await sender.write("documents", writes, "documents", done=done, refused=refused) == []
    except AwayError:
        taken.append("away")
    return taken


@pytest.mark.parametrize("at_once", [1, 2, 3])
async def test_as_many_requests_as_allowed_are_under_way(at_once: int) -> None:
    server = Server(at_once)
    async with asyncio.timeout(30):
        assert sorted(await sent(server, at_once)) == [str(number) for number in range(REQUESTS)]
    assert server.requests == REQUESTS


async def test_after_a_failure_no_request_begins_and_what_was_answered_is_taken() -> None:
    server = Server(2, fails=1)
    async with asyncio.timeout(30):
        assert await sent(server, 2) == ["0", "away"]
    assert server.requests == 2
