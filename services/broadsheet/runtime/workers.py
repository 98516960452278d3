"""Worker processes that run a stage's function: a page that crashes or hangs one costs that page alone.

The event loop never runs page code, so heartbeats go on during the slowest page. A batch is cut into one chunk a worker;
a chunk whose worker dies or overruns is run again page by page, which finds the poison page.
"""

import asyncio
import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError as PoolTimeoutError

from pebble import ProcessExpired, ProcessPool

from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.outcomes import Failure, Outcome
from broadsheet.runtime.records import Record
from broadsheet.runtime.stage import Transform
from broadsheet.runtime.worker_process import check, prepare, run_pages
from broadsheet_schemas.errors import ErrorCode

START_TIMEOUT_SECONDS = 120.0
"""How long a fresh pool may take to import the stage and load its model."""

SHORTEST_PAGE_SECONDS = 1e-4
"""A page that takes less costs less than sending it to a worker."""

CRASH_ATTEMPTS = 2
"""How often a page is run alone before it is blamed for its worker's death: the kernel or an operator kills workers too."""


class Workers:
    """A pool of worker processes for one stage's function."""

    def __init__(
        self,
        transform: Transform,
        *,
        warm_up: Callable[[], None] | None,
        processes: int,
        page_timeout_seconds: float,
        on_restart: Callable[[str], None] = lambda _reason: None,
        on_progress: Callable[[], None] = lambda: None,
    ) -> None:
        self._processes = processes
        self._page_timeout = page_timeout_seconds
        self._on_restart = on_restart
        self._on_progress = on_progress
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a worker is one core's work; numpy would take all of them
        self._seconds_per_page = 0.0
        self._pool = ProcessPool(
            max_workers=processes,
            initializer=prepare,
            initargs=(transform, warm_up),
            context=multiprocessing.get_context("forkserver"),
        )

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
        """Run the stage's function on every record; gives one outcome a record, in order, and never raises for a page."""
        chunks = _cut(records, self._processes, self._most_in_time())
        outcomes = [outcome for chunk in await asyncio.gather(*map(self._run_chunk, chunks)) for outcome in chunk]
        self._note_pace(outcomes)
        return outcomes

    async def stop(self) -> None:
        """End the workers at once; a page they are on is not finished."""
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble is typed but for this
        await asyncio.to_thread(self._pool.join)

    def _most_in_time(self) -> int:
        """Give how many pages fit into half the time limit of a chunk, at the pace of the last batches."""
        return max(1, int(self._page_timeout / 2 / max(self._seconds_per_page, SHORTEST_PAGE_SECONDS)))

    def _note_pace(self, outcomes: Sequence[Outcome]) -> None:
        """Follow the mean time of a page; a batch counts as much as all before it."""
        if outcomes:
            mean = sum(outcome.seconds for outcome in outcomes) / len(outcomes)
            self._seconds_per_page = (self._seconds_per_page + mean) / 2

    async def _run_chunk(self, records: Sequence[Record]) -> list[Outcome]:
        if len(records) == 1:
            return [await self._run_alone(records[0])]
        try:
            return await self._schedule(records)
        except (PoolTimeoutError, ProcessExpired) as error:
            self._note_restart(error)
        return [await self._run_alone(record) for record in records]

    async def _run_alone(self, record: Record) -> Outcome:
        status = 0
        for attempt in range(1, CRASH_ATTEMPTS + 1):
            try:
                return (await self._schedule([record]))[0]
            except PoolTimeoutError as error:
                self._note_restart(error)
                message = f"the page took longer than {self._page_timeout:g} s ({record.size} bytes)"
                return Outcome(Failure(ErrorCode.TIME_LIMIT, message, "TimeoutError", attempts=attempt))
            except ProcessExpired as error:
                self._note_restart(error)
                status = error.exitcode
        message = f"the worker process died on this page {CRASH_ATTEMPTS} times, last with exit status {status}"
        return Outcome(Failure(ErrorCode.WORKER_DIED, message, "ProcessExpired", attempts=CRASH_ATTEMPTS))

    async def _schedule(self, records: Sequence[Record]) -> list[Outcome]:
        future = self._pool.schedule(run_pages, args=(list(records),), timeout=self._page_timeout)
        try:
            outcomes: list[Outcome] = await asyncio.wrap_future(future)
        except (PoolTimeoutError, ProcessExpired):
            raise
        except Exception as error:
            raise OperatorError(ErrorCode.CONFIGURATION, f"a worker process cannot start: {error}") from error
        self._on_progress()
        return outcomes

    def _note_restart(self, error: Exception) -> None:
        self._on_restart("died" if isinstance(error, ProcessExpired) else "time_limit")
        self._on_progress()


def _cut(records: Sequence[Record], pieces: int, most: int) -> list[Sequence[Record]]:
    """Cut records into `pieces` runs of nearly equal count, in order; into more where one would have over `most`."""
    size = max(1, min(most, -(-len(records) // pieces)))
    return [records[start : start + size] for start in range(0, len(records), size)]
