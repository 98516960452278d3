"""The faults: what each does to a running world, how long it lasts, and how it is undone."""

import asyncio
import os
import signal
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal

from broadsheet.local.processor import Processor
from broadsheet.local.server import Server
from faults.world import SESSION_SECONDS, World
from roads import READY_SECONDS

OUTLASTS_SESSION_SECONDS = 1.5 * SESSION_SECONDS


class Fault(ABC):
    """One thing that goes wrong.

    Attributes:
        name: its kind, for people and tables.
        stage: the stage that should have work when it happens, for it is the one that suffers.
        seconds: how long it lasts between `apply` and `undo`.
    """

    name: str
    stage: str
    seconds: float = 0.0

    @abstractmethod
    async def apply(self, world: World) -> None:
        """Let it happen; returns when it has."""

    async def undo(self, world: World) -> None:  # noqa: B027 - most set themselves right
        """Set right what does not set itself right; returns when that is done."""


@asynccontextmanager
async def during(fault: Fault, world: World) -> AsyncIterator[None]:
    """Let a fault last at least for the block; it is undone whatever happens."""
    try:
        await fault.apply(world)
        lasts = asyncio.create_task(asyncio.sleep(fault.seconds))
        yield
        await lasts
    finally:
        await fault.undo(world)


@dataclass
class Killed(Fault):
    """A processor dies by SIGKILL; its supervisor replaces it at once."""

    stage: str
    name = "processor killed, replaced at once"

    async def apply(self, world: World) -> None:
        os.kill(_first(world, self.stage).pid, signal.SIGKILL)


@dataclass
class KilledForLong(Killed):
    """A processor dies by SIGKILL and is replaced only when its group has given it up."""

    name = "processor killed, replaced late"
    seconds = OUTLASTS_SESSION_SECONDS

    async def apply(self, world: World) -> None:
        _first(world, self.stage).restart = False
        await super().apply(world)

    async def undo(self, world: World) -> None:
        processor = _first(world, self.stage)
        processor.restart = True
        await processor.start()


@dataclass
class Frozen(Fault):
    """A processor stands still (SIGSTOP) until its group has given it up, and then goes on: a zombie."""

    stage: str
    name = "processor frozen"
    seconds = OUTLASTS_SESSION_SECONDS
    _pid: int = 0

    async def apply(self, world: World) -> None:
        self._pid = _first(world, self.stage).pid
        os.kill(self._pid, signal.SIGSTOP)

    async def undo(self, world: World) -> None:  # noqa: ARG002 - it may have a successor in the world by now
        os.kill(self._pid, signal.SIGCONT)


@dataclass
class Stopped(Fault):
    """A processor is asked to end (SIGTERM) and started anew, as when it is updated."""

    stage: str
    name = "processor stopped and started"

    async def apply(self, world: World) -> None:
        await _first(world, self.stage).stop()

    async def undo(self, world: World) -> None:
        await _first(world, self.stage).start()


@dataclass
class Joined(Fault):
    """A second process of a stage joins, works along and leaves: two rebalances."""

    stage: str
    name = "processor joined and left"
    seconds = 5.0
    _second: Processor | None = None

    async def apply(self, world: World) -> None:
        self._second = world.processors.add(self.stage)
        await self._second.start()
        await world.processors.wait_until_ready(READY_SECONDS)

    async def undo(self, world: World) -> None:
        if self._second is not None:
            await self._second.stop()
            world.processors.all.remove(self._second)


@dataclass
class ServerKilled(Fault):
    """Kafka or OpenSearch dies by SIGKILL and is started anew after a while."""

    which: Literal["broker", "index"]
    seconds: float = 0.0
    stage = "indexer"

    def __post_init__(self) -> None:
        self.name = f"{self.which} killed and restarted"

    async def apply(self, world: World) -> None:
        server = self._server(world)
        os.kill(server.child.pid, signal.SIGKILL)
        await asyncio.to_thread(server.child.wait, 60)

    async def undo(self, world: World) -> None:
        await asyncio.to_thread(self._server(world).start)

    def _server(self, world: World) -> Server:
        return world.broker if self.which == "broker" else world.index


@dataclass
class IndexSlow(Fault):
    """OpenSearch takes long over every request."""

    delay_seconds: float = 1.0
    name = "index slow"
    stage = "indexer"
    seconds = 5.0

    async def apply(self, world: World) -> None:
        world.proxy.delay_seconds = self.delay_seconds

    async def undo(self, world: World) -> None:
        world.proxy.delay_seconds = 0.0


@dataclass
class IndexBusy(Fault):
    """OpenSearch answers 429, to whole requests or to some of the writes in each."""

    what: Literal["requests", "items"]
    stage = "indexer"
    seconds = 5.0

    def __post_init__(self) -> None:
        self.name = f"index busy (429 to {self.what})"

    async def apply(self, world: World) -> None:
        world.proxy.busy = self.what

    async def undo(self, world: World) -> None:
        world.proxy.busy = None


def _first(world: World, stage: str) -> Processor:
    return world.processors.of(stage)[0]
