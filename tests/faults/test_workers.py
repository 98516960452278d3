"""Worker processes that die, hang and swell inside a processor on a real broker: each costs its page, or nothing at all."""

import asyncio
import signal
from collections.abc import Sequence
from contextlib import suppress

import psutil
import pytest
from aiokafka import ConsumerRecord

from broadsheet_schemas.headers import ERROR_CODE
from toy_road import PARTITIONS, PATIENCE_SECONDS, Road, ToyProcessor
from toy_stage import MEBIBYTE

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]

HOSTILE = {
    "segfault": "worker_died",
    f"swallow {512 * MEBIBYTE}": "memory_limit",
    "hang": "time_limit",
}
MEMORY = str(256 * MEBIBYTE)
KILLS = 5


async def test_a_hostile_page_alone_is_dead_lettered_and_its_neighbours_go_on_in_order(toys: Road) -> None:
    pages = [f"page {number:04}" for number in range(40)]
    for place, page in zip((5, 18, 31), HOSTILE, strict=True):
        pages.insert(place, page)
    await toys.publish(pages)

    processor = toys.start(batch_max_records="8", worker_processes="2", worker_max_memory_bytes=MEMORY)
    records = await toys.outputs(len(pages))

    assert {value(record): code(record) for record in records if code(record)} == HOSTILE
    assert len(records) == len(pages)
    assert out_of_order(records, pages) == []
    await processor.until("health/ready", 200)


async def test_workers_killed_from_outside_cost_no_page(toys: Road) -> None:
    pages = [f"sleep 0.02 page {number:05}" for number in range(600)]  # so that each kill finds work under way
    await toys.publish(pages)
    processor = toys.start(batch_max_records="4", worker_processes="2", worker_max_memory_bytes=MEMORY)

    for _ in range(KILLS):
        await more_committed(toys)
        await kill_workers_of(processor)
    left = len(pages) - await toys.committed()
    await toys.outputs(len(pages))
    await kill_workers_of(processor)  # now with nothing to do
    await toys.publish(["one more"])
    records = await toys.outputs(len(pages) + 1)

    assert left > 0, "the last kill found no work under way"
    assert [value(record) for record in records if code(record)] == []
    assert len(records) == len(pages) + 1, "a batch was repeated, so the processor itself must have died"
    assert out_of_order(records, [*pages, "one more"]) == []
    assert await processor.end(signal.SIGTERM) == 0, processor.log.read_text()


def value(record: ConsumerRecord) -> str:
    return (record.value or b"").decode().lower()


def code(record: ConsumerRecord) -> str:
    found: bytes = dict(record.headers).get(ERROR_CODE, b"")
    return found.decode()


def out_of_order(records: Sequence[ConsumerRecord], pages: Sequence[str]) -> list[str]:
    """Give the products that stand before one that was published earlier to the same partition."""
    came = {page: number for number, page in enumerate(pages)}
    found = []
    newest: dict[tuple[int, int], int] = {}
    for record in records:
        if code(record):
            continue
        number = came[value(record)]
        lane = (number % PARTITIONS, record.partition)
        if number < newest.get(lane, -1):
            found.append(value(record))
        newest[lane] = number
    return found


async def kill_workers_of(processor: ToyProcessor) -> None:
    """Kill the worker processes below a processor, which may just be starting, and wait until they are gone.

    Its own children are the fork server and its tracker; the workers are children of the fork server.
    """
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not (workers := await asyncio.to_thread(workers_of, processor)):  # noqa: ASYNC110 - processes have no event
            await asyncio.sleep(0.05)
    for worker in workers:
        with suppress(psutil.NoSuchProcess):
            worker.kill()
    await asyncio.to_thread(psutil.wait_procs, workers, 60)


def workers_of(processor: ToyProcessor) -> list[psutil.Process]:
    below = psutil.Process(processor.process.pid).children(recursive=True)
    return [process for process in below if process.ppid() != processor.process.pid]


async def more_committed(toys: Road, more: int = 20) -> None:
    """Wait until the processor has got on."""
    before = await toys.committed()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await toys.committed() < before + more:  # noqa: ASYNC110 - another process commits
            await asyncio.sleep(0.05)
