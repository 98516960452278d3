"""Which processes the demo has started, however deep, and which of them are left."""

import asyncio
import time
from typing import Never

import psutil

LOOK_SECONDS = 1.0
"""How often the processes below this one are looked at; a look took 31 ms where 122 ran on two busy cores."""

END_SECONDS = 5.0
"""How long a process may take to end after its parent did: workers and their fork server end when their pipe closes."""


class Descendants:
    """Remembers every process that has been seen below this one since it was made.

    Asking for this process's children at the end would not do: one whose parent has died is nobody's below here.
    """

    def __init__(self) -> None:
        self._before = frozenset(_below())
        self._seen: set[psutil.Process] = set()

    async def watch(self) -> Never:
        """Look again and again, until it is cancelled."""
        while True:
            self.look()
            await asyncio.sleep(LOOK_SECONDS)

    def look(self) -> None:
        """Remember the processes that are below this one now."""
        self._seen.update(_below() - self._before)

    def left(self, patience: float = END_SECONDS) -> list[psutil.Process]:
        """Give the processes seen that still run after `patience` seconds; at once when none does."""
        self.look()
        deadline = time.monotonic() + patience
        while (left := [process for process in self._seen if _runs(process)]) and time.monotonic() < deadline:
            time.sleep(0.05)
        return left


def _below() -> set[psutil.Process]:
    return set(psutil.Process().children(recursive=True))


def _runs(process: psutil.Process) -> bool:
    """Tell whether it runs; a zombie does not, and its number taken by another process is told apart."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
