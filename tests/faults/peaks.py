"""The most memory that each process has taken, looked at again and again."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress

import psutil

from faults.world import World

LOOK_SECONDS = 2.0


class Peaks:
    """Follows the resident memory of every process of a world.

    Attributes:
        bytes: the largest found, by what the process is: a stage, one of its workers, or a server.
    """

    def __init__(self, world: World) -> None:
        self.bytes: dict[str, int] = {}
        self._world = world

    async def follow(self) -> None:
        """Look until cancelled."""
        while True:
            for name, size in await asyncio.to_thread(lambda: list(self._sizes())):
                self.bytes[name] = max(size, self.bytes.get(name, 0))
            await asyncio.sleep(LOOK_SECONDS)

    def _sizes(self) -> Iterator[tuple[str, int]]:
        for server, name in ((self._world.broker, "Kafka"), (self._world.index, "OpenSearch")):
            with suppress(psutil.Error):
                yield name, psutil.Process(server.child.pid).memory_info().rss
        for processor in list(self._world.processors.all):
            with suppress(psutil.Error):
                process = psutil.Process(processor.pid)
                yield processor.stage, process.memory_info().rss
                for child in process.children(recursive=True):
                    yield f"{processor.stage}, largest child", child.memory_info().rss
