"""The worker processes behind `workers`: a chunk in, its outcomes out, by whichever worker is free."""

import asyncio
import multiprocessing
from collections.abc import Callable, Sequence

from pebble.pool.process import WORKERS_NAME

from broadsheet.runtime.outcomes import Outcome
from broadsheet.runtime.records import Record
from broadsheet.runtime.stage import Transform
from broadsheet.runtime.worker_environment import set_worker_environment
from broadsheet.runtime.worker_slot import GRACE_SECONDS, WorkerSlot


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
        set_worker_environment()
        self._slots = [
            WorkerSlot(
                (transform, warm_up, max_memory_bytes),
                page_timeout_seconds=page_timeout_seconds,
                on_restart=on_restart,
                grace_seconds=grace_seconds,
            )
            for _ in range(processes)
        ]
        # The last one back goes first: a page that is tried again after it killed its worker costs the others nothing.
        self._free: asyncio.LifoQueue[WorkerSlot] = asyncio.LifoQueue()
        for slot in self._slots:
            self._free.put_nowait(slot)

    async def start(self) -> None:
        """Start the workers and wait until the start-up work of each has succeeded.

        Raises:
            OperatorError: the stage cannot be loaded in a fresh process (`configuration`).
        """
        await asyncio.gather(*(slot.start() for slot in self._slots))

    async def run(self, records: Sequence[Record]) -> list[Outcome]:
        """Run the stage's function on a chunk, in one worker; gives one outcome a record, in order.

        Raises:
            concurrent.futures.TimeoutError: the chunk took longer than a page may take; its worker is killed.
            ProcessExpired: the worker died on it.
            OperatorError: workers cannot start (`configuration`).
        """
        slot = await self._free.get()
        try:
            return await slot.run(records)
        finally:
            self._free.put_nowait(slot)

    async def stop(self) -> None:
        """End the workers at once; a page they are on is not finished."""
        await asyncio.gather(*(slot.stop() for slot in self._slots))

    def pids(self) -> list[int]:
        """Give the process ids of the workers that run now; for a moment those of a pool that was left, too."""
        return [child.pid for child in multiprocessing.active_children() if child.name == WORKERS_NAME and child.pid]
