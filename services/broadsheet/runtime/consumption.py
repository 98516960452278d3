"""Reading a topic through Faust, tamed: bytes only, acknowledged by hand, bounded in bytes.

What Faust 0.15.3 would do by itself, and why it is not left to it, is told in
`docs/decisions/0001-faust-and-how-it-is-tamed.md`.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any, cast

import faust
from aiokafka import AIOKafkaConsumer, TopicPartition
from faust.auth import SASLCredentials
from faust.streams import Stream
from faust.transport.drivers import aiokafka as driver
from faust.types import TP, CodecArg, EventT, StreamT
from faust.types.transports import TransportT
from mode.utils.queues import FlowControlEvent, ThrowableQueue

from broadsheet.runtime.batching import Batcher, Delivery
from broadsheet.runtime.groups import consumer_group
from broadsheet.runtime.records import Record, headers_size
from broadsheet.runtime.settings import ProcessorSettings
from broadsheet.runtime.stage import Stage

RAW: CodecArg = "raw"
"""Faust's codec that leaves bytes alone: decoding is the stage's work, so that bad bytes become dead letters."""

QUEUE_MAX_RECORDS = 1024
"""Most records between the fetcher and the batcher."""

POLL_MAX_RECORDS = 500
"""Most records handed over by one poll of the fetcher."""

MAX_POLL_INTERVAL_SECONDS = 3600.0
"""Longest time between polls before the group gives the partitions away.

Polls stop while the index or the next topic is away (back-pressure), which must not cost the partitions; a dead process
is noticed by its missing heartbeats within the session timeout, so this may be long.
"""


METADATA_AGE_SECONDS = 10.0
"""How old the consumer's picture of its topic's partitions may be.

A broker that has just started may say at first that it knows no such topic. A group that is formed at that moment gives out
no partitions, and its processors, ready, stand still until they look again: for five minutes by default (tried).
"""


class BoundedQueue(ThrowableQueue[Any]):
    """Faust's stream buffer, bounded in bytes as well as in records."""

    def __init__(self, *args: Any, max_bytes: int, **kwargs: Any) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        super().__init__(*args, **kwargs)

    def full(self) -> bool:
        """Whether no more fits: `put` waits, and the fetcher with it."""
        return bool(super().full()) or self._bytes >= self._max_bytes

    def clear(self) -> None:
        """Forget what waits (on a rebalance; it is fetched again)."""
        super().clear()
        self._bytes = 0

    def _put(self, item: Any) -> None:
        super()._put(item)
        self._bytes += _weight(item)

    def _get(self) -> Any:
        item = super()._get()
        self._bytes -= _weight(item)
        return item


def _weight(item: Any) -> int:
    """Count what a record weighs; a key or header may be as large as a page."""
    if not isinstance(item, EventT):
        return 0
    message = item.message
    return len(message.key or b"") + len(message.value or b"") + headers_size(_pairs(message.headers))


class _CommittedThread(driver.AIOKafkaConsumerThread):
    """Faust's consumer thread, but it reads committed records alone, and goes back in partitions without a commit too.

    Faust drops what arrives while a rebalance is under way, and seeks back to the committed offsets to read it again. In
    partitions that have none aiokafka seeks nowhere, and the dropped records would be passed over for good (docs/decisions/0001).
    """

    def _create_worker_consumer(self, transport: driver.Transport) -> AIOKafkaConsumer:
        consumer = super()._create_worker_consumer(transport)
        consumer._isolation_level = "read_committed"  # noqa: SLF001 - read when it starts; Faust has no setting for it
        return consumer

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Seek every partition to its committed offset, to its beginning where it has none; gives the committed offsets."""
        offsets: Mapping[TP, int] = await self.call_thread(self._seek_to_committed)
        return offsets

    async def _seek_to_committed(self) -> Mapping[TopicPartition, int | None]:
        consumer = self._ensure_consumer()
        offsets: Mapping[TopicPartition, int | None] = await consumer.seek_to_committed()
        if fresh := [partition for partition, offset in offsets.items() if not offset]:
            for partition, beginning in (await consumer.beginning_offsets(fresh)).items():
                consumer.seek(partition, beginning)
        return offsets


class _CommittedConsumer(driver.Consumer):
    def _new_consumer_thread(self) -> driver.AIOKafkaConsumerThread:
        return _CommittedThread(self, loop=self.loop, beacon=self.beacon)


class _CommittedTransport(driver.Transport):
    Consumer = _CommittedConsumer


class ConsumerApp(faust.App):
    """A Faust app whose stream buffers are bounded in bytes, and which reads committed records alone.

    A replay of dead letters writes in transactions; what one that was killed left uncommitted is sent again by the next,
    and would otherwise be processed twice.
    """

    logger = logging.getLogger("faust.app")  # Faust would log in this module's name

    def __init__(self, *args: Any, queue_max_bytes: int, **kwargs: Any) -> None:
        self._queue_max_bytes = queue_max_bytes
        super().__init__(*args, **kwargs)

    @property
    def member_id(self) -> str:
        """The id that the consumer group knows this process by; empty while it is in no group."""
        consumer = getattr(getattr(self.consumer, "_thread", None), "_consumer", None)
        return str(consumer._coordinator.member_id) if consumer else ""  # noqa: SLF001 - aiokafka tells it nowhere else

    def _create_directories(self) -> None:
        """Make none: nothing is kept on disk, and where a processor runs there may be nowhere to write."""

    def _new_transport(self) -> TransportT:
        return _CommittedTransport(self.conf.broker_consumer, self)

    def FlowControlQueue(  # noqa: N802 - Faust's name for it
        self, maxsize: int | None = None, *, clear_on_resume: bool = False
    ) -> ThrowableQueue[Any]:
        """Make the buffer between fetcher and stream."""
        flow_control: FlowControlEvent = self.flow_control
        return BoundedQueue(
            maxsize=maxsize, flow_control=flow_control, clear_on_resume=clear_on_resume, max_bytes=self._queue_max_bytes
        )


def consumer_app(
    stage: Stage, settings: ProcessorSettings, batcher: Batcher, on_delivered: Callable[[Record], None]
) -> ConsumerApp:
    """Make the Faust app that reads the stage's topic into `batcher`.

    Nothing is acknowledged here: each delivery carries its own `release`, which acknowledges it to Faust, and Faust commits
    the offsets of what is acknowledged without a gap.
    """
    group = consumer_group(stage.name, settings.topic_prefix)
    app = ConsumerApp(
        group,
        queue_max_bytes=settings.batch_max_bytes,
        broker=[f"kafka://{server}" for server in settings.bootstrap_servers.split(",")],
        **_authentication(settings),
        autodiscover=False,
        broker_client_id=f"{group}-{settings.instance}",
        consumer_group_instance_id=f"{group}-{settings.instance}",
        broker_session_timeout=settings.session_timeout_seconds,
        broker_heartbeat_interval=settings.session_timeout_seconds / 4,
        broker_request_timeout=max(30.0, settings.session_timeout_seconds * 2),
        broker_max_poll_interval=MAX_POLL_INTERVAL_SECONDS,
        broker_max_poll_records=POLL_MAX_RECORDS,
        broker_commit_interval=settings.commit_interval_seconds,
        consumer_metadata_max_age_ms=round(METADATA_AGE_SECONDS * 1000),
        consumer_auto_offset_reset="earliest",
        stream_buffer_maxsize=QUEUE_MAX_RECORDS,
        stream_wait_empty=False,
        key_serializer=RAW,
        value_serializer=RAW,
        store="memory://",
        topic_allow_declare=False,
        topic_disable_leader=True,
        reply_create_topic=False,
        web_enabled=False,
    )
    topic = app.topic(
        stage.reads.prefixed(settings.topic_prefix),
        key_type=bytes,
        value_type=bytes,
        key_serializer=RAW,
        value_serializer=RAW,
    )

    async def feed(stream: StreamT[bytes]) -> None:
        manual = cast("Stream[bytes]", cast("Stream[bytes]", stream).noack())
        async for event in manual.events():
            record = record_of(event)
            on_delivered(record)
            await batcher.add(Delivery(record, _release(manual, event)))

    app.agent(topic, name=f"{group}-feed", concurrency=1)(feed)
    return app


async def commit_released(app: ConsumerApp) -> None:
    """Commit the offsets of everything that has been released.

    Faust commits when it stops too, but not while its periodic commit is under way: then it waits for that one, which began
    before the last releases, and leaves them to be repeated. Nothing is released meanwhile, so the second call commits what
    the first may have left.
    """
    for _ in range(2):
        await app.consumer.commit()


def last_handed_on(app: ConsumerApp, partition: TP) -> int | None:
    """Give the offset of the last record of a partition that the fetcher has handed to the stream, None before the first."""
    consumer: Any = app.consumer
    found: int | None = consumer._read_offset[partition]  # noqa: SLF001 - Faust tells it nowhere else
    return found


def record_of(event: EventT[Any]) -> Record:
    """Copy what a stage needs out of a Faust event."""
    message = event.message
    return Record(
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        timestamp_ms=round(message.timestamp * 1000),  # Faust has divided, which is not exact
        key=message.key,
        value=message.value,
        headers=tuple((name, value or b"") for name, value in _pairs(message.headers)),
    )


def _pairs(headers: Any) -> list[tuple[str, bytes | None]]:
    return list(headers.items()) if isinstance(headers, Mapping) else list(headers or ())


def _release(stream: Stream[bytes], event: EventT[Any]) -> Callable[[], Any]:
    return lambda: stream.ack(event)


def _authentication(settings: ProcessorSettings) -> dict[str, Any]:
    context = settings.ssl_context()
    if not settings.security_protocol.startswith("SASL"):
        return {"ssl_context": context}
    password = settings.sasl_password.get_secret_value() if settings.sasl_password else None
    credentials = SASLCredentials(
        username=settings.sasl_username, password=password, ssl_context=context, mechanism=settings.sasl_mechanism
    )
    return {"broker_credentials": credentials}
