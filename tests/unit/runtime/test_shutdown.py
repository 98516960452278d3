import asyncio
import os
import signal
from contextlib import AsyncExitStack

import pytest

from broadsheet.runtime.shutdown import SHORTEST_STOP_SECONDS, Shutdown, cancel, first_error


async def forever() -> None:
    await asyncio.Event().wait()


async def test_a_signal_begins_it() -> None:
    shutdown = Shutdown(30)
    shutdown.on_signals()
    try:
        os.kill(os.getpid(), signal.SIGTERM)
        await shutdown.wait()
        assert shutdown.begun
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().remove_signal_handler(number)


async def test_a_task_or_the_signal_comes_first_and_the_tasks_go_on() -> None:
    shutdown = Shutdown(30)
    quick, slow = asyncio.create_task(asyncio.sleep(0)), asyncio.create_task(forever())
    assert await shutdown.comes_after(quick, slow)
    assert not slow.done()

    asyncio.get_running_loop().call_soon(shutdown.begin)
    assert not await shutdown.comes_after(slow)
    assert not slow.done()
    await cancel(slow)


async def test_the_time_runs_from_the_signal_and_is_never_quite_over() -> None:
    shutdown = Shutdown(0.001)
    shutdown.begin()
    await asyncio.sleep(0.01)
    assert shutdown.remaining_seconds() == SHORTEST_STOP_SECONDS
    assert Shutdown(100).remaining_seconds() > 99


async def test_a_part_that_does_not_stop_is_given_up_and_the_others_are_stopped() -> None:
    shutdown = Shutdown(0)
    stopped = []

    async def stop() -> None:
        stopped.append("first")

    async with AsyncExitStack() as stack:
        shutdown.later(stack, "first", stop)
        shutdown.later(stack, "stuck", forever)
    assert stopped == ["first"]


async def test_an_error_of_a_task_is_raised() -> None:
    async def fail() -> None:
        raise ValueError("lost")

    failed, going = asyncio.create_task(fail()), asyncio.create_task(forever())
    await asyncio.wait([failed])
    with pytest.raises(ValueError, match="lost"):
        await first_error(going, failed)
    with pytest.raises(ValueError, match="lost"):
        await cancel(failed)
    await cancel(going)
