"""Pages going in, ends coming out, and what lies between: told by plain Kafka clients, not by the processors."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from broadsheet.cli.reading import read_topic
from broadsheet.cli.stage_progress import READS, lag
from broadsheet.runtime.clients import opened
from broadsheet.runtime.groups import consumer_group
from broadsheet.runtime.kafka import new_admin, new_consumer, new_producer
from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.topics import partition_numbers
from broadsheet_schemas.headers import CONTENT_TYPE, DOCUMENT_ID
from broadsheet_schemas.topics import DEAD_LETTER, INDEXED, RAW, Topic
from faults.generated_pages import Page

CLIENT_ID = "faults"
WORK_SECONDS = 120.0
"""How long a stage may be without work before that is a failure of the test: a processor started anew takes 10 s."""


async def publish(settings: KafkaSettings, made: Sequence[Page]) -> None:
    """Publish pages as bare bytes with their ids, as fast as the broker takes them."""
    topic = RAW.prefixed(settings.topic_prefix)
    async with opened(new_producer(settings, CLIENT_ID)) as producer:
        for page in made:
            headers = [(DOCUMENT_ID, page.document_id.encode()), (CONTENT_TYPE, b"text/plain")]
            await producer.send(topic, page.content, key=page.document_id.encode(), headers=headers)


class Ended:
    """Counts the different ids that have ended so far."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._ids: set[bytes | None] = set()
        self._more = asyncio.Condition()

    async def reach(self, count: int) -> None:
        """Wait until `count` ids have ended."""
        async with self._more:
            await self._more.wait_for(lambda: len(self._ids) >= count)

    async def follow(self, topic: Topic) -> None:
        """Read a topic of ends until cancelled; poison has its id as key, as all published pages have."""
        name = topic.prefixed(self._settings.topic_prefix)
        async for record in read_topic(self._settings, name, follow=True):
            async with self._more:
                self._ids.add(record.key)
                self._more.notify_all()


@asynccontextmanager
async def counting(settings: KafkaSettings, patience_seconds: float) -> AsyncIterator[Ended]:
    """Count ends during the block, which may take `patience_seconds` (TimeoutError)."""
    ended = Ended(settings)
    async with asyncio.timeout(patience_seconds), asyncio.TaskGroup() as tasks:
        following = [tasks.create_task(ended.follow(topic)) for topic in (INDEXED, DEAD_LETTER)]
        yield ended
        for task in following:
            task.cancel()


class Lags:
    """Tells how many records a stage has not committed past: work that it has before it or in its hands."""

    def __init__(self, settings: KafkaSettings, admin: AIOKafkaAdminClient, consumer: AIOKafkaConsumer) -> None:
        self._settings = settings
        self._admin = admin
        self._consumer = consumer

    async def of(self, stage: str) -> int:
        """Ask the broker for the lag of a stage now."""
        prefix = self._settings.topic_prefix
        topic = READS[stage].prefixed(prefix)
        places = [TopicPartition(topic, number) for number in (await partition_numbers(self._admin))[topic]]
        committed = await self._admin.list_consumer_group_offsets(consumer_group(stage, prefix), partitions=places)
        ends = await self._consumer.end_offsets(places)
        return lag({place: max(0, committed[place].offset) for place in places}, ends)

    async def under_way(self, stage: str) -> int:
        """Wait until a stage has work, and give how much.

        Raises:
            TimeoutError: it has had none for `WORK_SECONDS`.
        """
        async with asyncio.timeout(WORK_SECONDS):
            while True:
                if found := await self.of(stage):
                    return found


@asynccontextmanager
async def lags(settings: KafkaSettings) -> AsyncIterator[Lags]:
    """Open the clients that ask for lags."""
    async with opened(new_admin(settings, CLIENT_ID)) as admin, opened(new_consumer(settings, CLIENT_ID)) as consumer:
        yield Lags(settings, admin, consumer)
