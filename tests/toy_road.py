"""Toy processors as child processes on topics of their own, and what a test asks of them."""

import asyncio
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import aiohttp
from aiokafka import ConsumerRecord

from broadsheet.local.ports import free_port
from broadsheet.runtime.consumption import consumer_group
from broadsheet.runtime.kafka import new_admin, new_consumer, new_producer
from broadsheet.runtime.settings import KafkaSettings
from broadsheet_schemas.topics import ACCEPTED, DEAD_LETTER, SEGMENTED

PARTITIONS = 2
PROCESSOR = Path(__file__).with_name("toy_processor.py")


class ToyProcessor:
    """One running toy processor."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process = process
        self.url = f"http://127.0.0.1:{port}"
        self.log = log

    async def health(self, check: str) -> tuple[int, str]:
        """Give status and body of a health check; 0 while nothing listens."""
        try:
            async with aiohttp.ClientSession() as client, client.get(f"{self.url}/{check}") as answer:
                return answer.status, await answer.text()
        except aiohttp.ClientConnectionError:
            return 0, ""

    async def until(self, check: str, status: int) -> str:
        """Wait until a health check answers with `status`, and give the body."""
        async with asyncio.timeout(60):
            while True:
                found, body = await self.health(check)
                if found == status:
                    return body
                assert self.process.poll() is None, self.log.read_text()
                await asyncio.sleep(0.1)

    async def end(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end; gives the exit status."""
        self.process.send_signal(number)
        return await asyncio.to_thread(self.process.wait, 60)


class Road:
    """Topics of one test and what is in them."""

    def __init__(self, settings: KafkaSettings, folder: Path, stack: ExitStack) -> None:
        self.settings = settings
        self._folder = folder
        self._stack = stack
        self._started = 0

    def start(self, **environment: str) -> ToyProcessor:
        """Start a processor; it is killed with the test."""
        self._started += 1
        port = free_port()
        log = self._folder / f"processor-{self._started}.log"
        process = self._stack.enter_context(running(self._environment(port, environment), log))
        return ToyProcessor(process, port, log)

    async def publish(self, pages: Sequence[str]) -> None:
        """Write pages to the topic that the processor reads, by turns to its partitions."""
        producer = new_producer(self.settings, "test")
        await producer.start()
        try:
            topic = ACCEPTED.prefixed(self.settings.topic_prefix)
            for number, page in enumerate(pages):
                await producer.send(topic, page.encode(), partition=number % PARTITIONS)
        finally:
            await producer.stop()

    async def outputs(self, count: int) -> list[ConsumerRecord]:
        """Read outputs and dead letters from the beginning until `count` different inputs have ended."""
        records: list[ConsumerRecord] = []
        async for record in self._read():
            records.append(record)
            if len(ends(records)) >= count:
                break
        return records

    async def committed(self) -> int:
        """Give how many records the group has committed past."""
        admin = new_admin(self.settings, "test")
        await admin.start()
        try:
            offsets = await admin.list_consumer_group_offsets(consumer_group("segmenter", self.settings.topic_prefix))
        finally:
            await admin.close()
        return sum(offset.offset for offset in offsets.values())

    async def _read(self) -> AsyncIterator[ConsumerRecord]:
        consumer = new_consumer(self.settings, "test")
        consumer.subscribe([topic.prefixed(self.settings.topic_prefix) for topic in (SEGMENTED, DEAD_LETTER)])
        await consumer.start()
        try:
            async with asyncio.timeout(120):
                async for record in consumer:
                    yield record
        finally:
            await consumer.stop()

    def _environment(self, port: int, extra: dict[str, str]) -> dict[str, str]:
        return {
            **os.environ,
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


@contextmanager
def running(environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    out: IO[bytes]
    with log.open("wb") as out, subprocess.Popen([sys.executable, PROCESSOR], env=environment, stderr=out) as process:
        try:
            yield process
        finally:
            process.kill()
