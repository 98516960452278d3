"""Replaying dead letters one after another: streamed, marked, and none refused without a word."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import pytest

from broadsheet.cli.replay import Replayed, replay_each
from broadsheet.runtime.deadletters import DeadLetter, parse_dead_letter
from broadsheet.runtime.errors import DocumentError, UnavailableError
from broadsheet.runtime.publishing import OutputRecord, Sent, TooLargeError
from broadsheet.runtime.records import Record
from broadsheet_schemas.errors import ErrorCode
from unit.cli.test_letters import dead_letter, pairs


class Memory:
    """A publisher into memory; what it is told to answer about pages comes of each page."""

    def __init__(self, answer: Sent = None) -> None:
        self.answer = answer
        self.taken: list[OutputRecord] = []

    async def publish(self, outputs: Sequence[OutputRecord]) -> Sequence[Sent]:
        self.taken += outputs
        return [self.answer if output.topic == "documents.raw" else None for output in outputs]


class Told:
    """What was told of each dead letter: its place and, where it was refused, why."""

    def __init__(self) -> None:
        self.all: list[tuple[str, str | None]] = []

    def __call__(self, letter: DeadLetter, refusal: DocumentError | None) -> None:
        self.all.append((letter.position, f"{refusal.code}: {refusal.message}" if refusal else None))


@pytest.mark.parametrize("publisher", [None, Memory()])
async def test_each_is_told_before_the_next_is_read(publisher: Memory | None) -> None:
    """So no more than one is in memory, however many there are."""
    told = Told()

    async def letters() -> AsyncIterator[tuple[Record, DeadLetter]]:
        for number in range(5):
            assert len(told.all) == number
            record = dead_letter(offset=number)
            yield record, parse_dead_letter(record)

    assert await replay_each(letters(), set(), told, publisher) == Replayed(sent=5)


async def test_a_page_is_acknowledged_before_it_is_marked() -> None:
    publisher = Memory()
    await replay_each(pairs([dead_letter(offset=3)]), set(), Told(), publisher)
    page, marker = publisher.taken
    assert (page.topic, page.value) == ("documents.raw", dead_letter().value)
    assert (marker.topic, marker.value) == ("documents.dead-letter", None)
    assert marker.headers == (("broadsheet-replayed", b"documents.dead-letter/1/3"),)

    away = Memory(UnavailableError(ErrorCode.BROKER_UNAVAILABLE, "away"))
    with pytest.raises(UnavailableError):
        await replay_each(pairs([dead_letter()]), set(), Told(), away)
    assert len(away.taken) == 1


async def test_those_replayed_before_are_skipped_without_a_word() -> None:
    told = Told()
    records = [dead_letter(offset=1), dead_letter(offset=2)]
    done = await replay_each(pairs(records), {"documents.dead-letter/1/1"}, told, Memory())
    assert (done, told.all) == (Replayed(sent=1, skipped=1), [("1:2", None)])


@pytest.mark.parametrize("publisher", [None, Memory()])
async def test_one_of_a_foreign_topic_is_refused_and_the_rest_goes_on(publisher: Memory | None) -> None:
    told = Told()
    right = dead_letter(offset=2)
    foreign = replace(dead_letter(offset=1), headers=tuple((k, v.replace(b"raw", b"x")) for k, v in right.headers))
    assert await replay_each(pairs([foreign, right]), set(), told, publisher) == Replayed(sent=1, refused=1)
    reason = "invalid_event: dead letter 1:1 names the topic 'documents.x', not one of ours"
    assert told.all == [("1:1", reason), ("1:2", None)]


async def test_one_that_its_topic_does_not_take_is_refused_and_not_marked() -> None:
    told, publisher = Told(), Memory(TooLargeError("33 MiB"))
    assert await replay_each(pairs([dead_letter()]), set(), told, publisher) == Replayed(refused=1)
    assert told.all == [("1:0", "page_too_large: dead letter 1:0 is too large for documents.raw: 33 MiB")]
    assert len(publisher.taken) == 1
