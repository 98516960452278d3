"""How far behind a processor is: records waiting in its partitions, and the age of the oldest that is not done."""

from collections.abc import Callable

from broadsheet.runtime.metrics import Metrics
from broadsheet.runtime.records import Record

Partition = tuple[str, int]
"""Topic and partition number."""


class Lag:
    """Follows each record from delivery to release. What it holds is bounded by what the batcher holds.

    Args:
        metrics: the gauges that it sets.
        now: seconds since the epoch.
        group: name of the processor's consumer group.
    """

    def __init__(self, metrics: Metrics, now: Callable[[], float], group: str) -> None:
        self._metrics = metrics
        self._now = now
        self._group = group
        self._pending: dict[Partition, dict[int, int]] = {}
        self._next: dict[Partition, int] = {}
        self._waits_since: dict[Partition, tuple[int, float]] = {}

    def delivered(self, record: Record) -> None:
        """Note that a record has come in."""
        self._metrics.records_received.labels(self._metrics.stage).inc()
        partition = (record.topic, record.partition)
        self._pending.setdefault(partition, {})[record.offset] = record.timestamp_ms

    def released(self, record: Record) -> None:
        """Note that a record's outcome is safe."""
        partition = (record.topic, record.partition)
        self._pending.get(partition, {}).pop(record.offset, None)
        self._next[partition] = record.offset + 1

    def update(self, partition: Partition, *, end_offset: int, position: int, handed_on: int | None = None) -> None:
        """Set the gauges of a partition.

        Args:
            partition: topic and number.
            end_offset: offset that the next record written to it will have.
            position: offset that is fetched next; used while nothing of the partition has been processed.
            handed_on: offset of the last record that the fetcher has handed on. Once that one is done, nothing before
                `position` waits: where a transaction ended, there are offsets without a record, which nobody releases.
        """
        pending = self._pending.get(partition) or {}
        processed = self._next.get(partition, min(pending, default=position))
        if not pending and handed_on is not None and handed_on < processed:
            processed = max(processed, position)
        records = max(0, end_offset - processed)
        seconds = self._oldest_seconds(partition, processed) if records else 0.0
        self._set(partition, records=records, seconds=seconds, processed=processed, end_offset=end_offset)

    def forget_all(self) -> None:
        """Drop the gauges of all partitions: others may hold them now, and will tell their lag."""
        self._next.clear()
        self._waits_since.clear()
        metrics = self._metrics
        metrics.lag_records.clear()
        metrics.lag_seconds.clear()
        metrics.group_lag.clear()
        metrics.group_offset.clear()
        metrics.end_offset.clear()

    def _oldest_seconds(self, partition: Partition, processed: int) -> float:
        """Give the age of the oldest record that is not done.

        Of a record that the fetcher has not delivered only the offset is known: its age counts from when it was first seen
        to wait, which is never too much, and grows while nothing moves.
        """
        now = self._now()
        oldest_ms = next(iter(self._pending.get(partition, {}).values()), None)
        if oldest_ms is not None:
            return max(0.0, now - oldest_ms / 1000)
        offset, since = self._waits_since.get(partition, (processed, now))
        if offset != processed:
            since = now
        self._waits_since[partition] = (processed, since)
        return max(0.0, now - since)

    def _set(self, partition: Partition, *, records: int, seconds: float, processed: int, end_offset: int) -> None:
        metrics, place = self._metrics, (partition[0], str(partition[1]))
        metrics.lag_records.labels(metrics.stage, *place).set(records)
        metrics.lag_seconds.labels(metrics.stage, *place).set(seconds)
        metrics.group_lag.labels(self._group, *place).set(records)
        metrics.group_offset.labels(self._group, *place).set(processed)
        metrics.end_offset.labels(*place).set(end_offset)
