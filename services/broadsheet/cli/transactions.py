"""Writing several records as one: all of them or none, and by one process of an installation at a time."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, ProducerFenced

from broadsheet.runtime.clients import opened
from broadsheet.runtime.errors import OperatorError, UnavailableError
from broadsheet.runtime.kafka import REQUEST_TIMEOUT_MS, new_producer
from broadsheet.runtime.permissions import REPLAY_ID
from broadsheet.runtime.publishing import KafkaPublisher, OutputRecord
from broadsheet.runtime.settings import KafkaSettings
from broadsheet_schemas.errors import ErrorCode

TRANSACTION_TIMEOUT_MS = 30_000
"""When the brokers give up a transaction whose process was killed, milliseconds; the processors wait at its records until
then. One of 100 records takes 30 to 50 ms on one machine, 4 MiB over a line of 10 Mbit/s 4 s."""


class Transactions(Protocol):
    """Writes records, all or none; implemented on Kafka here and in memory in tests."""

    async def write(self, outputs: Sequence[OutputRecord]) -> None:
        """Write all in one transaction, and return once it is committed. Nothing is ever read of one that failed.

        Raises:
            TooLargeError: a topic does not take a record of its size; none was written.
            UnavailableError: the broker did not answer; whether all are written or none is not known.
            OperatorError: another process has begun to write in this one's place (`replay_superseded`), or Kafka refuses
                this one.
        """


class KafkaTransactions:
    """Writes through a transactional producer that is already started."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self._producer = producer
        self._publisher = KafkaPublisher(producer)

    async def write(self, outputs: Sequence[OutputRecord]) -> None:
        """Write all in one transaction, committed when this returns."""
        try:
            async with asyncio.timeout(2 * REQUEST_TIMEOUT_MS / 1000), self._producer.transaction():
                await self._send(outputs)
        except (ProducerFenced, OperatorError) as error:
            raise (_superseded() if _is_fenced(error) else error) from error
        except (KafkaError, TimeoutError) as error:
            message = f"a transaction did not end ({type(error).__name__}); run it again, nothing is sent twice"
            raise UnavailableError(ErrorCode.BROKER_UNAVAILABLE, message) from error

    async def _send(self, outputs: Sequence[OutputRecord]) -> None:
        for failure in await self._publisher.publish(outputs):
            if failure is not None:
                raise failure


@asynccontextmanager
async def transactions(settings: KafkaSettings) -> AsyncIterator[KafkaTransactions]:
    """Open the one writer of an installation's replays. It ends the transaction of any other, which can write no more.

    Raises:
        KafkaError: the broker cannot be reached or refuses the client.
    """
    producer = new_producer(
        settings,
        REPLAY_ID,
        transactional_id=f"{settings.topic_prefix}{REPLAY_ID}",
        transaction_timeout_ms=TRANSACTION_TIMEOUT_MS,
    )
    asyncio.get_running_loop().set_exception_handler(_without_echoes)
    async with opened(producer):
        yield KafkaTransactions(producer)


def _is_fenced(error: BaseException) -> bool:
    return isinstance(error, ProducerFenced) or isinstance(error.__cause__, ProducerFenced)


def _superseded() -> OperatorError:
    message = "another replay has begun, or a transaction took too long: this one has stopped"
    return OperatorError(ErrorCode.REPLAY_SUPERSEDED, message)


def _without_echoes(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Leave out what aiokafka's inner futures say of an error that was raised already."""
    if not isinstance(context.get("exception"), KafkaError):
        loop.default_exception_handler(context)
