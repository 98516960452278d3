"""A process that stood still ends itself; one that only waits does not."""

import threading
import time
from collections.abc import Iterator

from broadsheet.runtime.freezes import FreezeWatch

WAIT_SECONDS = 30.0


def jumping(*moments: float) -> Iterator[float]:
    """Give moments, and then the last one for ever."""
    yield from moments
    while True:
        yield moments[-1]


def ended(clock: Iterator[float], *, looks: int) -> list[int]:
    """Watch until the process is ended or the clock has been looked at so often; gives the statuses it was ended with."""
    statuses: list[int] = []
    over = threading.Event()
    seen = 0

    def look() -> float:
        nonlocal seen
        seen += 1
        if seen > looks:
            over.set()
        return next(clock)

    def end(status: int) -> None:
        statuses.append(status)
        over.set()

    FreezeWatch(10, clock=look, end=end).start()
    assert over.wait(WAIT_SECONDS)
    return statuses


def test_a_clock_that_jumps_past_the_limit_ends_the_process() -> None:
    assert ended(jumping(0, 0.3, 10.4), looks=10) == [1]


def test_a_clock_that_goes_on_ends_nothing() -> None:
    assert ended(jumping(0, 9, 18, 27), looks=6) == []


async def test_a_watch_that_is_stopped_looks_no_more() -> None:
    looked = threading.Event()

    def clock() -> float:
        looked.set()
        return time.monotonic()

    watch = FreezeWatch(10, clock=clock)
    watch.start()
    assert looked.wait(WAIT_SECONDS)
    await watch.stop()
    watch._thread.join(WAIT_SECONDS)
    assert not watch._thread.is_alive()
