"""Memory of a processor while it works through the same documents with more and more waiting behind them.

    python tests/benchmarks/backlog.py [--documents 2000] [--backlogs 0,10000,100000] [--bytes 4000] [--stages tagger,indexer]

For each backlog, topics are filled with the documents and the backlog, then the processor starts, and its resident memory is
looked at ten times a second until the documents have come out. Intake reads pages; every other stage what those before it made
of them, with an id of its own for each record. An OpenSearch runs only where the indexer is among the stages.
"""

import argparse
import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path[0] = str(Path(__file__).parents[1])

from aiokafka import AIOKafkaConsumer, TopicPartition

from broadsheet.intake.acceptance import accept_record
from broadsheet.local.processors import Processors
from broadsheet.runtime.clients import opened
from broadsheet.runtime.events import event_headers
from broadsheet.runtime.kafka import new_consumer, new_producer
from broadsheet.runtime.records import Headers, Record
from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.stage import Product
from broadsheet.runtime.topics import create_topics
from broadsheet.segmenter.transform import segment_record
from broadsheet.tagger.transform import tag_record
from broadsheet_schemas.processors import PROCESSORS
from broadsheet_schemas.topics import ACCEPTED, ENRICHED, MAX_PAGE_BYTES, RAW, SEGMENTED, Topic
from faults.peaks import Peaks, largest_child
from servers import running_kafka, running_opensearch

STAGES = {processor.name: processor for processor in PROCESSORS}
DIFFERENT = 100
"""Different pages, published again and again under other ids: making 100,000 would take longer than reading them."""

ID = b"page-00000000"
"""Stands for the id in what is made before it is published."""

LOOK_SECONDS = 0.1
PATIENCE_SECONDS = 1800.0
SENTENCE = (
    "Ada Field of Norway spoke on day {number} about the harbour bridge, which will carry trains across the river. "
)
MEBIBYTE = 1024 * 1024

ROAD: tuple[tuple[Callable[[Record], Product], Topic], ...] = (
    (partial(accept_record, max_page_bytes=MAX_PAGE_BYTES), ACCEPTED),
    (segment_record, SEGMENTED),
    (tag_record, ENRICHED),
)
"""What each stage before the index makes of a record, and where to."""

Content = tuple[bytes, Headers]
"""Value and headers of a record to publish."""


def main() -> None:
    """Run from the command line and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, default=2000)
    arguments.add_argument("--backlogs", default="0,10000,100000")
    arguments.add_argument("--bytes", type=int, default=4000)
    arguments.add_argument("--stages", default=",".join(STAGES))
    options = arguments.parse_args()
    stages = options.stages.split(",")
    print("| processor | waiting | own process, MiB | largest worker, MiB |\n| --- | ---: | ---: | ---: |", flush=True)
    with ExitStack() as stack:
        kafka = stack.enter_context(running_kafka())
        folder = stack.enter_context(TemporaryDirectory(prefix="broadsheet-backlog-"))
        index = stack.enter_context(running_opensearch()).url if "indexer" in stages else ""
        for stage in stages:
            for backlog in map(int, options.backlogs.split(",")):
                settings = KafkaSettings(
                    bootstrap_servers=kafka.bootstrap_servers, topic_prefix=f"backlog-{stage}-{backlog}."
                )
                environment = {
                    "BROADSHEET_BOOTSTRAP_SERVERS": settings.bootstrap_servers,
                    "BROADSHEET_TOPIC_PREFIX": settings.topic_prefix,
                    "BROADSHEET_OPENSEARCH_URL": index,
                    "BROADSHEET_INDEX_PREFIX": settings.topic_prefix,
                }
                processors = Processors(Path(folder) / settings.topic_prefix, environment)
                peaks = asyncio.run(measure(stage, settings, processors, options.documents, backlog, options.bytes))
                own, worker = (peaks[name] / MEBIBYTE for name in (stage, largest_child(stage)))
                print(f"| {stage} | {backlog:,} | {own:.0f} | {worker:.0f} |", flush=True)


async def measure(  # noqa: PLR0917 - a row of the table
    stage: str, settings: KafkaSettings, processors: Processors, documents: int, backlog: int, size: int
) -> dict[str, int]:
    """Give the peak memory of a processor, as `Peaks` names it, until `documents` have come out, with `backlog` more waiting."""
    await create_topics(settings, replication=1)
    contents = list(_contents(STAGES[stage].reads, size))
    await _publish(settings, STAGES[stage].reads, contents, documents + backlog)
    processors.add(stage)
    try:
        await processors.start()
        async with asyncio.timeout(PATIENCE_SECONDS), opened(new_consumer(settings, "backlog")) as consumer:
            return await _peaks(processors, consumer, settings, STAGES[stage].writes, documents)
    finally:
        await processors.stop()


async def _peaks(
    processors: Processors, consumer: AIOKafkaConsumer, settings: KafkaSettings, writes: Topic, documents: int
) -> dict[str, int]:
    peaks = Peaks(processors, every_seconds=LOOK_SECONDS)
    places = [TopicPartition(writes.prefixed(settings.topic_prefix), number) for number in range(writes.partitions)]
    following = asyncio.create_task(peaks.follow())
    while sum((await consumer.end_offsets(places)).values()) < documents:  # noqa: ASYNC110 - another process writes
        await asyncio.sleep(LOOK_SECONDS)
    following.cancel()
    return peaks.bytes


def _contents(topic: Topic, size: int) -> Iterator[Content]:
    for number in range(DIFFERENT):
        sentence = SENTENCE.format(number=number)
        page = (sentence * (size // len(sentence))).encode()
        yield _taken_to(topic, page, (("content-type", b"text/plain"), ("document-id", ID)))


def _taken_to(topic: Topic, page: bytes, headers: Headers) -> Content:
    """Take a page through the stages before a topic."""
    now = datetime.now(UTC)
    record = Record(RAW.name, 0, 0, round(now.timestamp() * 1000), None, page, headers)
    for transform, written in ROAD:
        if record.topic == topic.name:
            break
        product = transform(record)
        made = event_headers(written, "urn:backlog", product.document_id, record, now, trace=product.trace)
        record = Record(written.name, 0, 0, record.timestamp_ms, ID, product.data, made)
    return record.value or b"", record.headers


async def _publish(settings: KafkaSettings, topic: Topic, contents: Sequence[Content], count: int) -> None:
    name = topic.prefixed(settings.topic_prefix)
    async with opened(new_producer(settings, "backlog")) as producer:
        for number in range(count):
            value, headers = contents[number % len(contents)]
            id_ = f"page-{number:08}".encode()
            named = [(header, content.replace(ID, id_)) for header, content in headers]
            await producer.send(name, value.replace(ID, id_), key=id_, headers=named)


if __name__ == "__main__":
    main()
