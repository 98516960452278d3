import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest
from faust.events import Event
from faust.types import EventT
from hypothesis import given
from hypothesis import strategies as st
from mode.utils.queues import FlowControlEvent

from broadsheet.runtime.consumption import BoundedQueue, record_of
from broadsheet.runtime.groups import consumer_group


def queue(max_bytes: int) -> BoundedQueue:
    flow = FlowControlEvent(initially_suspended=False)
    return BoundedQueue(maxsize=100, flow_control=flow, clear_on_resume=True, max_bytes=max_bytes)


def event(size: int, key: bytes | None = None, headers: object = None) -> EventT[Any]:
    made = object.__new__(Event)
    made.value = b"x" * size
    made.message = cast("Any", SimpleNamespace(key=key, value=made.value, headers=headers))
    return made


async def test_the_buffer_is_full_by_bytes_and_has_room_again_when_read() -> None:
    buffer = queue(100)
    await buffer.put(event(60))
    assert not buffer.full()
    await buffer.put(event(60))
    assert buffer.full()

    blocked = asyncio.create_task(buffer.put(event(1)))
    await asyncio.sleep(0.01)
    assert not blocked.done()
    await buffer.get()
    await blocked
    assert buffer.qsize() == 2


@pytest.mark.parametrize("large", [event(1, b"k" * 120), event(1, headers=[("a", b"h" * 120), ("b", None)])])
async def test_keys_and_headers_fill_the_buffer_too(large: EventT[Any]) -> None:
    buffer = queue(100)
    await buffer.put(large)
    assert buffer.full()
    await buffer.get()
    assert not buffer.full()


async def test_a_cleared_buffer_is_empty_in_bytes_too() -> None:
    buffer = queue(100)
    await buffer.put(event(200))
    buffer.clear()
    assert not buffer.full()


async def test_one_event_larger_than_the_buffer_passes() -> None:
    buffer = queue(100)
    await buffer.put(event(5000))
    assert (await buffer.get()).value == b"x" * 5000


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (None, ()),
        ([("url", b"a"), ("url", b"b")], (("url", b"a"), ("url", b"b"))),
        ({"url": b"a"}, (("url", b"a"),)),
        ([("flag", None)], (("flag", b""),)),
    ],
)
def test_a_record_is_copied_with_its_headers_in_order(headers: object, expected: object) -> None:
    message = SimpleNamespace(topic="t", partition=2, offset=9, timestamp=1.5, key=None, value=b"page", headers=headers)
    record = record_of(cast("EventT[Any]", SimpleNamespace(message=message)))

    assert (record.topic, record.partition, record.offset, record.timestamp_ms) == ("t", 2, 9, 1500)
    assert (record.key, record.value, record.headers) == (None, b"page", expected)


@given(milliseconds=st.integers(0, 4_102_444_800_000))
def test_a_record_has_the_brokers_timestamp_to_the_millisecond(milliseconds: int) -> None:
    message = SimpleNamespace(
        topic="t", partition=0, offset=0, timestamp=milliseconds / 1000.0, key=None, value=None, headers=None
    )
    record = record_of(cast("EventT[Any]", SimpleNamespace(message=message)))

    assert record.timestamp_ms == milliseconds


def test_groups_of_installations_are_apart() -> None:
    assert consumer_group("intake", "blue.") == "blue.broadsheet-intake"
