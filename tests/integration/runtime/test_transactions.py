"""A processor and the transactions that replays write in: what was not committed is never processed, and holds nothing up."""

import asyncio
import signal

import pytest
from aiokafka import AIOKafkaProducer

from broadsheet.runtime.clients import opened
from broadsheet.runtime.kafka import new_producer
from broadsheet_schemas.topics import ACCEPTED
from toy_road import PARTITIONS, Road, ToyProcessor, ends

pytestmark = pytest.mark.integration


async def write(producer: AIOKafkaProducer, road: Road, *pages: str, commit: bool) -> None:
    """Write pages, each to every partition, in a transaction, and end it."""
    topic = ACCEPTED.prefixed(road.settings.topic_prefix)
    await producer.begin_transaction()
    for page in pages:
        for partition in range(PARTITIONS):
            await producer.send_and_wait(topic, f"{page} {partition}".encode(), partition=partition)
    await (producer.commit_transaction() if commit else producer.abort_transaction())


async def until_no_lag(processor: ToyProcessor) -> None:
    """Wait until the processor tells that no record waits in any partition."""
    async with asyncio.timeout(60):
        while True:
            _status, metrics = await processor.health("metrics")
            lags = [line for line in metrics.splitlines() if line.startswith("broadsheet_consumer_lag_records{")]
            if len(lags) == PARTITIONS and all(line.endswith(" 0.0") for line in lags):
                return
            await asyncio.sleep(0.2)


async def test_what_was_not_committed_is_passed_over(road: Road) -> None:
    transactional = new_producer(road.settings, "test", transactional_id=f"{road.settings.topic_prefix}test")
    async with opened(transactional) as producer:
        await write(producer, road, "first", "second", commit=True)
        await write(producer, road, "aborted", commit=False)
        await write(producer, road, "third", commit=True)

        processor = road.start()
        expected = {f"{page} {n}": 1 for page in ("first", "second", "third") for n in range(PARTITIONS)}
        assert ends(await road.outputs(len(expected))) == expected
        await until_no_lag(processor)
        assert await processor.end(signal.SIGTERM) == 0, processor.log.read_text()

        await write(producer, road, "aborted again", commit=False)
        await write(producer, road, "fourth", commit=True)
        road.start()
        expected |= {f"fourth {n}": 1 for n in range(PARTITIONS)}
        assert ends(await road.outputs(len(expected))) == expected
