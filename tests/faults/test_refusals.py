"""The broker is there and does not take a record: too large for its topic, or no room left on its disk."""

import asyncio
import random
import resource
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from broadsheet.local.kafka import Kafka
from broadsheet.runtime.clients import opened
from broadsheet.runtime.kafka import new_admin
from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.topics import create_topics
from broadsheet_schemas.topics import SEGMENTED
from faults.traffic import CLIENT_ID
from servers import running_kafka
from toy_road import PARTITIONS, Road, codes, ends

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

TOPIC_LIMIT = 4096
LARGE = random.Random(7).randbytes(10_000).hex()
"""A page that lz4 cannot bring under the topic's limit."""


async def test_records_too_large_for_their_topic_cost_themselves_alone(toys: Road) -> None:
    pages = [f"page {number}" for number in range(300)]
    for place in (50, 51, 200):
        pages[place] = f"large {place} {LARGE}"
    async with opened(new_admin(toys.settings, CLIENT_ID)) as admin:
        topic = SEGMENTED.prefixed(toys.settings.topic_prefix)
        limit = {"max.message.bytes": str(TOPIC_LIMIT)}
        await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, configs=limit)])
    processor = toys.start()
    await toys.publish(pages)

    records = await toys.outputs(len(pages))

    assert codes(records) == {pages[place]: "output_too_large" for place in (50, 51, 200)}
    assert set(ends(records)) == set(pages)
    assert max(ends(records).values()) == 1
    await processor.until("health/ready", 200)


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of another process's files")
async def test_a_broker_whose_disk_is_full_loses_nothing(tmp_path: Path) -> None:
    pages = [f"page {number} {random.Random(number).randbytes(1000).hex()}" for number in range(600)]
    with running_kafka() as broker, ExitStack() as stack:
        road = Road(KafkaSettings(bootstrap_servers=broker.bootstrap_servers), tmp_path, stack)
        await create_topics(road.settings, partitions=PARTITIONS, replication=1)
        await road.publish(pages)
        processor = road.start(batch_max_records="10", retry_max_wait_seconds="1")
        await road.outputs(50)
        fill_disk(broker)
        assert await asyncio.to_thread(broker.child.wait, 120) == 1, "the broker gives up when its disk is full"
        assert "Kafka" in await processor.until("health/ready", 503)

        await asyncio.to_thread(broker.start)
        records = await road.outputs(len(pages))
        await processor.until("health/ready", 200)
    assert set(ends(records)) == set(pages)
    assert codes(records) == {}


def fill_disk(broker: Kafka) -> None:
    """Let no file of the broker grow: to its writes that is a full disk."""
    _, hard = resource.prlimit(broker.child.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(broker.child.pid, resource.RLIMIT_FSIZE, (1, hard))
