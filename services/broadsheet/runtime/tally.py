"""Counting and logging what the loop does: each record's end exactly once, each batch, each retry."""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from broadsheet.runtime.errors import UnavailableError
from broadsheet.runtime.metrics import Metrics
from broadsheet.runtime.outcomes import Failure, Outcome
from broadsheet.runtime.records import Record
from broadsheet.runtime.stage import Product

log = structlog.get_logger(__name__)


class Tally:
    """The metrics and log lines of one processor's loop."""

    def __init__(self, metrics: Metrics, now: Callable[[], datetime]) -> None:
        self._metrics = metrics
        self._stage = metrics.stage
        self._now = now
        metrics.last_progress.labels(self._stage).set(now().timestamp())
        metrics.dead_letter_ratio.labels(self._stage).set(0)

    def taken(self, records: Sequence[Record]) -> None:
        """Count a batch that is taken: its size, and how long its records had waited in Kafka and here."""
        now = self._now().timestamp()
        for record in records:
            self._metrics.queue_seconds.labels(self._stage).observe(max(0.0, now - record.timestamp_ms / 1000))
        self._metrics.batch_records.labels(self._stage).observe(len(records))
        self._metrics.batch_bytes.labels(self._stage).observe(sum(record.size for record in records))

    def judged(self, dead_letter_share: float) -> None:
        """Note the share of dead letters among the last records."""
        self._metrics.dead_letter_ratio.labels(self._stage).set(dead_letter_share)

    def published(self, seconds: float) -> None:
        """Count a batch whose outputs are all acknowledged, after so long."""
        self._metrics.publish_seconds.labels(self._stage).observe(seconds)

    def ended(self, record: Record, outcome: Outcome) -> None:
        """Count one record's end, and log it: a dead letter as a warning, anything else for debugging."""
        self._metrics.bytes.labels(self._stage, "in").inc(len(record.value or b""))
        if outcome.seconds:
            self._metrics.document_seconds.labels(self._stage).observe(outcome.seconds)
        if isinstance(outcome.result, Failure):
            self._failed(record, outcome.result)
        else:
            self._emitted(record, outcome.result)

    def settled(self, seconds: float) -> None:
        """Count a batch that is settled and released, so long after it was taken."""
        self._metrics.batch_seconds.labels(self._stage).observe(seconds)
        self._metrics.last_progress.labels(self._stage).set(self._now().timestamp())

    def retried(self, error: UnavailableError) -> None:
        """Count a try that found the world away."""
        self._metrics.retries.labels(self._stage, error.code).inc()
        log.warning("waiting for the world to come back", code=error.code, cause=str(error))

    def _failed(self, record: Record, failure: Failure) -> None:
        self._metrics.documents.labels(self._stage, "dead_letter").inc()
        self._metrics.dead_letters.labels(self._stage, failure.code).inc()
        log.warning(
            "dead letter",
            code=failure.code,
            error_class=failure.error_class,
            place=failure.place or None,
            document_id=record.known_id,
            **_place(record),
        )

    def _emitted(self, record: Record, product: Product) -> None:
        self._metrics.documents.labels(self._stage, "emitted").inc()
        self._metrics.bytes.labels(self._stage, "out").inc(len(product.data))
        on_the_road = self._now().timestamp() - product.received_at_ms / 1000
        self._metrics.road_seconds.labels(self._stage).observe(max(0.0, on_the_road))
        self._metrics.observe(product)
        log.debug("emitted", document_id=product.document_id, **_place(record))


def _place(record: Record) -> dict[str, str | int]:
    return {"topic": record.topic, "partition": record.partition, "offset": record.offset}
