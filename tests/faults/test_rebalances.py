"""Processors join and leave while there is work, twice as many as there are partitions."""

import signal

import pytest

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
