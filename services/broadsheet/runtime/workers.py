"""Worker processes that run a stage's function: a page that crashes, hangs or swells one costs that page alone.

The event loop never runs page code, so heartbeats go on during the slowest page. A batch is cut into one chunk a worker;
a chunk whose worker dies or overruns is run again page by page, which finds the poison page.
"""

import asyncio
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError as PoolTimeoutError
from dataclasses import replace

from pebble import ProcessExpired

from broadsheet.runtime.outcomes import Failure, Outcome
from broadsheet.runtime.records import Record
from broadsheet.runtime.settings import WORKER_MAX_MEMORY_BYTES
from broadsheet.runtime.stage import Transform
from broadsheet.runtime.worker_pool import WorkerPool
from broadsheet_schemas.errors import ErrorCode

SHORTEST_PAGE_SECONDS = 1e-4
"""A page that takes less costs less than sending it to a worker."""

ATTEMPTS = 2
"""How often a page is run alone before it is blamed for its worker's death or for the memory that it did not get: the kernel
or an operator kills workers too, and earlier pages may have filled the worker."""


class Workers:
    """Worker processes for one stage's function."""

    def __init__(
        self,
        transform: Transform,
        *,
        warm_up: Callable[[], None] | None,
        processes: int,
        page_timeout_seconds: float,
        max_memory_bytes: int = WORKER_MAX_MEMORY_BYTES,
        on_restart: Callable[[str], None] = lambda _reason: None,
        on_progress: Callable[[], None] = lambda: None,
    ) -> None:
        self._processes = processes
        self._page_timeout = page_timeout_seconds
        self._on_restart = on_restart
        self._on_progress = on_progress
        self._seconds_per_page = 0.0
        self._pool = WorkerPool(
            transform,
            warm_up,
            processes=processes,
            page_timeout_seconds=page_timeout_seconds,
            max_memory_bytes=max_memory_bytes,
            on_restart=self._note_restart,
        )

    async def start(self) -> None:
        """Start the workers and wait until each kind of start-up work has succeeded once.

        Raises:
            OperatorError: the stage cannot be loaded in a fresh process (`configuration`).
        """
        await self._pool.start()

    async def run(self, records: Sequence[Record]) -> list[Outcome]:
        """Run the stage's function on every record; gives one outcome a record, in order, and never raises for a page."""
        chunks = _cut(records, self._processes, self._most_in_time())
        outcomes = [outcome for chunk in await asyncio.gather(*map(self._run_chunk, chunks)) for outcome in chunk]
        self._note_pace(outcomes)
        return outcomes

    async def stop(self) -> None:
        """End the workers at once; a page they are on is not finished."""
        await self._pool.stop()

    def pids(self) -> list[int]:
        """Give the process ids of the workers that run now."""
        return self._pool.pids()

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
            outcomes = await self._pool.run(records)
        except (PoolTimeoutError, ProcessExpired) as error:
            self._note_restart(_reason(error))
            return [await self._run_alone(record) for record in records]
        self._on_progress()
        return [
            await self._run_alone(record) if _may_pass(outcome) else outcome
            for record, outcome in zip(records, outcomes, strict=True)
        ]

    async def _run_alone(self, record: Record) -> Outcome:
        for attempt in range(1, ATTEMPTS):
            outcome = await self._attempt(record, attempt)
            if not _may_pass(outcome):
                return outcome
        return await self._attempt(record, ATTEMPTS)

    async def _attempt(self, record: Record, attempt: int) -> Outcome:
        """Run one page alone: what kills or stops its worker is the page's failure."""
        try:
            (outcome,) = await self._pool.run([record])
        except PoolTimeoutError as error:
            self._note_restart(_reason(error))
            message = f"the page took longer than {self._page_timeout:g} s ({record.size} bytes)"
            return Outcome(Failure(ErrorCode.TIME_LIMIT, message, "TimeoutError", attempts=attempt))
        except ProcessExpired as error:
            self._note_restart(_reason(error))
            message = f"the worker process died on this page {attempt} times, last {_how(error.exitcode)}"
            return Outcome(Failure(ErrorCode.WORKER_DIED, message, "ProcessExpired", attempts=attempt))
        self._on_progress()
        return _counted(outcome, attempt)

    def _note_restart(self, reason: str) -> None:
        self._on_restart(reason)
        self._on_progress()


def _may_pass(outcome: Outcome) -> bool:
    """Whether a page failed of what its worker may have been the cause of."""
    blameless = (ErrorCode.WORKER_DIED, ErrorCode.MEMORY_LIMIT)
    return isinstance(outcome.result, Failure) and outcome.result.code in blameless


def _counted(outcome: Outcome, attempts: int) -> Outcome:
    """Say in a failure how often the page was tried."""
    if not isinstance(outcome.result, Failure):
        return outcome
    return replace(outcome, result=replace(outcome.result, attempts=attempts))


def _reason(error: PoolTimeoutError | ProcessExpired) -> str:
    return "died" if isinstance(error, ProcessExpired) else "time_limit"


def _how(status: int) -> str:
    """Tell how a process ended; libraries that get no memory often abort, and the name of the signal tells so."""
    try:
        return f"by {signal.Signals(-status).name}"
    except ValueError:
        return f"with exit status {status}"


def _cut(records: Sequence[Record], pieces: int, most: int) -> list[Sequence[Record]]:
    """Cut records into `pieces` runs of nearly equal count, in order; into more where one would have over `most`."""
    size = max(1, min(most, -(-len(records) // pieces)))
    return [records[start : start + size] for start in range(0, len(records), size)]
