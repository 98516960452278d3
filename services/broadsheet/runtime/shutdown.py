"""Stopping in order and in time: told by a signal, every part gets what is left of the time, and is then given up."""

import asyncio
import signal
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from typing import Any

import structlog

log = structlog.get_logger(__name__)

SHORTEST_STOP_SECONDS = 0.5
"""Each part gets as long to stop even when the time is over: closing takes milliseconds unless the broker is away."""


class Shutdown:
    """The end of a process: whether it has begun, and how much of its time is left."""

    def __init__(self, timeout_seconds: float) -> None:
        self._timeout = timeout_seconds
        self._deadline: float | None = None
        self._told = asyncio.Event()

    def on_signals(self) -> None:
        """Begin when SIGTERM or SIGINT comes."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.begin)

    def begin(self) -> None:
        """Begin; the time runs from now."""
        self.remaining_seconds()
        self._told.set()

    @property
    def begun(self) -> bool:
        """Whether the process was told to stop."""
        return self._told.is_set()

    async def wait(self) -> None:
        """Wait until the process is told to stop."""
        await self._told.wait()

    async def comes_after(self, *tasks: asyncio.Task[Any]) -> bool:
        """Wait for the first of the tasks or the signal; true when a task was first. The tasks go on."""
        told = asyncio.create_task(self.wait(), name="stop")
        await asyncio.wait([told, *tasks], return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        return not self.begun and any(task.done() for task in tasks)

    def remaining_seconds(self) -> float:
        """Give what is left of the time, which runs from the signal, or else from the first call."""
        if self._deadline is None:
            self._deadline = time.monotonic() + self._timeout
        return max(SHORTEST_STOP_SECONDS, self._deadline - time.monotonic())

    def later(self, stack: AsyncExitStack, part: str, stop: Callable[[], Awaitable[Any]]) -> None:
        """Have `stack` stop a part at its end, and give it up when the time is over."""

        async def bounded() -> None:
            try:
                async with asyncio.timeout(self.remaining_seconds()):
                    await stop()
            except TimeoutError:
                log.warning("gave up waiting for a part to stop", part=part)

        stack.push_async_callback(bounded)


async def in_daemon(work: Callable[[], None]) -> None:
    """Do blocking work in a thread that the end of the process does not wait for, should this wait be given up."""
    loop = asyncio.get_running_loop()
    done = asyncio.Event()

    def run() -> None:
        try:
            work()
        finally:
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(done.set)

    threading.Thread(target=run, name="stop", daemon=True).start()
    await done.wait()


async def first_error(*tasks: asyncio.Task[Any]) -> None:
    """Raise the error of the first task that has ended by one, if any has."""
    for task in tasks:
        if task.done():
            task.result()


async def cancel(task: asyncio.Task[Any]) -> None:
    """Cancel a task and wait for its end; an error that it had raised before is raised."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
