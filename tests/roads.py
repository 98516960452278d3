"""The four real processors on the test session's servers, with topics and an index of their own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import aiohttp

from broadsheet.indexer.settings import OpenSearchSettings
from broadsheet.local.kafka import Kafka
from broadsheet.local.opensearch import OpenSearch
from broadsheet.local.processor import Processor
from broadsheet.local.processors import Processors
from broadsheet.runtime.settings import DEFAULT_HTTP_PORTS, KafkaSettings
from broadsheet.runtime.topics import create_topics

READY_SECONDS = 300.0
UNREADY_SECONDS = 120.0
"""Processors start in 5 s, in 150 s on a machine with twenty times as much to do."""


@dataclass(frozen=True, slots=True)
class Road:
    """A running road.

    Attributes:
        kafka: settings of clients of its broker, with its topic prefix.
        opensearch: settings of clients of its index.
        processors: its processes, started again when they die.
        environment: variables with which every command means this road.
    """

    kafka: KafkaSettings
    opensearch: OpenSearchSettings
    processors: Processors
    environment: dict[str, str]


async def unready(processor: Processor, naming: str) -> str:
    """Wait until a processor's readiness check answers no and names the cause; gives the whole answer."""
    async with aiohttp.ClientSession() as client, asyncio.timeout(UNREADY_SECONDS):
        while True:
            async with client.get(f"{processor.url}/health/ready") as answer:
                text = await answer.text()
                if answer.status == HTTPStatus.SERVICE_UNAVAILABLE and naming in text:
                    return text
            await asyncio.sleep(0.1)


@asynccontextmanager
async def running_road(
    kafka: Kafka, opensearch: OpenSearch, folder: Path, prefix: str, **environment: str
) -> AsyncIterator[Road]:
    """Run one process of each stage until the end of the block.

    Args:
        kafka: the broker.
        opensearch: the index.
        folder: where logs go.
        prefix: put before topics, groups and indices.
        environment: further settings of the processors, without `BROADSHEET_`.
    """
    kafka_settings = KafkaSettings(bootstrap_servers=kafka.bootstrap_servers, topic_prefix=prefix)
    opensearch_settings = OpenSearchSettings(opensearch_url=opensearch.url, index_prefix=f"{prefix}index")
    given = {
        "BROADSHEET_BOOTSTRAP_SERVERS": kafka.bootstrap_servers,
        "BROADSHEET_OPENSEARCH_URL": opensearch.url,
        "BROADSHEET_TOPIC_PREFIX": prefix,
        "BROADSHEET_INDEX_PREFIX": opensearch_settings.index_prefix,
        **{f"BROADSHEET_{name.upper()}": value for name, value in environment.items()},
    }
    await create_topics(kafka_settings, replication=1)
    processors = Processors(folder, given)
    for stage in DEFAULT_HTTP_PORTS:
        processors.add(stage)
    given["BROADSHEET_PROCESSORS"] = ",".join(f"{one.stage}={one.url}" for one in processors.all)
    try:
        await processors.start()
        await processors.wait_until_ready(READY_SECONDS)
        yield Road(kafka_settings, opensearch_settings, processors, given)
    finally:
        await processors.stop()
