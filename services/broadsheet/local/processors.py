"""All processors of a stack as child processes, started, awaited and stopped together."""

import asyncio
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import aiohttp

from broadsheet.local.child import Child
from broadsheet.local.ports import free_port
from broadsheet.local.processor import Processor, Report, log_death
from broadsheet.runtime.settings import ENV_PREFIX

READY_SECONDS = 120.0
"""A processor is ready after about 3 s on an idle machine of two cores; four start side by side, on loaded ones too."""

QUESTION_SECONDS = 5.0


def run_command(stage: str) -> Sequence[str]:
    """Give the command that runs the processor of `stage`."""
    return (sys.executable, "-m", "broadsheet", "run", stage)


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
