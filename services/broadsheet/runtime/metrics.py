"""Every metric of the processors, declared in one place.

Names follow Prometheus: base units, `_total` for counters, one meaning each. Labels have bounded value sets: `stage` is
one of four, `code` one of `ErrorCode`, `partition` one of the topic's, the others are closed lists. No label ever holds
text, an id or a URL of a document.
"""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from broadsheet.runtime.stage import Product
from broadsheet_schemas import Producer

disable_created_metrics()  # type: ignore[no-untyped-call]  # the `_created` series double what is scraped and tell nothing more

PAGE_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""A page takes 1 to 20 ms as a rule, and no more than the time limit, by default 30 s. A batch of small pages the same."""

ROAD_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0, 3600.0)
"""A page on an idle road takes well under a second; a backlog is measured in minutes to an hour."""

PAGE_BYTES = tuple(4.0**power for power in range(4, 13))
"""256 bytes to 16 MiB: from a note to the size limit."""

PER_PAGE = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500)
"""Teasers, entities and the like on one page."""

CHANCE = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
"""A chance from 0 to 1; finer near the top, where people set their thresholds."""


class Metrics:
    """The metrics of one processor, on a registry of their own."""

    def __init__(self, stage: str) -> None:
        self.registry = CollectorRegistry()
        self.stage = stage
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)

        # Is it healthy? Each record ends in exactly one outcome: emitted or dead_letter.
        self.documents = self._counter("documents", "Documents that ended, by outcome.", "outcome")
        self.dead_letters = self._counter("dead_letters", "Documents that became dead letters, by error code.", "code")
        self.retries = self._counter("retries", "Tries again because the world was away, by cause.", "cause")
        self.worker_restarts = self._counter("worker_restarts", "Worker processes replaced, by reason.", "reason")
        self.rebalances = self._counter("rebalances", "Times the consumer group gave out partitions anew.")
        self.ready = self._gauge("ready", "1 while the processor is ready, else 0.")
        self.last_progress = self._gauge(
            "last_progress_timestamp_seconds", "When a batch was last settled (Unix time)."
        )

        # Is it keeping up? Lag is known for the partitions that this processor holds.
        self.lag_records = self._gauge("consumer_lag_records", "Records waiting in a partition.", "topic", "partition")
        self.lag_seconds = self._gauge(
            "consumer_lag_seconds", "Age of the oldest record that is held and not yet done.", "topic", "partition"
        )
        self.road_seconds = self._histogram(
            "road_seconds", "Time from publishing to Broadsheet to the end of this stage.", ROAD_SECONDS
        )

        # What does it cost?
        self.document_seconds = self._histogram(
            "document_seconds", "Time that the stage's function took for a document.", PAGE_SECONDS
        )
        self.batch_seconds = self._histogram("batch_seconds", "Time from taking a batch to releasing it.", PAGE_SECONDS)
        self.batch_records = self._histogram("batch_records", "Records in a batch.", PER_PAGE)
        self.bytes = self._counter("bytes", "Bytes of record values read and written.", "direction")

        # What is in the pages? Counted from what each product says of itself, by the names in `COUNTS` and `LABELS`.
        self._per_document = {
            name: self._histogram(metric, text, buckets) for name, (metric, text, buckets) in COUNTS.items()
        }
        self._by_label = {name: self._counter(metric, text, name) for name, (metric, text) in LABELS.items()}

        self._build_info = Gauge(
            "broadsheet_build_info",
            "1, with the release and the trained model, if the stage has one, as labels.",
            ["stage", "version", "model", "model_version", "model_sha256"],
            registry=self.registry,
        )

    def build(self, version: str, model: Producer | None = None) -> None:
        """State which release runs, and which trained model."""
        told = (model.name, model.version, model.sha256 or "") if model else ("", "", "")
        self._build_info.labels(self.stage, version, *told).set(1)

    def observe(self, product: Product) -> None:
        """Count what a product says of itself. A name that is not declared is a programming error (KeyError)."""
        for name, value in product.counts.items():
            self._per_document[name].labels(self.stage).observe(value)
        for name, label in product.labels.items():
            self._by_label[name].labels(self.stage, label).inc()

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(f"broadsheet_{name}", text, ["stage", *labels], registry=self.registry)

    def _gauge(self, name: str, text: str, *labels: str) -> Gauge:
        return Gauge(f"broadsheet_{name}", text, ["stage", *labels], registry=self.registry)

    def _histogram(self, name: str, text: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"broadsheet_{name}", text, ["stage"], buckets=buckets, registry=self.registry)


COUNTS: Mapping[str, tuple[str, str, tuple[float, ...]]] = {
    "bytes": ("document_bytes", "Size of a page's content.", PAGE_BYTES),
    "blocks": ("document_blocks", "Blocks in a page's body; the bucket of 0 counts pages without one.", PER_PAGE),
    "teasers": ("document_teasers", "Teasers on a page.", PER_PAGE),
    "confidence": (
        "document_confidence",
        "Chance that the split of a page is right, as the segmenter tells it; pages without are left out.",
        CHANCE,
    ),
    "entities": ("document_entities", "Entities on a page.", PER_PAGE),
    "mentions": ("document_mentions", "Mentions of entities on a page.", PER_PAGE),
}
"""What `Product.counts` may hold: a histogram each."""

LABELS: Mapping[str, tuple[str, str]] = {
    "content_type": ("documents_by_content_type", "Documents by the form of their page."),
    "language": ("documents_by_language", "Documents by language (ISO 639-1, `und`, or `other`)."),
    "no_article": ("documents_without_article", "Documents without an article, by reason."),
    "coverage": (
        "documents_by_tagging_coverage",
        "Documents by what was looked for: full, part of a huge page, or values alone.",
    ),
    "action": ("documents_by_index_action", "Documents by what indexing did."),
}
"""What `Product.labels` may hold: a counter each, with a bounded set of values."""
