import asyncio
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.runtime.batching import Batcher, Delivery
from broadsheet.runtime.records import Record


async def _nothing() -> None:
    return None


def delivery(size: int, offset: int = 0) -> Delivery:
    return Delivery(Record("t", 0, offset, 0, None, b"x" * size), _nothing)


async def drain(batcher: Batcher, sizes: Sequence[int]) -> list[list[Delivery]]:
    async def feed() -> None:
        for offset, size in enumerate(sizes):
            await batcher.add(delivery(size, offset))

    feeding = asyncio.create_task(feed())
    batches: list[list[Delivery]] = []
    while sum(map(len, batches)) < len(sizes):
        batches.append(await batcher.take())
    await feeding
    return batches


@given(sizes=st.lists(st.integers(0, 40), max_size=30), max_records=st.integers(1, 5), max_bytes=st.integers(1, 50))
def test_every_delivery_comes_out_once_in_order_within_the_limits(
    sizes: list[int], max_records: int, max_bytes: int
) -> None:
    batches = asyncio.run(drain(Batcher(max_records, max_bytes, 0.0), sizes))

    assert [item.record.offset for batch in batches for item in batch] == list(range(len(sizes)))
    for batch in batches:
        assert len(batch) <= max_records
        assert len(batch) == 1 or sum(item.record.size for item in batch) <= max_bytes


async def test_adding_blocks_while_a_batch_is_full() -> None:
    batcher = Batcher(max_records=2, max_bytes=1000, max_wait_seconds=0)
    await batcher.add(delivery(1))
    await batcher.add(delivery(1))

    third = asyncio.create_task(batcher.add(delivery(1)))
    await asyncio.sleep(0.01)
    assert not third.done()

    await batcher.take()
    await third


async def test_a_record_larger_than_the_limit_passes_alone() -> None:
    batches = await drain(Batcher(max_records=10, max_bytes=100, max_wait_seconds=0.0), [10, 5000, 10])

    assert [[item.record.size for item in batch] for batch in batches] == [[10], [5000], [10]]


async def test_a_cancelled_take_loses_nothing() -> None:
    batcher = Batcher(max_records=10, max_bytes=100, max_wait_seconds=60)
    taking = asyncio.create_task(batcher.take())
    await asyncio.sleep(0)
    await batcher.add(delivery(1))
    taking.cancel()
    await asyncio.gather(taking, return_exceptions=True)

    for _ in range(9):
        await batcher.add(delivery(1))
    assert len(await batcher.take()) == 10
