"""What is held at a time while the index is filled anew."""

import asyncio
from collections.abc import AsyncIterator

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.cli.index_filling import batches
from broadsheet.runtime.records import Record


async def stream(records: list[Record]) -> AsyncIterator[Record]:
    for record in records:
        yield record


async def gathered(records: list[Record], most: int, most_bytes: int) -> list[list[Record]]:
    return [batch async for batch in batches(stream(records), most, most_bytes)]


@given(st.lists(st.integers(0, 40), max_size=30), st.integers(1, 8), st.integers(1, 100))
def test_a_batch_is_bounded_in_records_and_bytes_and_nothing_is_left_out(
    sizes: list[int], most: int, most_bytes: int
) -> None:
    records = [Record("documents.enriched", 0, offset, 0, b"key", b"x" * size, ()) for offset, size in enumerate(sizes)]

    found = asyncio.run(gathered(records, most, most_bytes))

    assert [record for batch in found for record in batch] == records
    assert all(0 < len(batch) <= most for batch in found)
    assert all(len(batch) == 1 or sum(record.size for record in batch) <= most_bytes for batch in found)
