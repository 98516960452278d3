"""Bounded batches: deliveries gathered by count, bytes and waiting time, with back-pressure on whoever adds."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from broadsheet.runtime.records import Record


@dataclass(frozen=True, slots=True)
class Delivery:
    """A record together with the right to commit past it.

    Attributes:
        record: the record.
        release: called once the record's outcome is safe; only then may its offset be committed.
    """

    record: Record
    release: Callable[[], Awaitable[None]]


class Batcher:
    """Gathers deliveries into batches of at most `max_records` and `max_bytes`.

    What waits here is bounded by the same two limits: `add` blocks while they are reached, so memory does not grow with
    the backlog. A record larger than `max_bytes` passes alone.
    """

    def __init__(self, max_records: int, max_bytes: int, max_wait_seconds: float) -> None:
        self._max_records = max_records
        self._max_bytes = max_bytes
        self._max_wait = max_wait_seconds
        self._waiting: deque[Delivery] = deque()
        self._bytes = 0
        self._changed = asyncio.Condition()

    async def add(self, delivery: Delivery) -> None:
        """Add a delivery; blocks while the waiting ones fill a batch."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._fits(delivery))
            self._waiting.append(delivery)
            self._bytes += delivery.record.size
            self._changed.notify_all()

    async def take(self) -> list[Delivery]:
        """Give the next batch: waits for a first delivery, then at most `max_wait_seconds` for more."""
        async with self._changed:
            await self._changed.wait_for(lambda: bool(self._waiting))
            try:
                async with asyncio.timeout(self._max_wait):
                    await self._changed.wait_for(self._is_full)
            except TimeoutError:
                pass  # the batch goes as it is: waiting longer would only add latency
            batch = list(self._waiting)
            self._waiting.clear()
            self._bytes = 0
            self._changed.notify_all()
            return batch

    def _fits(self, delivery: Delivery) -> bool:
        if not self._waiting:
            return True
        return len(self._waiting) < self._max_records and self._bytes + delivery.record.size <= self._max_bytes

    def _is_full(self) -> bool:
        return len(self._waiting) >= self._max_records or self._bytes >= self._max_bytes
