"""Writing records so that nothing is lost: every send is acknowledged by the broker before anyone goes on."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from aiokafka import AIOKafkaProducer
from aiokafka.errors import (
    AuthenticationFailedError,
    KafkaError,
    MessageSizeTooLargeError,
    OutOfOrderSequenceNumber,
    ProducerClosed,
    ProducerFenced,
    RecordListTooLargeError,
)

from broadsheet.runtime.errors import OperatorError, UnavailableError
from broadsheet.runtime.records import Headers
from broadsheet.runtime.refusals import denial
from broadsheet_schemas.errors import ErrorCode

TOO_LARGE = (MessageSizeTooLargeError, RecordListTooLargeError)
FATAL = (AuthenticationFailedError, OutOfOrderSequenceNumber, ProducerClosed, ProducerFenced)
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
    """Publishes through an idempotent producer that is already started.

    The broker judges the size of a batch of records, so one that is too large takes its neighbours with it; and after it the
    producer, which has counted them all, is told that its sequence has a gap. Where another producer can be had, it takes
    over, and the records of that call are sent one by one: only the one at fault is refused.
    """

    def __init__(
        self, producer: AIOKafkaProducer, another: Callable[[], Awaitable[AIOKafkaProducer]] | None = None
    ) -> None:
        """Take a started producer, which its owner stops, and what starts another, which `stop` stops."""
        self._producer = producer
        self._another = another
        self._own: AIOKafkaProducer | None = None
        self._gap = False

    async def publish(self, outputs: Sequence[OutputRecord]) -> Sequence[Sent]:
        """Send all, then wait for all: one round trip for a batch."""
        errors = await self._attempt(outputs)
        if self._gap and len(outputs) > 1:
            return [
                None if error is None else await self._alone(output)
                for output, error in zip(outputs, errors, strict=True)
            ]
        return [_classify(error) for error in errors]

    async def stop(self) -> None:
        """Stop what this has started itself."""
        if self._own is not None:
            own, self._own = self._own, None
            await own.stop()

    async def _alone(self, output: OutputRecord) -> Sent:
        (error,) = await self._attempt([output])
        return _classify(error)

    async def _attempt(self, outputs: Sequence[OutputRecord]) -> list[KafkaError | None]:
        if self._gap:
            await self._take_another()
        sends = [await self._send(output) for output in outputs]
        return [await self._settle(send) for send in sends]

    async def _take_another(self) -> None:
        if self._another is not None:
            await self.stop()
            self._producer = self._own = await self._another()
            self._gap = False

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

    async def _settle(self, send: asyncio.Future[object] | KafkaError) -> KafkaError | None:
        if isinstance(send, KafkaError):
            return send
        try:
            await send
        except KafkaError as error:
            self._gap |= self._another is not None and isinstance(error, TOO_LARGE)
            return error
        return None


def _classify(error: KafkaError | None) -> Sent:
    """Tell errors that pass from those that stay.

    Raises:
        OperatorError: for `FATAL` errors, and where Kafka denies access (`access_denied`).
    """
    if error is None:
        return None
    refused = denial(error, "Kafka")
    if refused is not None:
        raise refused from error
    text = f"{type(error).__name__}: {error}"
    if isinstance(error, TOO_LARGE):
        return TooLargeError(text)
    if isinstance(error, FATAL):
        raise OperatorError(ErrorCode.BROKER_UNAVAILABLE, f"Kafka refuses to take records: {text}") from error
    return UnavailableError(ErrorCode.BROKER_UNAVAILABLE, text)
