"""Processors join and leave while there is work, twice as many as there are partitions."""

import signal

import pytest
from aiokafka.admin import NewPartitions

from broadsheet.runtime.clients import opened
from broadsheet.runtime.kafka import new_admin
from broadsheet_schemas.topics import ACCEPTED
from faults.traffic import CLIENT_ID
from toy_road import PARTITIONS, Road, codes, ends

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

PAGES = [f"sleep 0.02 {number}" for number in range(600)]
SHARE = 100
"""Published before each change of the group: two seconds of work of one processor."""


async def test_processors_join_and_leave_during_work(toys: Road) -> None:
    shares = [PAGES[start : start + SHARE] for start in range(0, len(PAGES), SHARE)]
    running = []
    for number in range(2 * PARTITIONS):
        await toys.publish(shares.pop())
        running.append(toys.start(instance=str(number), batch_max_records="5", log_level="debug"))
        await running[-1].until("health/ready", 200)
    for leaving in running[:PARTITIONS]:
        await toys.publish(shares.pop())
        assert await leaving.end(signal.SIGTERM) == 0, leaving.log.read_text()
    assert shares == []

    records = await toys.outputs(len(PAGES))
    await toys.commits(len(PAGES))

    assert set(ends(records)) == set(PAGES)
    assert codes(records) == {}
    for processor in running[PARTITIONS:]:
        await processor.until("health/ready", 200)
        assert '"emitted"' in processor.log.read_text(), "it had no part of the work"


async def test_partitions_that_are_added_are_found(toys: Road) -> None:
    """A broker that has just started may know no partitions at first; they are found in the same way."""
    processor = toys.start()
    await processor.until("health/ready", 200)
    topic = ACCEPTED.prefixed(toys.settings.topic_prefix)
    async with opened(new_admin(toys.settings, CLIENT_ID)) as admin:
        await admin.create_partitions({topic: NewPartitions(2 * PARTITIONS)})
    pages = [f"page {number}" for number in range(100)]
    await toys.publish(pages, 2 * PARTITIONS)

    records = await toys.outputs(len(pages))
    assert ends(records) == dict.fromkeys(pages, 1)
