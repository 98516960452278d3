"""Processors join and leave while there is work, twice as many as there are partitions."""

import signal

import pytest

from toy_road import PARTITIONS, Road, codes, ends

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]

PAGES = [f"sleep 0.02 {number}" for number in range(600)]


async def test_processors_join_and_leave_during_work(toys: Road) -> None:
    await toys.publish(PAGES)
    running = []
    for number in range(2 * PARTITIONS):
        running.append(toys.start(instance=str(number), batch_max_records="5", log_level="debug"))
        await toys.outputs(20 * (number + 1))
    for leaving in running[:PARTITIONS]:
        assert await leaving.end(signal.SIGTERM) == 0, leaving.log.read_text()
    back = toys.start(instance="0", batch_max_records="5")

    records = await toys.outputs(len(PAGES))

    assert set(ends(records)) == set(PAGES)
    assert codes(records) == {}
    assert await toys.committed() <= len(PAGES)
    for processor in (*running[PARTITIONS:], back):
        assert processor.process.running, processor.log.read_text()
    assert any('"emitted"' in processor.log.read_text() for processor in running[1:]), "only the first had work"
