"""How far behind a processor is: records waiting in its partitions, and the age of the oldest it holds."""

from collections.abc import Callable

from broadsheet.runtime.metrics import Metrics
from broadsheet.runtime.records import Record

Partition = tuple[str, int]
"""Topic and partition number."""


class Lag:
    """Follows each record from delivery to release. What it holds is bounded by what the batcher holds."""

    def __init__(self, metrics: Metrics, now: Callable[[], float]) -> None:
        self._metrics = metrics
        self._now = now
        self._pending: dict[Partition, dict[int, int]] = {}
        self._next: dict[Partition, int] = {}

    def delivered(self, record: Record) -> None:
        """Note that a record has come in."""
        partition = (record.topic, record.partition)
        self._pending.setdefault(partition, {})[record.offset] = record.timestamp_ms

    def released(self, record: Record) -> None:
        """Note that a record's outcome is safe."""
        partition = (record.topic, record.partition)
        self._pending.get(partition, {}).pop(record.offset, None)
        self._next[partition] = record.offset + 1

    def update(self, partition: Partition, *, end_offset: int, position: int) -> None:
        """Set the gauges of a partition.

        Args:
            partition: topic and number.
            end_offset: offset that the next record written to it will have.
            position: offset that is fetched next; used while nothing of the partition has been processed.
        """
        pending = self._pending.get(partition) or {}
        processed = self._next.get(partition, min(pending, default=position))
        records = max(0, end_offset - processed)
        oldest_ms = next(iter(pending.values()), None)
        seconds = max(0.0, self._now() - oldest_ms / 1000) if oldest_ms is not None and records else 0.0
        labels = (self._metrics.stage, partition[0], str(partition[1]))
        self._metrics.lag_records.labels(*labels).set(records)
        self._metrics.lag_seconds.labels(*labels).set(seconds)

    def forget_all(self) -> None:
        """Drop the gauges of all partitions: others may hold them now, and will tell their lag."""
        self._next.clear()
        self._metrics.lag_records.clear()
        self._metrics.lag_seconds.clear()
