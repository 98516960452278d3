"""Toy processors as child processes on topics of their own, and what a test asks of them."""

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import ExitStack, aclosing
from pathlib import Path

import aiohttp
from aiokafka import ConsumerRecord, TopicPartition

from broadsheet.local.child import Child
from broadsheet.local.ports import free_port
from broadsheet.runtime.clients import opened
from broadsheet.runtime.groups import consumer_group
from broadsheet.runtime.kafka import new_admin, new_consumer, new_producer
from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.topics import partition_numbers
from broadsheet_schemas.topics import ACCEPTED, DEAD_LETTER, SEGMENTED, Topic

PARTITIONS = 2
PATIENCE_SECONDS = 180.0
"""How long a state may be waited for: a processor starts in 3 s, in 60 s on a machine with ten times as much to do."""

PROCESSOR = Path(__file__).with_name("toy_processor.py")


class ToyProcessor:
    """One running toy processor, which ends when the test's process does, in whatever way."""

    def __init__(self, process: Child, port: int) -> None:
        self.process = process
        self.url = f"http://127.0.0.1:{port}"
        self.log = process.log

    async def health(self, check: str) -> tuple[int, str]:
        """Give status and body of a health check; 0 while nothing listens."""
        try:
            async with aiohttp.ClientSession() as client, client.get(f"{self.url}/{check}") as answer:
                return answer.status, await answer.text()
        except aiohttp.ClientConnectionError:
            return 0, ""

    async def until(self, check: str, status: int, naming: str = "") -> str:
        """Wait until a health check answers with `status` and a body that says `naming`, and give the body."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                found, body = await self.health(check)
                if found == status and naming in body:
                    return body
                assert self.process.running, self.log.read_text()
                await asyncio.sleep(0.1)

    async def end(self, number: signal.Signals) -> int | None:
        """Send a signal and wait for the end; gives the exit status, None after a minute without one."""
        os.kill(self.process.pid, number)
        return await asyncio.to_thread(self.process.wait, 60)


class Road:
    """Topics of one test and what is in them."""

    def __init__(self, settings: KafkaSettings, folder: Path, stack: ExitStack) -> None:
        self.settings = settings
        self._folder = folder
        self._stack = stack
        self._started = 0

    def start(
        self, *, transform: str = "transform", variables: Mapping[str, str] | None = None, **environment: str
    ) -> ToyProcessor:
        """Start a processor with a function of `toy_stage`, settings and other variables; it is killed with the test."""
        self._started += 1
        port = free_port()
        name = f"processor-{self._started}"
        given = self.environment(port, environment) | {"TOY_TRANSFORM": transform} | dict(variables or {})
        process = toy(name, given, self._folder / f"{name}.log")
        self._stack.callback(process.stop, 0)
        process.start()
        return ToyProcessor(process, port)

    async def publish(self, pages: Sequence[str], partitions: int = PARTITIONS) -> None:
        """Write pages to the topic that the processor reads, by turns to its partitions."""
        producer = new_producer(self.settings, "test")
        await producer.start()
        try:
            topic = ACCEPTED.prefixed(self.settings.topic_prefix)
            for number, page in enumerate(pages):
                await producer.send(topic, page.encode(), partition=number % partitions)
        finally:
            await producer.stop()

    async def outputs(self, count: int, *, of: Sequence[Topic] = (SEGMENTED, DEAD_LETTER)) -> list[ConsumerRecord]:
        """Read outputs and dead letters from the beginning until `count` different inputs have ended."""
        records: list[ConsumerRecord] = []
        async with aclosing(self._read(of)) as found:
            async for record in found:
                records.append(record)
                if len(ends(records)) >= count:
                    break
        return records

    async def written(self, of: Sequence[Topic] = (SEGMENTED, DEAD_LETTER)) -> int:
        """Give how many outputs and dead letters there are now, repeated ones included."""
        names = [topic.prefixed(self.settings.topic_prefix) for topic in of]
        async with (
            opened(new_admin(self.settings, "test")) as admin,
            opened(new_consumer(self.settings, "test")) as consumer,
        ):
            numbers = await partition_numbers(admin)
            places = [TopicPartition(name, number) for name in names for number in numbers[name]]
            return sum((await consumer.end_offsets(places)).values())

    async def committed(self) -> int:
        """Give how many records the group has committed past."""
        admin = new_admin(self.settings, "test")
        await admin.start()
        try:
            offsets = await admin.list_consumer_group_offsets(consumer_group("segmenter", self.settings.topic_prefix))
        finally:
            await admin.close()
        return sum(offset.offset for offset in offsets.values())

    async def commits(self, count: int) -> None:
        """Wait until the group has committed past `count` records."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self.committed() < count:  # noqa: ASYNC110 - another process commits
                await asyncio.sleep(0.2)

    async def _read(self, topics: Sequence[Topic]) -> AsyncGenerator[ConsumerRecord]:
        consumer = new_consumer(self.settings, "test")
        consumer.subscribe([topic.prefixed(self.settings.topic_prefix) for topic in topics])
        await consumer.start()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                async for record in consumer:
                    yield record
        finally:
            await consumer.stop()

    def environment(self, port: int, extra: Mapping[str, str]) -> dict[str, str]:
        """Give the variables of a processor of this road that serves on `port`."""
        return {
            "BROADSHEET_BOOTSTRAP_SERVERS": self.settings.bootstrap_servers,
            "BROADSHEET_TOPIC_PREFIX": self.settings.topic_prefix,
            "BROADSHEET_HTTP_PORT": str(port),
            "BROADSHEET_PAGE_TIMEOUT_SECONDS": "2",
            "BROADSHEET_COMMIT_INTERVAL_SECONDS": "0.2",
            "BROADSHEET_SESSION_TIMEOUT_SECONDS": "30",  # a busy machine must not cause rebalances here
            **{f"BROADSHEET_{name.upper()}": value for name, value in extra.items()},
        }


def ends(records: Sequence[ConsumerRecord]) -> Counter[str]:
    """Count how often each input page ended, in the output or in the dead letters."""
    return Counter((record.value or b"").decode().lower() for record in records)


def codes(records: Sequence[ConsumerRecord]) -> dict[str, str]:
    """Tell the error code of each dead letter by its page."""
    found = {}
    for record in records:
        headers = dict(record.headers)
        if "broadsheet-error-code" in headers:
            found[(record.value or b"").decode()] = headers["broadsheet-error-code"].decode()
    return found


def toy(name: str, environment: Mapping[str, str], log: Path) -> Child:
    """Describe a toy processor with further settings in its environment; it is under a guard, as the real ones are."""
    return Child(name, [sys.executable, str(PROCESSOR)], log=log, environment=environment)
