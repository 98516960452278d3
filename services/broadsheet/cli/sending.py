"""Sending many records with bounded memory, while the main thread reads the next ones."""

import asyncio
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiokafka import AIOKafkaProducer

from broadsheet.cli.background import Submit, background_loop
from broadsheet.runtime.kafka import new_producer
from broadsheet.runtime.publishing import TOO_LARGE, OutputRecord
from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.tracing import NoSendTrace, SendTrace

MAX_IN_FLIGHT_RECORDS = 1000
MAX_IN_FLIGHT_BYTES = 64 * 1024 * 1024
"""Most that is sent and not yet acknowledged. A broker on one machine acknowledges within 5 ms, one far away within 50 ms: a
thousand records in flight are 20,000 a second at that distance. The bytes hold two records of the largest size."""

CLIENT_ID = "broadsheet-publish"


@dataclass(frozen=True, slots=True)
class Sent:
    """What is said of a document once it is acknowledged.

    Attributes:
        document_id: the id that it will have; None where intake will refuse it.
        path: where it came from.
        line: number of its line, from 1; None for a file that is a page.
        trace: is told what came of it.
    """

    document_id: str | None
    path: str
    line: int | None
    trace: SendTrace = field(default_factory=NoSendTrace)


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of one send.

    Attributes:
        sent: what was sent.
        too_large: why the broker refuses the record for its size, or None where it has it.
    """

    sent: Sent
    too_large: str | None


class Sender:
    """Sends records in order and gives back each one, in the same order, once it is acknowledged."""

    def __init__(self, submit: Submit, producer: AIOKafkaProducer) -> None:
        self._submit = submit
        self._producer = producer
        self._turn = asyncio.Lock()
        self._waiting: deque[tuple[Sent, int, Future[None]]] = deque()
        self._bytes = 0

    def send(self, record: OutputRecord, sent: Sent) -> list[Settled]:
        """Start to send a record; gives those that have been settled meanwhile, and waits for some while too many are not.

        Raises:
            KafkaError: an earlier record could not be sent.
        """
        size = len(record.value or b"")
        settled = []
        while self._waiting and (self._waiting[0][2].done() or self._is_full(size)):
            settled.append(self._settle())
        self._bytes += size
        self._waiting.append((sent, size, self._submit(self._send(record))))
        return settled

    def finish(self) -> Iterator[Settled]:
        """Wait for all that was sent, and give it.

        Raises:
            KafkaError: a record could not be sent.
        """
        while self._waiting:
            yield self._settle()

    def _is_full(self, size: int) -> bool:
        return len(self._waiting) >= MAX_IN_FLIGHT_RECORDS or self._bytes + size > MAX_IN_FLIGHT_BYTES

    def _settle(self) -> Settled:
        sent, size, acknowledged = self._waiting.popleft()
        self._bytes -= size
        try:
            acknowledged.result()
        except TOO_LARGE as error:
            return Settled(sent, str(error))
        return Settled(sent, None)

    async def _send(self, record: OutputRecord) -> None:
        async with self._turn:
            acknowledged = await self._producer.send(
                record.topic, key=record.key, value=record.value, headers=list(record.headers)
            )
        await acknowledged


@contextmanager
def sending(settings: KafkaSettings) -> Iterator[Sender]:
    """Open a producer beside this thread, and close it at the end.

    Raises:
        KafkaError: the broker cannot be reached or refuses the client.
    """
    with background_loop() as submit:
        producer = submit(_new(settings)).result()
        try:
            submit(producer.start()).result()
            yield Sender(submit, producer)
        finally:
            submit(producer.stop()).result()


async def _new(settings: KafkaSettings) -> AIOKafkaProducer:
    """Make the producer on the loop that it will run on."""
    return new_producer(settings, CLIENT_ID)
