"""Replaying dead letters, some at a time: in transactions, marked, with a limit, and none refused without a word."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import pytest

from broadsheet.cli.replay_run import BATCH_BYTES, BATCH_LETTERS, Replayed, Run
from broadsheet.runtime.deadletters import DeadLetter, parse_dead_letter
from broadsheet.runtime.errors import DocumentError, UnavailableError
from broadsheet.runtime.publishing import OutputRecord, TooLargeError
from broadsheet.runtime.records import Record
from broadsheet_schemas.errors import ErrorCode
from unit.cli.test_letters import dead_letter, pairs


class Memory:
    """Transactions into memory; pages that are named too large are refused, and nothing is taken after that in one pass."""

    def __init__(self, *too_large: bytes, away: bool = False) -> None:
        self.too_large = too_large
        self.away = away
        self.committed: list[list[OutputRecord]] = []

    async def write(self, outputs: Sequence[OutputRecord]) -> None:
        if self.away:
            raise UnavailableError(ErrorCode.BROKER_UNAVAILABLE, "away")
        if any(output.value in self.too_large for output in outputs if output.value is not None):
            raise TooLargeError("33 MiB")
        self.committed.append(list(outputs))


class Told:
    """What was told of each dead letter: its place and, where it was refused, why."""

    def __init__(self) -> None:
        self.all: list[tuple[str, str | None]] = []

    def __call__(self, letter: DeadLetter, refusal: DocumentError | None) -> None:
        self.all.append((letter.position, f"{refusal.code}: {refusal.message}" if refusal else None))


def numbered(number: int, value: bytes | None = None) -> Record:
    """Give the dead letter at an offset, of a page that says so."""
    return replace(dead_letter(offset=number), value=value or b"page %d" % number)


async def run(
    records: Sequence[Record], told: Told, writer: Memory | None, *, marks: set[str] | None = None, limit: int = 10
) -> Replayed:
    replaying = Run(told, max_attempts=limit)
    while not await replaying.over(pairs(records), marks or set(), writer):
        pass
    return replaying.done


async def test_what_is_held_is_bounded_by_number() -> None:
    told, writer = Told(), Memory()

    async def letters() -> AsyncIterator[tuple[Record, DeadLetter]]:
        for number in range(2 * BATCH_LETTERS + 1):
            assert number - len(told.all) <= BATCH_LETTERS
            record = numbered(number)
            yield record, parse_dead_letter(record)

    replaying = Run(told, max_attempts=10)
    assert await replaying.over(letters(), set(), writer)
    assert replaying.done == Replayed(sent=2 * BATCH_LETTERS + 1)
    assert [len(outputs) // 2 for outputs in writer.committed] == [BATCH_LETTERS, BATCH_LETTERS, 1]


async def test_what_is_held_is_bounded_by_bytes() -> None:
    third, writer = b"x" * (BATCH_BYTES // 3), Memory()
    sizes = [third, third, third, 2 * BATCH_BYTES * b"x", b"small"]
    assert await run([numbered(n, value) for n, value in enumerate(sizes)], Told(), writer) == Replayed(sent=5)
    assert [len(outputs) // 2 for outputs in writer.committed] == [2, 1, 1, 1]


async def test_a_page_and_its_marker_are_written_together() -> None:
    writer = Memory()
    await run([numbered(3)], Told(), writer)
    ((page, marker),) = writer.committed
    assert (page.topic, page.value) == ("documents.raw", b"page 3")
    assert (marker.topic, marker.value) == ("documents.dead-letter", None)
    assert marker.headers == (("broadsheet-replayed", b"documents.dead-letter/1/3"),)


async def test_nothing_is_told_as_sent_that_the_broker_has_not() -> None:
    told = Told()
    with pytest.raises(UnavailableError):
        await run([numbered(0)], told, Memory(away=True))
    assert told.all == []


async def test_those_replayed_before_are_skipped_without_a_word() -> None:
    told = Told()
    done = await run([numbered(1), numbered(2)], told, Memory(), marks={"documents.dead-letter/1/1"})
    assert (done, told.all) == (Replayed(sent=1, skipped=1), [("1:2", None)])


@pytest.mark.parametrize("writer", [None, Memory()])
async def test_one_of_a_foreign_topic_is_refused_and_the_rest_goes_on(writer: Memory | None) -> None:
    told, right = Told(), numbered(2)
    foreign = replace(numbered(1), headers=tuple((k, v.replace(b"raw", b"x")) for k, v in right.headers))
    assert await run([foreign, right], told, writer) == Replayed(sent=1, refused=1)
    reason = "invalid_event: dead letter 1:1 names the topic 'documents.x', not one of ours"
    assert told.all == [("1:1", reason), ("1:2", None)]


@pytest.mark.parametrize("writer", [None, Memory()])
async def test_one_that_was_tried_as_often_as_the_limit_allows_is_refused(writer: Memory | None) -> None:
    told = Told()
    tried = [
        replace(numbered(n), headers=tuple((k, b"%d" % n if "attempts" in k else v) for k, v in numbered(n).headers))
        for n in (2, 3, 4)
    ]
    assert await run(tried, told, writer, limit=3) == Replayed(sent=1, refused=2)
    refused = [
        (f"1:{n}", f"attempts_exhausted: dead letter 1:{n} was tried {n} times and the limit is 3") for n in (3, 4)
    ]
    assert told.all == [*refused, ("1:2", None)]


async def test_one_that_its_topic_does_not_take_is_refused_and_those_beside_it_are_sent() -> None:
    told, writer = Told(), Memory(b"page 1")
    assert await run([numbered(n) for n in range(3)], told, writer) == Replayed(sent=2, refused=1)
    reason = "page_too_large: dead letter 1:1 is too large for documents.raw: 33 MiB"
    assert told.all == [("1:0", None), ("1:1", reason), ("1:2", None)]
    assert [outputs[0].value for outputs in writer.committed] == [b"page 0", b"page 2"]
