"""The processors as child processes: started, restarted when they die, stopped; the command of each can be replaced.

Mode's supervisors (a dependency of Faust) were considered: they notice a death by polling every 5 s, restart one
service after the other without a growing pause, and end the whole program when there are too many restarts.
"""

import asyncio
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import aiohttp
import structlog

from broadsheet.local.child import POLL_SECONDS, Child
from broadsheet.local.ports import HOST, free_port, require_free
from broadsheet.runtime.settings import ENV_PREFIX

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
STABLE_SECONDS = 60.0
"""One that ran this long is healthy: its next death is the first again."""

READY_SECONDS = 120.0
"""A processor is ready after about 3 s on an idle machine of two cores; four start side by side, on loaded ones too."""

QUESTION_SECONDS = 5.0
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


def run_command(stage: str) -> Sequence[str]:
    """Give the command that runs the processor of `stage`."""
    return (sys.executable, "-m", "broadsheet", "run", stage)


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


class Processors:
    """All processors of a stack, in the order they were added."""

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str],
        *,
        command: Callable[[str], Sequence[str]] = run_command,
        report: Report = log_death,
        remove: Path | None = None,
    ) -> None:
        """Describe them; `add` names each.

        Args:
            folder: where their logs go, `<stage>-<instance>.log`.
            environment: variables that all of them get.
            command: gives the command that runs a stage.
            report: called at each death.
            remove: folder that is removed should this process die; None keeps everything.
        """
        self._folder = folder
        self._environment = dict(environment)
        self._command = command
        self._report = report
        self._remove = remove
        self.all: list[Processor] = []

    def add(self, stage: str, port: int | None = None) -> Processor:
        """Add a process of `stage`, named by its number within the stage, serving HTTP on `port` or a free one."""
        port = port or free_port()
        instance = str(len(self.of(stage)))
        child = Child(
            f"the {stage} (instance {instance})",
            self._command(stage),
            log=self._folder / f"{stage}-{instance}.log",
            environment=self._environment | {f"{ENV_PREFIX}INSTANCE": instance, f"{ENV_PREFIX}HTTP_PORT": str(port)},
            remove=self._remove,
        )
        processor = Processor(stage, instance, port, child, self._report)
        self.all.append(processor)
        return processor

    def of(self, stage: str) -> list[Processor]:
        """Give the processes of one stage."""
        return [processor for processor in self.all if processor.stage == stage]

    async def start(self) -> None:
        """Start all of them side by side.

        Raises:
            OperatorError: a port is in use, or the command cannot be run (`stack`).
        """
        await asyncio.gather(*(processor.start() for processor in self.all))

    async def wait_until_ready(self, seconds: float = READY_SECONDS) -> None:
        """Wait until `/health/ready` of each answers yes.

        Raises:
            OperatorError: one died before it was ready, or took longer than `seconds` (`stack`).
        """
        deadline = time.monotonic() + seconds
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=QUESTION_SECONDS)) as session:
            await asyncio.gather(*(processor.wait_until_ready(session, deadline) for processor in self.all))

    async def stop(self) -> None:
        """Stop all of them side by side.

        Raises:
            OperatorError: one had died and could not be started again (`stack`).
        """
        outcomes = await asyncio.gather(*(processor.stop() for processor in self.all), return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome
