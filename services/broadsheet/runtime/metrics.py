"""Every metric of the processors, declared in one place; `docs/metrics.md` is made from it.

Names follow Prometheus: base units, `_total` for counters, one meaning each. Labels have bounded value sets: `stage` is one
of four, `topic` and `partition` those that the processor holds, the others come from `label_values`. No label ever holds
text, an id or a URL of a document. A counter whose labels have few values exists from the start, at 0, so that the first
thing that goes wrong is an increase.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product as combinations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from broadsheet.runtime import buckets
from broadsheet.runtime import label_values as values
from broadsheet.runtime.stage import Product
from broadsheet_schemas import Producer

disable_created_metrics()  # type: ignore[no-untyped-call]  # the `_created` series double what is scraped and tell nothing more

Buckets = tuple[float, ...]


class Metrics:
    """The metrics of one processor, on a registry of their own."""

    def __init__(self, stage: str) -> None:
        self.registry = CollectorRegistry()
        self.stage = stage
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)

        # Is it keeping up? Rate in and out, what waits and for how long. Lag is known for the partitions that this
        # processor holds.
        self.records_received = self._counter("records_received", "Records that Kafka delivered; one may come again.")
        # Each record ends in exactly one outcome: emitted or dead_letter.
        self.documents = self._counter("documents", "Documents that ended, by outcome.", outcome=values.OUTCOMES)
        self.bytes = self._counter(
            "bytes", "Bytes of record values that were read and written.", direction=values.DIRECTIONS
        )
        self.lag_records = self._gauge("consumer_lag_records", "Records waiting in a partition.", "topic", "partition")
        self.lag_seconds = self._gauge(
            "consumer_lag_seconds",
            "Age of the oldest record that is not yet done; of one that is not delivered yet, since it is seen to wait.",
            "topic",
            "partition",
        )
        self.queue_seconds = self._histogram(
            "queue_seconds", "Time from a record's Kafka timestamp until a batch took it.", buckets.ROAD_SECONDS
        )
        self.road_seconds = self._histogram(
            "road_seconds",
            "Time from publishing to Broadsheet to the end of this stage; to the index, at the indexer.",
            buckets.ROAD_SECONDS,
        )

        # The same under the names and labels of kafka_exporter, so that dashboards made for it work. Its lag counts from
        # the committed offset, this one from the last record that is done: at most a commit interval apart.
        self.group_lag = self._foreign_gauge(
            "kafka_consumergroup_lag", "Records waiting for a consumer group.", "consumergroup", "topic", "partition"
        )
        self.group_offset = self._foreign_gauge(
            "kafka_consumergroup_current_offset",
            "Offset of the next record that a consumer group will finish.",
            "consumergroup",
            "topic",
            "partition",
        )
        self.end_offset = self._foreign_gauge(
            "kafka_topic_partition_current_offset",
            "Offset that the next record written will have.",
            "topic",
            "partition",
        )

        # Is it healthy?
        self.dead_letters = self._counter(
            "dead_letters", "Documents that became dead letters, by error code.", code=values.DEAD_LETTER_CODES
        )
        self.dead_letter_ratio = self._gauge(
            "dead_letter_window_ratio",
            "Share of dead letters among the last records; the processor halts over BROADSHEET_DEAD_LETTER_RATIO.",
        )
        self.retries = self._counter(
            "retries", "Tries again because the world was away, by cause.", cause=values.RETRY_CAUSES
        )
        self.worker_restarts = self._counter(
            "worker_restarts", "Worker processes replaced, by reason.", reason=values.RESTART_REASONS
        )
        self.rebalances = self._counter("rebalances", "Times the consumer group gave out partitions anew.")
        self.partitions = self._gauge("assigned_partitions", "Partitions that this processor holds.")
        self.ready = self._gauge("ready", "1 while the processor is ready, else 0.")
        self.state = self._gauge("state", "1 for what the loop is doing, 0 for everything else.", "state")
        self.last_progress = self._gauge(
            "last_progress_timestamp_seconds", "When a batch was last settled (Unix time); the start before the first."
        )
        self.loop_delay = self._histogram(
            "event_loop_delay_seconds", "How late a timer of the event loop was.", buckets.LOOP_SECONDS
        )

        # What does it cost? Time and bytes of a page and of a batch, the worker processes, Kafka, and the index. The
        # processor's own memory and processor time are `process_...`; its workers' are to be added to them.
        self.document_seconds = self._histogram(
            "document_seconds", "Time that the stage's function took for a document.", buckets.PAGE_SECONDS
        )
        self.batch_seconds = self._histogram(
            "batch_seconds", "Time from taking a batch to releasing it.", buckets.BATCH_SECONDS
        )
        self.batch_records = self._histogram("batch_records", "Records in a batch.", buckets.BATCH_RECORDS)
        self.batch_bytes = self._histogram(
            "batch_bytes", "Bytes of a batch's records: keys, values and headers.", buckets.BYTES
        )
        self.publish_seconds = self._histogram(
            "publish_seconds", "Time until Kafka had acknowledged what a batch wrote.", buckets.BATCH_SECONDS
        )
        self.workers = self._gauge("worker_processes", "Worker processes that run.")
        self.worker_memory = self._gauge(
            "worker_resident_memory_bytes", "Resident memory of the worker processes together."
        )
        self.worker_cpu = self._counter(
            "worker_cpu_seconds", "Processor time that the worker processes took, user and system."
        )
        self.index_request_seconds = self._histogram(
            "index_request_seconds",
            "Time until OpenSearch had answered a request: which documents it holds, documents or teasers in bulk.",
            buckets.BATCH_SECONDS,
            request=values.INDEX_REQUESTS,
        )
        self.index_request_bytes = self._histogram(
            "index_request_bytes",
            "Bytes of the body of a bulk request to OpenSearch.",
            buckets.BYTES,
            request=values.INDEX_WRITES,
        )
        self.index_writes = self._counter(
            "index_writes",
            "Writes in bulk requests, by how OpenSearch ended them: done, refused for ever, to be tried again (busy), "
            "or without an index to go to (missing).",
            request=values.INDEX_WRITES if stage == "indexer" else (),
            ending=values.WRITE_ENDINGS,
        )

        # Is it good? What is in the pages, counted from what each product says of itself, by the names in `COUNTS` and
        # `LABELS`.
        self._per_document = {
            name: self._histogram(count.metric, count.text, count.buckets) for name, count in COUNTS.items()
        }
        self._by_label = {
            name: self._counter(label.metric, label.text, **{name: label.values if stage in label.stages else ()})
            for name, label in LABELS.items()
        }

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
            self._by_label[name].labels(self.stage, values.bounded(label, LABELS[name].values)).inc()

    def requested(self, request: str, seconds: float) -> None:
        """Count a request to the index; see `stage.Meter`."""
        self.index_request_seconds.labels(self.stage, values.bounded(request, values.INDEX_REQUESTS)).observe(seconds)

    def wrote(self, request: str, size: int, endings: Sequence[str]) -> None:
        """Count a bulk request's bytes, and how its writes ended; see `stage.Meter`."""
        kind = values.bounded(request, values.INDEX_WRITES)
        self.index_request_bytes.labels(self.stage, kind).observe(size)
        for ending in endings:
            self.index_writes.labels(self.stage, kind, values.bounded(ending, values.WRITE_ENDINGS)).inc()

    def _counter(self, name: str, text: str, **labels: Sequence[str]) -> Counter:
        """Declare a counter; those of its series that are known exist at once."""
        made = Counter(f"broadsheet_{name}", text, ["stage", *labels], registry=self.registry)
        for combination in combinations(*labels.values()) if labels else [()]:
            made.labels(self.stage, *combination)
        return made

    def _gauge(self, name: str, text: str, *labels: str) -> Gauge:
        return Gauge(f"broadsheet_{name}", text, ["stage", *labels], registry=self.registry)

    def _foreign_gauge(self, name: str, text: str, *labels: str) -> Gauge:
        return Gauge(name, text, labels, registry=self.registry)

    def _histogram(self, name: str, text: str, bounds: Buckets, **labels: Sequence[str]) -> Histogram:
        return Histogram(f"broadsheet_{name}", text, ["stage", *labels], buckets=bounds, registry=self.registry)


@dataclass(frozen=True, slots=True)
class Count:
    """A number that a product tells of its page: a histogram.

    Attributes:
        metric: its name, without `broadsheet_`.
        text: what it is.
        buckets: upper bounds.
    """

    metric: str
    text: str
    buckets: Buckets


@dataclass(frozen=True, slots=True)
class Label:
    """A property that a product tells of its page: a counter by the property's value.

    Attributes:
        metric: its name, without `broadsheet_` and `_total`.
        text: what it is.
        values: all values there are; any other is counted as `other`.
        stages: where all of them exist from the start, at 0.
    """

    metric: str
    text: str
    values: Sequence[str]
    stages: tuple[str, ...] = ()


COUNTS: Mapping[str, Count] = {
    "bytes": Count("document_bytes", "Size of a page's content.", buckets.BYTES),
    "blocks": Count(
        "document_blocks",
        'Blocks in a page\'s body; the bucket of `le="0.0"` counts pages without one.',
        buckets.PER_PAGE,
    ),
    "body_characters": Count(
        "document_body_characters", "Characters in a page's body; pages without one are left out.", buckets.CHARACTERS
    ),
    "teasers": Count(
        "document_teasers", 'Teasers on a page; the bucket of `le="0.0"` counts pages without.', buckets.PER_PAGE
    ),
    "confidence": Count(
        "document_confidence",
        "Chance that the split of a page is right, as the segmenter tells it; pages without are left out.",
        buckets.CHANCE,
    ),
    "entities": Count("document_entities", "Entities on a page.", buckets.PER_PAGE),
    "mentions": Count("document_mentions", "Mentions of entities on a page.", buckets.PER_PAGE),
}
"""What `Product.counts` may hold."""

LABELS: Mapping[str, Label] = {
    "content_type": Label(
        "documents_by_content_type",
        "Documents by the form of their page.",
        values.CONTENT_TYPES,
        ("intake", "segmenter", "tagger"),
    ),
    "language": Label(
        "documents_by_language", "Documents by language (ISO 639-1, `und`, or `other`).", values.LANGUAGES
    ),
    "no_article": Label(
        "documents_without_article",
        "Documents without an article, by reason.",
        values.NO_ARTICLE_REASONS,
        ("segmenter",),
    ),
    "coverage": Label(
        "documents_by_tagging_coverage",
        "Documents by what was looked for: full, part of a huge page, or values alone.",
        values.COVERAGES,
        ("tagger",),
    ),
    "action": Label("documents_by_index_action", "Documents by what indexing did.", values.INDEX_ACTIONS, ("indexer",)),
}
"""What `Product.labels` may hold."""
