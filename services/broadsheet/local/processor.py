"""One processor as a child process: started, restarted when it dies, stopped.

Mode's supervisors (a dependency of Faust) were considered: they notice a death by polling every 5 s, restart one
service after the other without a growing pause, and end the whole program when there are too many restarts.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import aiohttp
import structlog

from broadsheet.local.child import POLL_SECONDS, Child
from broadsheet.local.ports import HOST, require_free

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
STABLE_SECONDS = 60.0
"""One that ran this long is healthy: its next death is the first again."""

STOP_SECONDS = 25.0
"""A processor bounds its own stop to 20 s (`BROADSHEET_SHUTDOWN_TIMEOUT_SECONDS`), so a kill comes only after that."""


@dataclass(frozen=True, slots=True)
class Death:
    """A processor that ended by itself.

    Attributes:
        stage: which stage it is of.
        instance: its name within the stage.
        status: exit status; 128 + N after signal N.
        pause: seconds until it is started again, or None when it is not.
        log: its log file.
    """

    stage: str
    instance: str
    status: int
    pause: float | None
    log: Path


Report = Callable[[Death], None]


def log_death(death: Death) -> None:
    """Report a death as a log line."""
    structlog.get_logger(__name__).warning(
        "processor died",
        stage=death.stage,
        instance=death.instance,
        status=death.status,
        restart_after_seconds=death.pause,
        log=str(death.log),
    )


class Processor:
    """One supervised process of a stage.

    Attributes:
        stage: which stage it runs.
        instance: its name within the stage.
        url: where it serves health and metrics.
        child: its process.
        restart: whether it is started again when it dies; may be changed at any time.
        deaths: how often it has ended by itself.
    """

    def __init__(self, stage: str, instance: str, port: int, child: Child, report: Report) -> None:
        self.stage = stage
        self.instance = instance
        self.url = f"http://{HOST}:{port}"
        self.child = child
        self.restart = True
        self.deaths = 0
        self._been_ready = False
        self._port = port
        self._report = report
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        """Process id of the processor itself, the last one while it is being restarted."""
        return self.child.pid

    async def start(self) -> None:
        """Start it and watch over it from now on; also after it died with `restart` off.

        Raises:
            OperatorError: its port is in use, or the command cannot be run (`stack`).
        """
        await self.stop()
        require_free(self._port, f"the {self.stage}")
        self._stopping.clear()
        await asyncio.to_thread(self.child.start)
        self._task = asyncio.create_task(self._watch(), name=f"watch over {self.child.name}")

    async def stop(self) -> None:
        """Stop it: SIGTERM, and SIGKILL after a while; does nothing when it does not run.

        Raises:
            OperatorError: it died earlier, and could not be started again (`stack`).
        """
        self._stopping.set()
        if self._task is not None:
            task, self._task = self._task, None
            await task

    async def wait_until_ready(self, session: aiohttp.ClientSession, deadline: float) -> None:
        """Wait until `/health/ready` answers yes.

        One that dies before it has ever been ready is given up at once; later deaths are waited out while it is restarted.

        Args:
            session: asks; its timeout bounds each question.
            deadline: on the monotonic clock.

        Raises:
            OperatorError: it died, or the deadline passed (`stack`); names its log and shows the end of it.
        """
        while not await self._answers(session):
            if self.deaths and not (self._been_ready and (self.restart or self.child.running)):
                raise self.child.failure(f"ended with exit status {self.child.status()} before it was ready")
            if time.monotonic() > deadline:
                raise self.child.failure("was not ready in time")
            await asyncio.sleep(POLL_SECONDS)
        self._been_ready = True

    async def _answers(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(f"{self.url}/health/ready") as answer:
                return answer.status == HTTPStatus.OK
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def _watch(self) -> None:
        """Start it again whenever it dies, until it is to be stopped; then stop it."""
        failures = 0
        while True:
            started = time.monotonic()
            while self.child.running:
                if await self._told_to_stop(POLL_SECONDS):
                    self.child.terminate()  # at once: a thread may have to be waited for
                    await asyncio.to_thread(self.child.stop, STOP_SECONDS)
                    return
            self.deaths += 1
            failures = 1 if time.monotonic() - started >= STABLE_SECONDS else failures + 1
            pause = min(FIRST_PAUSE_SECONDS * 2 ** (failures - 1), LONGEST_PAUSE_SECONDS) if self.restart else None
            self._report(Death(self.stage, self.instance, self.child.status() or 0, pause, self.child.log))
            if pause is None or await self._told_to_stop(pause):
                return
            await asyncio.to_thread(self.child.start)

    async def _told_to_stop(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return False
        return True
