"""The pool of worker processes behind `workers`: a chunk in, its outcomes out, whatever becomes of the processes.

pebble gives a page a time limit, kills the worker that overruns and replaces the one that dies. What it does not survive is
a worker killed between two pages (it declares the whole pool broken), nor one killed in the midst of sending (its lock on
the channel is never given back, and nothing moves any more). Then the pool is left and a new one takes its place.
"""

import asyncio
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as PoolTimeoutError
from concurrent.futures.process import BrokenProcessPool

import structlog
from pebble import ProcessExpired, ProcessPool
from pebble.pool.process import WORKERS_NAME

from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.outcomes import Outcome
from broadsheet.runtime.records import Record
from broadsheet.runtime.stage import Transform
from broadsheet.runtime.worker_process import RETIRED, check, prepare, run_pages
from broadsheet_schemas.errors import ErrorCode

log = structlog.get_logger(__name__)

START_TIMEOUT_SECONDS = 120.0
"""How long a fresh pool may take to import the stage and load its model."""

GRACE_SECONDS = START_TIMEOUT_SECONDS
"""How long beyond a page's time limit no worker may answer before the pool counts as broken. A worker that starts answers
nothing meanwhile, which takes 2 s as a rule and took 40 s on a machine with ten times more work than processors: a pool that is
replaced then only starts anew."""

MOST_BROKEN = 5
"""Pools in a row that break without an answer: then it is not a killed worker, and a person has to look."""


class WorkerPool:
    """Runs chunks of pages in processes that may die."""

    def __init__(
        self,
        transform: Transform,
        warm_up: Callable[[], None] | None,
        *,
        processes: int,
        page_timeout_seconds: float,
        max_memory_bytes: int,
        on_restart: Callable[[str], None],
        grace_seconds: float = GRACE_SECONDS,
    ) -> None:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a worker is one core's work; numpy would take all of them
        self._work = (transform, warm_up, max_memory_bytes)
        self._processes = processes
        self._page_timeout = page_timeout_seconds
        self._patience = page_timeout_seconds + grace_seconds
        self._on_restart = on_restart
        self._pool = self._new()
        self._broken = 0
        self._alive_at = time.monotonic()

    async def start(self) -> None:
        """Start the workers and wait until each kind of start-up work has succeeded once.

        Raises:
            OperatorError: the stage cannot be loaded in a fresh process (`configuration`).
        """
        try:
            await asyncio.wrap_future(self._pool.schedule(check, timeout=START_TIMEOUT_SECONDS))
        except Exception as error:
            raise OperatorError(ErrorCode.CONFIGURATION, f"the worker processes cannot start: {error}") from error

    async def run(self, records: Sequence[Record]) -> list[Outcome]:
        """Run the stage's function on a chunk, in one worker; gives one outcome a record, in order.

        Raises:
            PoolTimeoutError: the chunk took longer than a page may take; its worker is killed.
            ProcessExpired: the worker died on it.
            OperatorError: workers cannot start (`configuration`).
        """
        while True:
            pool = self._pool
            try:
                return await self._try(pool, records)
            except ProcessExpired as error:
                if error.exitcode != RETIRED:
                    raise
                self._on_restart("grown")
            except BrokenProcessPool as error:
                self._replace(pool, error)

    async def stop(self) -> None:
        """End the workers at once; a page they are on is not finished."""
        await asyncio.wrap_future(_end(self._pool))

    def pids(self) -> list[int]:
        """Give the process ids of the workers that run now; for a moment those of a pool that was left, too."""
        return [child.pid for child in multiprocessing.active_children() if child.name == WORKERS_NAME and child.pid]

    async def _try(self, pool: ProcessPool, records: Sequence[Record]) -> list[Outcome]:
        try:
            outcomes = await self._answer(pool, records)
        except (ProcessExpired, BrokenProcessPool):
            raise
        except PoolTimeoutError:
            self._alive_at = time.monotonic()
            raise
        except Exception as error:
            raise OperatorError(ErrorCode.CONFIGURATION, f"a worker process cannot start: {error}") from error
        self._broken = 0
        self._alive_at = time.monotonic()
        return outcomes

    async def _answer(self, pool: ProcessPool, records: Sequence[Record]) -> list[Outcome]:
        """Wait for a chunk as long as any chunk shows a sign of life."""
        self._alive_at = time.monotonic()
        try:
            future = pool.schedule(run_pages, args=(list(records),), timeout=self._page_timeout)
        except RuntimeError as error:  # pebble's for a pool that broke between two chunks
            raise BrokenProcessPool(str(error)) from error
        answer: asyncio.Future[list[Outcome]] = asyncio.wrap_future(future)
        try:
            while not answer.done():
                left = self._alive_at + self._patience - time.monotonic()
                if left <= 0:
                    message = f"no worker answered for {self._patience:g} s"
                    raise BrokenProcessPool(message)
                await asyncio.wait([answer], timeout=left)
        finally:
            answer.cancel()
        return answer.result()

    def _replace(self, broken: ProcessPool, error: BrokenProcessPool) -> None:
        """Put a new pool where the broken one is, once for all chunks that were in it."""
        if self._pool is not broken:
            return
        self._broken += 1
        if self._broken > MOST_BROKEN:
            raise OperatorError(ErrorCode.CONFIGURATION, f"the worker processes do not stay: {error}") from error
        log.warning("the pool of worker processes broke; a new one takes its place", cause=str(error))
        _end(broken)
        self._on_restart("died")
        self._pool = self._new()

    def _new(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self._processes,
            initializer=prepare,
            initargs=self._work,
            context=multiprocessing.get_context("forkserver"),
        )


def _end(pool: ProcessPool) -> Future[None]:
    """End a pool in a thread that nobody has to wait for: where a lock or a message is stuck, joining never ends."""
    ended: Future[None] = Future()

    def end() -> None:
        pool.stop()  # type: ignore[no-untyped-call]  # pebble is typed but for this
        pool.join()
        ended.set_result(None)

    threading.Thread(target=end, name="end-workers", daemon=True).start()
    return ended
