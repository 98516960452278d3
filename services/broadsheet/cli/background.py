"""An event loop in a thread, for commands whose main thread reads input.

Reading stdin blocks. In the loop's own thread it would hold up acknowledgements; in a worker thread it could not be
interrupted by Ctrl-C. So the main thread reads, and the loop runs beside it.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Submit(Protocol):
    """Starts a coroutine on the loop; gives a future for other threads to wait on."""

    def __call__(self, work: Coroutine[Any, Any, T], /) -> Future[T]: ...  # noqa: D102 - described by the class


@contextmanager
def background_loop() -> Iterator[Submit]:
    """Run an event loop in a thread while the block runs; work that is unfinished at the end is cancelled."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="background-loop", daemon=True)
    thread.start()

    def submit(work: Coroutine[Any, Any, T], /) -> Future[T]:
        return asyncio.run_coroutine_threadsafe(work, loop)

    try:
        yield submit
    finally:
        submit(_cancel_others()).result()
        _stop(loop.stop, loop, thread)


async def _cancel_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def _stop(stop: Callable[[], None], loop: asyncio.AbstractEventLoop, thread: threading.Thread) -> None:
    loop.call_soon_threadsafe(stop)
    thread.join()
    loop.close()
