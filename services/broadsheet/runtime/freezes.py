"""Ends a process that stood still for longer than its group waits: a machine suspended, a container paused, SIGSTOP.

By then the group has given its partitions, or its very name in the group, to another process. What it had in hand is
being done elsewhere, and it must neither commit nor go on as if nothing had happened. aiokafka would: it joins the group
again under the same name, the process that stands there does the same in turn, and the two throw each other out for ever.
"""

import os
import threading
import time
from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)

INTERVAL_SECONDS = 0.25
"""How often the clock is looked at. The thread may not come later than the consumer's heartbeat, which is its rival."""


class FreezeWatch:
    """A thread that looks at the clock, and ends the process when the clock has jumped.

    A thread, not a task: the event loop may be busy while the process is well, and the consumer's thread goes on by itself.
    It ends the process at once, as SIGKILL would, which every part of Broadsheet survives: whatever else ran first could
    still commit or publish. The worker processes end with it.
    """

    def __init__(
        self,
        limit_seconds: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        end: Callable[[int], object] = os._exit,
    ) -> None:
        """Describe the watch; `start` begins it.

        Args:
            limit_seconds: the longest time to stand still; the session timeout of the consumer group.
            clock: monotonic seconds.
            end: ends the process with a status.
        """
        self._limit = limit_seconds
        self._clock = clock
        self._end = end
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="freeze-watch", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    async def stop(self) -> None:
        """End the watch, not the process."""
        self._stopped.set()

    def _watch(self) -> None:
        before = self._clock()
        while not self._stopped.wait(INTERVAL_SECONDS):
            now = self._clock()
            if now - before > self._limit:
                log.critical(
                    "this process stood still and has lost its place in the group", seconds=round(now - before)
                )
                self._end(1)
                return
            before = now
