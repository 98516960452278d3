"""What the road costs, stage by stage: processor time and memory of the real processors, and what a document takes on disk.

Runs the whole stack with one process of each stage, publishes made pages of news (tests/benchmarks/made_pages.py), first as
plain text and then as HTML, and waits until all are indexed. What is counted is user and system time of each processor with
its worker, from ready to the last receipt, so that a busy machine matters less than with wall time; memory is the
proportional share (PSS) of the same processes, ready and at its peak while documents pass.

    python tests/benchmarks/road.py [--documents 300]
"""

import argparse
import asyncio
import contextlib
import sys
from pathlib import Path
from typing import NamedTuple

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.made_pages import made_pages
from broadsheet.cli.reading import size_of_topic
from broadsheet.cli.up import make_topics
from broadsheet.indexer.client import connect
from broadsheet.indexer.settings import OpenSearchSettings
from broadsheet.local.stack import Stack
from broadsheet.runtime.clients import opened
from broadsheet.runtime.kafka import new_producer
from broadsheet_schemas.topics import ACCEPTED, ENRICHED, INDEXED, RAW, SEGMENTED

MEBIBYTE = 1024 * 1024
LOOK_SECONDS = 0.5
PATIENCE_SECONDS = 3600.0
WRITES = {"intake": ACCEPTED, "segmenter": SEGMENTED, "tagger": ENRICHED, "indexer": INDEXED}


class Usage(NamedTuple):
    """What a processor and its workers take: processor time in seconds, memory in MiB."""

    seconds: float
    memory: float


def main() -> None:
    """Measure both kinds of page and print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, default=300)
    options = arguments.parse_args()
    for content_type in ("text/plain", "text/html"):
        asyncio.run(measure(content_type, options.documents))


async def measure(content_type: str, documents: int) -> None:
    """Send documents of a kind down a road of their own, and print what they cost."""
    pages = [(page.text if content_type == "text/plain" else page.html).encode() for page in made_pages(documents)]
    size = sum(map(len, pages)) / documents
    print(f"\n{content_type}: {documents} documents of {size / 1000:.1f} KB", flush=True)
    async with Stack(make_topics) as stack:
        before = usages(stack)
        await publish(stack, pages, content_type)
        after, peaks = await until_indexed(stack, documents)
        print(f"{'':10}{'ms a document':>15}{'documents/s':>13}{'ready MiB':>11}{'peak MiB':>10}")
        for stage in WRITES:
            seconds = (after[stage].seconds - before[stage].seconds) / documents
            memory = f"{before[stage].memory:11.0f}{peaks[stage]:10.0f}"
            print(f"{stage:10}{seconds * 1000:15.1f}{1 / seconds:13.0f}{memory}")
        for name, taken in (await disk(stack)).items():
            print(f"{name:22}{taken / documents / 1000:8.2f} KB a document")


def usages(stack: Stack) -> dict[str, Usage]:
    """Look at the processors."""
    return {processor.stage: usage(processor.child.pid) for processor in stack.processors.all}


def usage(pid: int) -> Usage:
    """Sum a process and its living descendants."""
    seconds = memory = 0.0
    process = psutil.Process(pid)
    for member in (process, *process.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):
            times = member.cpu_times()
            seconds += times.user + times.system
            memory += member.memory_full_info().pss / MEBIBYTE
    return Usage(seconds, memory)


async def publish(stack: Stack, pages: list[bytes], content_type: str) -> None:
    """Publish the pages as users do."""
    topic = RAW.prefixed(stack.kafka_settings.topic_prefix)
    async with opened(new_producer(stack.kafka_settings, "bench")) as producer:
        for number, page in enumerate(pages):
            headers = [("content-type", content_type.encode()), ("document-id", b"%d" % number)]
            await producer.send(topic, page, key=b"%d" % number, headers=headers)
        await producer.flush()


async def until_indexed(stack: Stack, documents: int) -> tuple[dict[str, Usage], dict[str, float]]:
    """Wait until each stage has written every document; gives what it had taken then, and its greatest memory."""
    after: dict[str, Usage] = {}
    peaks = dict.fromkeys(WRITES, 0.0)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(after) < len(WRITES):
            seen = usages(stack)
            peaks = {stage: max(peak, seen[stage].memory) for stage, peak in peaks.items()}
            for stage, topic in WRITES.items():
                if stage not in after and await size_of_topic(stack.kafka_settings, topic.name) >= documents:
                    after[stage] = seen[stage]
            await asyncio.sleep(LOOK_SECONDS)
    return after, peaks


async def disk(stack: Stack) -> dict[str, float]:
    """Give the bytes that each topic and the indices take."""
    logs = stack.data / "kafka" / "log"
    found: dict[str, float] = {
        topic.name: sum(path.stat().st_size for path in logs.glob(f"{topic.name}-*/*.log"))
        for topic in (RAW, *WRITES.values())
    }
    async with connect(OpenSearchSettings(opensearch_url=stack.opensearch.url)) as client:
        await client.indices.forcemerge(index="broadsheet-*")
        stats = await client.indices.stats(index="broadsheet-*", params={"metric": "store"})
        found["index"] = stats["_all"]["primaries"]["store"]["size_in_bytes"]
    return found


if __name__ == "__main__":
    main()
