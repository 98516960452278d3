import asyncio
from typing import Any, cast

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import (
    KafkaConnectionError,
    KafkaTimeoutError,
    MessageSizeTooLargeError,
    NotEnoughReplicasError,
    OutOfOrderSequenceNumber,
    ProducerFenced,
    RecordListTooLargeError,
    TopicAuthorizationFailedError,
)

from broadsheet.runtime.errors import OperatorError, UnavailableError
from broadsheet.runtime.publishing import KafkaPublisher, OutputRecord, TooLargeError
from broadsheet_schemas.errors import ErrorCode


class Producer:
    """Answers each send as it is told: by an error at once, by one in the acknowledgement, or well."""

    def __init__(self, *answers: Exception | None, at_once: bool) -> None:
        self.answers = list(answers)
        self.at_once = at_once
        self.keys: list[bytes | None] = []
        self.stopped = False

    async def stop(self) -> None:
        self.stopped = True

    async def send(self, _topic: str, *, key: bytes | None, **_: Any) -> asyncio.Future[None]:
        self.keys.append(key)
        answer = self.answers.pop(0)
        if answer is not None and self.at_once:
            raise answer
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if answer is None:
            future.set_result(None)
        else:
            future.set_exception(answer)
        return future


def publisher(producer: Producer) -> KafkaPublisher:
    return KafkaPublisher(cast("AIOKafkaProducer", producer))


RECORD = OutputRecord("t", b"key", b"value", ())


@pytest.mark.parametrize("at_once", [True, False])
async def test_each_send_is_answered_for_itself(at_once: bool) -> None:  # noqa: FBT001 - a parameter of the test
    errors = (None, MessageSizeTooLargeError("40 MB"), RecordListTooLargeError(), KafkaTimeoutError(), None)
    sent = await publisher(Producer(*errors, at_once=at_once)).publish([RECORD] * 5)

    assert [type(answer) for answer in sent] == [type(None), TooLargeError, TooLargeError, UnavailableError, type(None)]


@pytest.mark.parametrize("error", [KafkaConnectionError(), NotEnoughReplicasError(), KafkaTimeoutError("30 s")])
async def test_what_passes_is_to_be_sent_again_and_says_why(error: Exception) -> None:
    (answer,) = await publisher(Producer(error, at_once=False)).publish([RECORD])

    assert isinstance(answer, UnavailableError)
    assert type(error).__name__ in answer.message


@pytest.mark.parametrize(
    ("error", "code", "cause"),
    [
        (TopicAuthorizationFailedError("t"), "access_denied", "Kafka denies access to topic t"),
        (ProducerFenced(), "broker_unavailable", "ProducerFenced"),
    ],
)
async def test_what_stays_ends_the_processor(error: Exception, code: str, cause: str) -> None:
    with pytest.raises(OperatorError, match=cause) as caught:
        await publisher(Producer(error, at_once=False)).publish([RECORD])
    assert caught.value.code == code


async def test_a_record_without_key_and_value_gets_an_empty_key() -> None:
    producer = Producer(None, None, None, at_once=False)
    outputs = [OutputRecord("t", key, value, ()) for key, value in ((None, None), (None, b"v"), (b"k", None))]
    await publisher(producer).publish(outputs)

    assert producer.keys == [b"", None, b"k"]


class Successors:
    """Starts one producer after the other."""

    def __init__(self, *producers: Producer | UnavailableError) -> None:
        self.left = list(producers)

    async def __call__(self) -> AIOKafkaProducer:
        found = self.left.pop(0)
        if isinstance(found, UnavailableError):
            raise found
        return cast("AIOKafkaProducer", found)


def numbered(count: int) -> list[OutputRecord]:
    return [OutputRecord("t", b"%d" % number, b"value", ()) for number in range(count)]


async def test_a_batch_that_the_broker_finds_too_large_is_sent_one_by_one_through_another_producer() -> None:
    first = Producer(None, MessageSizeTooLargeError(), OutOfOrderSequenceNumber(), at_once=False)
    second = Producer(MessageSizeTooLargeError(), at_once=False)
    third = Producer(None, None, at_once=False)
    publisher = KafkaPublisher(cast("AIOKafkaProducer", first), Successors(second, third))

    sent = await publisher.publish(numbered(3))

    assert [type(answer) for answer in sent] == [type(None), TooLargeError, type(None)]
    assert (second.keys, third.keys) == ([b"1"], [b"2"])
    assert await publisher.publish(numbered(1)) == [None]
    assert (first.stopped, second.stopped, third.stopped) == (False, True, False)
    await publisher.stop()
    assert third.stopped


async def test_a_record_refused_alone_is_not_sent_again_and_the_next_goes_through_another_producer() -> None:
    first = Producer(MessageSizeTooLargeError(), at_once=False)
    second = Producer(None, at_once=False)
    publisher = KafkaPublisher(cast("AIOKafkaProducer", first), Successors(second))

    assert [type(answer) for answer in await publisher.publish(numbered(1))] == [TooLargeError]
    assert await publisher.publish(numbered(1)) == [None]


async def test_a_successor_that_cannot_be_had_yet_is_asked_for_again() -> None:
    away = UnavailableError(ErrorCode.BROKER_UNAVAILABLE, "away")
    first = Producer(MessageSizeTooLargeError(), MessageSizeTooLargeError(), at_once=False)
    publisher = KafkaPublisher(cast("AIOKafkaProducer", first), Successors(away, Producer(None, None, at_once=False)))

    with pytest.raises(UnavailableError):
        await publisher.publish(numbered(2))
    assert await publisher.publish(numbered(2)) == [None, None]
