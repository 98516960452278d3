"""A processor stands still until its group has given it up, and then goes on: it must end, and must not commit."""

import asyncio
import os
import signal

import pytest

from toy_road import Road, ToyProcessor, codes, ends

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

BATCH = 10
SESSION_SECONDS = 6
"""The shortest session timeout that the broker allows."""

PAGES = [f"page {number}" for number in range(600)]


async def test_one_whose_place_was_taken_ends(toys: Road) -> None:
    zombie = await frozen_at_work(toys)
    successor = start(toys, "0")
    await toys.outputs(len(PAGES))
    await toys.commits(len(PAGES))

    await goes_on_and_ends(zombie, toys)
    await successor.until("health/ready", 200)


async def test_one_whose_partitions_another_took_ends(toys: Road) -> None:
    other = start(toys, "1")
    await other.until("health/ready", 200)
    zombie = await frozen_at_work(toys)
    await toys.outputs(len(PAGES))
    await toys.commits(len(PAGES))

    await goes_on_and_ends(zombie, toys)
    await other.until("health/ready", 200)


def start(toys: Road, instance: str) -> ToyProcessor:
    """Start a processor with the shortest session timeout."""
    return toys.start(instance=instance, batch_max_records=str(BATCH), session_timeout_seconds=str(SESSION_SECONDS))


async def frozen_at_work(toys: Road) -> ToyProcessor:
    """Start a processor and freeze it in the middle of its work."""
    zombie = start(toys, "0")
    await zombie.until("health/ready", 200)
    await toys.publish(PAGES)
    await toys.outputs(50)
    os.kill(zombie.process.pid, signal.SIGSTOP)
    return zombie


async def goes_on_and_ends(zombie: ToyProcessor, toys: Road) -> None:
    """Wake it when it has stood still for longer than its session: it ends by itself and commits nothing.

    What its workers had made of its batch may be written once more before it ends: delivery is at least once.
    A successor of its name needs no timeout to take its place, so on a quick machine all may be done within the session.
    """
    await asyncio.sleep(SESSION_SECONDS + 1)
    before = await toys.written()
    assert await zombie.end(signal.SIGCONT) == 1, zombie.log.read_text()
    assert "stood still" in zombie.log.read_text()
    assert await toys.committed() == len(PAGES)
    assert await toys.written() - before <= BATCH, "more than the batch it had in hand was written again"
    outputs = await toys.outputs(len(PAGES))
    assert set(ends(outputs)) == set(PAGES)
    assert codes(outputs) == {}
