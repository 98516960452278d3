"""Writing records so that nothing is lost: every send is acknowledged by the broker before anyone goes on."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from aiokafka import AIOKafkaProducer
from aiokafka.errors import (
    AuthenticationFailedError,
    ClusterAuthorizationFailedError,
    KafkaError,
    MessageSizeTooLargeError,
    OutOfOrderSequenceNumber,
    ProducerClosed,
    ProducerFenced,
    RecordListTooLargeError,
    TopicAuthorizationFailedError,
)

from broadsheet.runtime.errors import OperatorError, UnavailableError
from broadsheet.runtime.records import Headers
from broadsheet_schemas.errors import ErrorCode

TOO_LARGE = (MessageSizeTooLargeError, RecordListTooLargeError)
FATAL = (
    AuthenticationFailedError,
    ClusterAuthorizationFailedError,
    OutOfOrderSequenceNumber,
    ProducerClosed,
    ProducerFenced,
    TopicAuthorizationFailedError,
)
"""After these the producer can never send again, or may not: the process has to end and be started anew."""


@dataclass(frozen=True, slots=True)
class OutputRecord:
    """A record to be written."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers


class TooLargeError(Exception):
    """The broker or the client refuses a record for its size; sending it again will not help."""


Sent = TooLargeError | UnavailableError | None
"""What came of one send: refused for its size, not acknowledged (send again), or safe."""


class Publisher(Protocol):
    """Writes records; implemented on Kafka here and in memory in tests."""

    async def publish(self, outputs: Sequence[OutputRecord]) -> Sequence[Sent]:
        """Send all and wait for every acknowledgement; gives what came of each, in order.

        Raises:
            OperatorError: no send can succeed any more (credentials, a fenced producer).
        """


class KafkaPublisher:
    """Publishes through an idempotent producer that is already started."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self._producer = producer

    async def publish(self, outputs: Sequence[OutputRecord]) -> Sequence[Sent]:
        """Send all, then wait for all: one round trip for a batch."""
        sends = [await self._send(output) for output in outputs]
        return [await self._settle(send) for send in sends]

    async def _send(self, output: OutputRecord) -> asyncio.Future[object] | KafkaError:
        # A record may have neither key nor value, and aiokafka refuses to send one: it gets an empty key.
        key = b"" if output.key is None and output.value is None else output.key
        try:
            future: asyncio.Future[object] = await self._producer.send(
                output.topic, key=key, value=output.value, headers=list(output.headers)
            )
        except KafkaError as error:
            return error
        return future

    async def _settle(self, send: asyncio.Future[object] | KafkaError) -> Sent:
        if isinstance(send, KafkaError):
            return _classify(send)
        try:
            await send
        except KafkaError as error:
            return _classify(error)
        return None


def _classify(error: KafkaError) -> TooLargeError | UnavailableError:
    """Tell errors that pass from those that stay.

    Raises:
        OperatorError: for `FATAL` errors.
    """
    text = f"{type(error).__name__}: {error}"
    if isinstance(error, TOO_LARGE):
        return TooLargeError(text)
    if isinstance(error, FATAL):
        raise OperatorError(ErrorCode.BROKER_UNAVAILABLE, f"Kafka refuses to take records: {text}") from error
    return UnavailableError(ErrorCode.BROKER_UNAVAILABLE, text)
