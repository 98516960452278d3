"""Sending a batch to OpenSearch: requests of bounded size, some at once, timed and counted, halved where refused as a whole."""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from opensearchpy import AsyncOpenSearch
from opensearchpy.exceptions import TransportError

from broadsheet.indexer import bulk
from broadsheet.indexer.client import explain
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.runtime.stage import Meter

UNDIVIDED = (400, 413)
"""A request refused as a whole: one write of it is too large or malformed, and the others must not suffer for it."""


class Sender:
    """Sends reads and writes through a client, and tells a meter of each request.

    Args:
        client: gives the client.
        settings: size, number and time of requests.
        meter: gives what is told of each.
    """

    def __init__(
        self, client: Callable[[], AsyncOpenSearch], settings: IndexerSettings, meter: Callable[[], Meter]
    ) -> None:
        self._client = client
        self._settings = settings
        self._meter = meter
        # A write waits for a shard that is away: half as long as we wait for the answer, so that there is one, and it tells
        # which writes are done. The client takes `timeout` for its own unless it is given one (`request_timeout`).
        seconds = settings.opensearch_timeout_seconds
        self._bulk_params = {
            "require_alias": "true",
            "timeout": f"{seconds * 500:.0f}ms",
            "request_timeout": seconds,
        }

    async def read(self, ids: Iterable[str], index: str) -> dict[str, Any]:
        """Get what the index holds of the versions of these documents, as OpenSearch answers.

        A get by id sees every acknowledged write, refreshed or not.

        Raises:
            TransportError: OpenSearch is away or refuses the request.
        """
        fields = ",".join(bulk.VERSION_FIELDS)
        with self._timed("read"):
            response: dict[str, Any] = await self._client().mget(
                body={"ids": list(ids)}, index=index, params={"_source_includes": fields}
            )
        return response

    async def write(
        self,
        kind: str,
        writes: Iterable[tuple[bulk.W, bytes]],
        alias: str,
        *,
        done: Callable[[bulk.W, str], None],
        refused: Callable[[bulk.W, str], None],
    ) -> list[bulk.Answer]:
        """Send writes and tell how each ended, as the answers come; order holds within a request.

        Args:
            kind: what is written, for the meter.
            writes: each with its lines of the bulk request.
            alias: where to.
            done: called with each write that is acknowledged and the name of the index that it is in.
            refused: called with each that is never possible, and why.

        Returns:
            The answers of those that must be tried again.

        Raises:
            TransportError: OpenSearch is away or refuses the request; what was answered before has been told.
        """
        left: list[bulk.Answer] = []
        at_once, failed = asyncio.Semaphore(self._settings.bulk_concurrency), asyncio.Event()

        async def send(request: Sequence[tuple[bulk.W, bytes]]) -> None:
            async with at_once:
                if failed.is_set():
                    return
                try:
                    answers = await self._send(kind, request, alias)
                except TransportError:
                    failed.set()
                    raise
            for (write, _), answer in zip(request, answers, strict=True):
                if answer.ending == "done":
                    done(write, answer.index)
                elif answer.ending == "refused":
                    refused(write, answer.why)
                else:
                    left.append(answer)

        ended = await asyncio.gather(*map(send, self._divided(writes)), return_exceptions=True)
        for error in filter(None, ended):
            raise error
        return left

    def _divided(self, writes: Iterable[tuple[bulk.W, bytes]]) -> Iterator[list[tuple[bulk.W, bytes]]]:
        settings, all_writes = self._settings, list(writes)
        size = bulk.request_bytes(
            sum(len(lines) for _, lines in all_writes), settings.bulk_concurrency, settings.bulk_max_bytes
        )
        return bulk.requests(all_writes, size, settings.bulk_max_writes)

    async def _send(self, kind: str, request: Sequence[tuple[bulk.W, bytes]], alias: str) -> list[bulk.Answer]:
        """Send a request; one that is refused as a whole is halved until the write at fault stands alone."""
        body = bulk.joined(request)
        try:
            with self._timed(kind):
                response = await self._client().bulk(body=body, index=alias, params=self._bulk_params)
        except TransportError as error:
            if error.status_code not in UNDIVIDED:
                raise
            if len(request) == 1:
                self._meter().wrote(kind, len(body), ["refused"])
                return [bulk.Answer("refused", why=explain(error))]
            half: int = len(request) // 2
            return [*await self._send(kind, request[:half], alias), *await self._send(kind, request[half:], alias)]
        answers = bulk.answers(response)
        self._meter().wrote(kind, len(body), [answer.ending for answer in answers])
        return answers

    @contextmanager
    def _timed(self, request: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self._meter().requested(request, time.perf_counter() - started)
