"""Pages going in, ends coming out, and what lies between: told by plain Kafka clients, not by the processors."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

from aiokafka import TopicPartition
from aiokafka.errors import GroupLoadInProgressError, KafkaError
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_fixed

from broadsheet.cli.reading import read_topic
from broadsheet.cli.stage_progress import READS, lag
from broadsheet.runtime.clients import opened
from broadsheet.runtime.groups import consumer_group
from broadsheet.runtime.kafka import new_admin, new_consumer, new_producer
from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.topics import partition_numbers
from broadsheet_schemas.headers import CE_ID, CONTENT_TYPE, DOCUMENT_ID
from broadsheet_schemas.topics import DEAD_LETTER, INDEXED, RAW, Topic
from faults.generated_pages import Page

CLIENT_ID = "faults"
POLL_SECONDS = 0.1
STALL_SECONDS = 1.0
"""Shorter times without an end are the way batches come."""

WORK_SECONDS = 180.0
"""How long a stage may be without work before that is a failure of the test: a processor started anew takes 10 s."""


Publish = Callable[[Iterable[Page]], Awaitable[None]]
"""Publishes pages as bare bytes with their ids, and returns when the broker has acknowledged all."""


@asynccontextmanager
async def publishing(settings: KafkaSettings) -> AsyncIterator[Publish]:
    """Open a producer; while the broker is away it waits."""
    topic = RAW.prefixed(settings.topic_prefix)
    async with opened(new_producer(settings, CLIENT_ID)) as producer:

        async def send(page: Page) -> Awaitable[object]:
            key = page.document_id.encode()
            headers = [(DOCUMENT_ID, key), (CONTENT_TYPE, b"text/plain")]
            acknowledged: Awaitable[object] = await producer.send(topic, page.content, key=key, headers=headers)
            return acknowledged

        async def publish(made: Iterable[Page]) -> None:
            await asyncio.gather(*[await send(page) for page in made])

        yield publish


async def publish(settings: KafkaSettings, made: Iterable[Page]) -> None:
    """Publish pages, once."""
    async with publishing(settings) as send:
        await send(made)


class Ended:
    """Follows the ends: receipts and dead letters, each counted once however often it is delivered."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._seen: set[tuple[str, str | bytes | None]] = set()
        self._last = time.monotonic()
        self._stalls: list[tuple[float, float]] = []
        self._more = asyncio.Condition()

    @property
    def count(self) -> int:
        """How many there have been."""
        return len(self._seen)

    def longest_stall_seconds(self, since: float = 0.0) -> float:
        """Give the longest time without an end that was not over at a moment of the monotonic clock."""
        stalls = [*self._stalls, (self._last, time.monotonic())]
        return max(end - begin for begin, end in stalls if end >= since)

    async def reach(self, count: int) -> None:
        """Wait until there have been `count`."""
        async with self._more:
            await self._more.wait_for(lambda: self.count >= count)

    async def follow(self, topic: Topic) -> None:
        """Read a topic of ends until cancelled. A receipt delivered again has the same event id; a dead letter has its key."""
        name = topic.prefixed(self._settings.topic_prefix)
        async for record in read_topic(self._settings, name, follow=True):
            async with self._more:
                self._seen.add((name, record.header(CE_ID) or record.key))
                now = time.monotonic()
                if now - self._last >= STALL_SECONDS:
                    self._stalls.append((self._last, now))
                self._last = now
                self._more.notify_all()


@asynccontextmanager
async def counting(settings: KafkaSettings) -> AsyncIterator[Ended]:
    """Count ends during the block."""
    ended = Ended(settings)
    async with asyncio.TaskGroup() as tasks:
        following = [tasks.create_task(ended.follow(topic)) for topic in (INDEXED, DEAD_LETTER)]
        yield ended
        for task in following:
            task.cancel()


async def under_way(settings: KafkaSettings, stage: str) -> int:
    """Wait until a stage has work before it or in its hands, and give how many records.

    Raises:
        TimeoutError: it has had none for `WORK_SECONDS`.
    """
    async with asyncio.timeout(WORK_SECONDS), _lags(settings) as lag_of:
        while True:
            if found := await lag_of(stage):
                return found


async def drained(settings: KafkaSettings) -> None:
    """Wait until no stage has work left; asked in the order of the road, as a record leaves one only for the next."""
    async with _lags(settings) as lag_of:
        for stage in READS:
            while await lag_of(stage):  # noqa: ASYNC110 - what is waited for happens in another process
                await asyncio.sleep(POLL_SECONDS)


@asynccontextmanager
async def _lags(settings: KafkaSettings) -> AsyncIterator[Callable[[str], Awaitable[int]]]:
    """Open clients that tell how many records a stage has not committed past; a broker that starts is waited for."""
    patient = AsyncRetrying(
        retry=retry_if_exception_type(KafkaError),
        wait=wait_fixed(POLL_SECONDS),
        stop=stop_after_delay(WORK_SECONDS),
        reraise=True,
    )
    async with opened(new_admin(settings, CLIENT_ID)) as admin, opened(new_consumer(settings, CLIENT_ID)) as consumer:

        async def lag_of(stage: str) -> int:
            topic = READS[stage].prefixed(settings.topic_prefix)
            places = [TopicPartition(topic, number) for number in (await partition_numbers(admin))[topic]]
            group = consumer_group(stage, settings.topic_prefix)
            committed = await admin.list_consumer_group_offsets(group, partitions=places)
            if not committed.keys() >= set(places):  # what aiokafka makes of an answer that is an error
                raise GroupLoadInProgressError
            ends = await consumer.end_offsets(places)
            return lag({place: max(0, committed[place].offset) for place in places}, ends)

        async def patiently(stage: str) -> int:
            found: int = await patient(lag_of, stage)
            return found

        yield patiently
