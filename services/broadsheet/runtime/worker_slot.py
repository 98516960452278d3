"""One worker process of the pool: a chunk in, its outcomes out, whatever becomes of the process.

pebble gives a page a time limit, kills the worker that overruns and replaces the one that dies. What it does not survive is
a worker killed between two pages (it declares its pool broken), nor one killed in the midst of taking a chunk or sending an
answer: its lock on the pool's channel is never given back, and nothing moves any more. So each worker has a pool of its own,
which is left when its worker is killed: no lock outlives who held it, and the other workers notice nothing.
"""

import asyncio
import multiprocessing
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Any

import structlog
from pebble import ProcessExpired, ProcessPool

from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.outcomes import Outcome
from broadsheet.runtime.records import Record
from broadsheet.runtime.worker_process import RETIRED, check, prepare, run_pages
from broadsheet_schemas.errors import ErrorCode

log = structlog.get_logger(__name__)

START_TIMEOUT_SECONDS = 120.0
"""How long a fresh worker may take to import the stage and load its model."""

GRACE_SECONDS = START_TIMEOUT_SECONDS
"""How long beyond a page's time limit a worker may not answer before it counts as broken. A worker that starts answers
nothing meanwhile, which takes 2 s as a rule and took 40 s on a machine with ten times more work than processors: one that is
replaced then only starts anew."""

MOST_BROKEN = 5
"""Workers in a row that break without an answer: then nobody killed them, and a person has to look."""


class WorkerSlot:
    """The place of one worker process, and the worker that is in it now. Takes one chunk at a time."""

    def __init__(
        self,
        initargs: Sequence[Any],
        *,
        page_timeout_seconds: float,
        on_restart: Callable[[str], None],
        grace_seconds: float = GRACE_SECONDS,
    ) -> None:
        """Describe the place; its worker is started by `start`, or with the first chunk.

        Args:
            initargs: what `worker_process.prepare` is called with in the process.
            page_timeout_seconds: the longest time for a chunk.
            on_restart: told why whenever a worker makes place for another (`grown`, `died`).
            grace_seconds: see `GRACE_SECONDS`.
        """
        self._initargs = initargs
        self._page_timeout = page_timeout_seconds
        self._patience = page_timeout_seconds + grace_seconds
        self._on_restart = on_restart
        self._pool = self._new()
        self._broken = 0

    async def start(self) -> None:
        """Start the worker and wait until its start-up work has succeeded.

        Raises:
            OperatorError: the stage cannot be loaded in a fresh process (`configuration`).
        """
        try:
            await asyncio.wrap_future(self._pool.schedule(check, timeout=START_TIMEOUT_SECONDS))
        except Exception as error:
            raise OperatorError(ErrorCode.CONFIGURATION, f"the worker processes cannot start: {error}") from error

    async def run(self, records: Sequence[Record]) -> list[Outcome]:
        """Run the stage's function on a chunk; gives one outcome a record, in order.

        Raises:
            concurrent.futures.TimeoutError: the chunk took longer than a page may take; its worker is killed.
            ProcessExpired: the worker died on it.
            OperatorError: workers cannot start (`configuration`).
        """
        while True:
            try:
                outcomes = await self._answer(records)
            except ProcessExpired as error:
                if error.exitcode != RETIRED:
                    self._leave_pool()
                    raise
                self._on_restart("grown")
            except BrokenProcessPool as error:
                self._replace(error)
            else:
                self._broken = 0
                return outcomes

    async def stop(self) -> None:
        """End the worker at once; a page it is on is not finished."""
        await asyncio.wrap_future(_end(self._pool))

    async def _answer(self, records: Sequence[Record]) -> list[Outcome]:
        try:
            future = self._pool.schedule(run_pages, args=(list(records),), timeout=self._page_timeout)
        except RuntimeError as error:  # pebble's for a pool that broke between two chunks
            raise BrokenProcessPool(str(error)) from error
        answer: asyncio.Future[list[Outcome]] = asyncio.wrap_future(future)
        try:
            done, _ = await asyncio.wait([answer], timeout=self._patience)
        finally:
            answer.cancel()
        if not done:
            message = f"no answer for {self._patience:g} s"
            raise BrokenProcessPool(message)
        try:
            return answer.result()
        except (TimeoutError, ProcessExpired, BrokenProcessPool):
            raise
        except Exception as error:
            raise OperatorError(ErrorCode.CONFIGURATION, f"a worker process cannot start: {error}") from error

    def _replace(self, error: BrokenProcessPool) -> None:
        self._broken += 1
        if self._broken > MOST_BROKEN:
            raise OperatorError(ErrorCode.CONFIGURATION, f"the worker processes do not stay: {error}") from error
        log.warning("a worker process broke; a new one takes its place", cause=str(error))
        self._leave_pool()
        self._on_restart("died")

    def _leave_pool(self) -> None:
        """Leave the pool to its end and start the next one's worker, so that it is ready when the next chunk comes."""
        _end(self._pool)
        self._pool = self._new()
        with suppress(BrokenProcessPool):  # the next chunk meets it too, and counts it
            self._pool.schedule(check, timeout=START_TIMEOUT_SECONDS)

    def _new(self) -> ProcessPool:
        return ProcessPool(
            max_workers=1,
            initializer=prepare,
            initargs=self._initargs,
            context=multiprocessing.get_context("forkserver"),
        )


def _end(pool: ProcessPool) -> Future[None]:
    """End a pool in a thread that nobody has to wait for: where a lock or a message is stuck, joining never ends."""
    ended: Future[None] = Future()

    def end() -> None:
        pool.stop()  # type: ignore[no-untyped-call]  # pebble is typed but for this
        pool.join()
        ended.set_result(None)

    threading.Thread(target=end, name="end-worker", daemon=True).start()
    return ended
