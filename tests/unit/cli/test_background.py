"""The loop beside the main thread runs what it is given and leaves nothing behind."""

import asyncio
import threading
from concurrent.futures import CancelledError

import pytest

from broadsheet.cli.background import background_loop


async def double(number: int) -> int:
    await asyncio.sleep(0)
    return 2 * number


def test_work_runs_beside_the_main_thread() -> None:
    with background_loop() as submit:
        futures = [submit(double(number)) for number in range(3)]
        assert [future.result() for future in futures] == [0, 2, 4]
    assert "background-loop" not in {thread.name for thread in threading.enumerate()}


def test_an_error_reaches_the_one_who_waits() -> None:
    async def fail() -> None:
        raise ValueError("no")

    with background_loop() as submit, pytest.raises(ValueError, match="no"):
        submit(fail()).result()


def test_unfinished_work_is_cancelled_at_the_end() -> None:
    cancelled = threading.Event()

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    with background_loop() as submit:
        future = submit(wait())
    assert cancelled.is_set()
    with pytest.raises(CancelledError):
        future.result()
