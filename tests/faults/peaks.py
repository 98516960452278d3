"""The most memory that each process has taken, looked at again and again."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import suppress

import psutil

from broadsheet.local.processors import Processors
from broadsheet.local.server import Server


class Peaks:
    """Follows the resident memory of processors, their workers and servers.

    Args:
        processors: the processors.
        servers: servers to follow too, by what they are called.
        every_seconds: how often it looks.

    Attributes:
        bytes: the largest found, by what the process is: a stage, its `largest child`, or a server.
    """

    def __init__(
        self, processors: Processors, servers: Mapping[str, Server] | None = None, *, every_seconds: float = 2.0
    ) -> None:
        self.bytes: dict[str, int] = {}
        self._processors = processors
        self._servers = servers or {}
        self._every = every_seconds

    async def follow(self) -> None:
        """Look until cancelled."""
        while True:
            for name, size in await asyncio.to_thread(lambda: list(self._sizes())):
                self.bytes[name] = max(size, self.bytes.get(name, 0))
            await asyncio.sleep(self._every)

    def _sizes(self) -> Iterator[tuple[str, int]]:
        for name, server in self._servers.items():
            with suppress(psutil.Error):
                yield name, psutil.Process(server.child.pid).memory_info().rss
        for processor in list(self._processors.all):
            with suppress(psutil.Error):
                process = psutil.Process(processor.pid)
                yield processor.stage, process.memory_info().rss
                for child in process.children(recursive=True):
                    yield largest_child(processor.stage), child.memory_info().rss


def largest_child(stage: str) -> str:
    """Give what the largest of a processor's worker processes is called."""
    return f"{stage}, largest child"
