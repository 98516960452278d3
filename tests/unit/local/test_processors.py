import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import psutil
import pytest

import standin
from broadsheet.local import processor as module
from broadsheet.local.processor import Death
from broadsheet.local.processors import Processors
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

pytestmark = pytest.mark.processes


def command(stage: str) -> Sequence[str]:
    return (sys.executable, str(standin.__file__), stage)


def failing(_stage: str) -> Sequence[str]:
    return (sys.executable, "-c", "raise SystemExit('no broker')")


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110 - another process is waited for
            await asyncio.sleep(0.02)


@pytest.fixture
def deaths() -> list[Death]:
    return []


@pytest.fixture
async def processors(tmp_path: Path, deaths: list[Death]) -> AsyncIterator[Processors]:
    processors = Processors(
        tmp_path, {"BROADSHEET_BOOTSTRAP_SERVERS": "broker:1"}, command=command, report=deaths.append
    )
    yield processors
    await processors.stop()


async def test_each_is_told_its_stage_and_its_own_instance_and_port(processors: Processors, tmp_path: Path) -> None:
    for _ in range(2):
        processors.add("tagger")
    await processors.start()
    await processors.wait_until_ready()
    first, second = processors.of("tagger")
    assert first.url != second.url
    assert (tmp_path / "tagger-0.log").read_text().split() == ["tagger", "0", "broker:1"]
    assert (tmp_path / "tagger-1.log").read_text().split() == ["tagger", "1", "broker:1"]
    assert psutil.Process(second.pid).cmdline() == list(command("tagger"))


async def test_a_killed_one_is_reported_and_started_again(processors: Processors, deaths: list[Death]) -> None:
    killed, spared = processors.add("intake"), processors.add("indexer")
    await processors.start()
    await processors.wait_until_ready()
    before, other = killed.pid, spared.pid
    os.kill(before, signal.SIGKILL)
    await until(lambda: bool(deaths))
    await processors.wait_until_ready()
    assert killed.pid != before
    assert spared.pid == other
    assert [(death.stage, death.instance, death.status, death.pause) for death in deaths] == [
        ("intake", "0", 128 + signal.SIGKILL, module.FIRST_PAUSE_SECONDS)
    ]


async def test_with_restart_off_it_stays_dead_until_it_is_started(processors: Processors, deaths: list[Death]) -> None:
    processor = processors.add("intake")
    processor.restart = False
    await processors.start()
    await processors.wait_until_ready()
    before = processor.pid
    os.kill(before, signal.SIGKILL)
    await until(lambda: bool(deaths))
    assert deaths[0].pause is None
    with pytest.raises(OperatorError, match="ended with exit status 137"):
        await processors.wait_until_ready()
    await processor.start()
    await processors.wait_until_ready()
    assert processor.pid != before


async def test_the_pause_before_a_restart_doubles_up_to_a_bound(
    tmp_path: Path, deaths: list[Death], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(module, "LONGEST_PAUSE_SECONDS", 0.03)
    processors = Processors(tmp_path, {}, command=failing, report=deaths.append)
    processors.add("intake")
    await processors.start()
    await until(lambda: len(deaths) >= 4)
    await processors.stop()
    assert [death.pause for death in deaths[:4]] == [0.01, 0.02, 0.03, 0.03]
    assert {death.status for death in deaths} == {1}


async def test_one_that_dies_before_it_is_ready_is_an_error_with_the_end_of_its_log(
    tmp_path: Path, deaths: list[Death]
) -> None:
    processors = Processors(tmp_path, {}, command=failing, report=deaths.append)
    processors.add("tagger")
    await processors.start()
    with pytest.raises(OperatorError, match=r"the tagger \(instance 0\) ended with(.|\n)*no broker") as caught:
        await processors.wait_until_ready()
    await processors.stop()
    assert caught.value.code == ErrorCode.STACK
    assert str(tmp_path / "tagger-0.log") in caught.value.message


async def test_stopping_leaves_none_and_reports_no_death(processors: Processors, deaths: list[Death]) -> None:
    processors.add("intake")
    processors.add("indexer")
    await processors.start()
    await processors.stop()
    assert not any(psutil.pid_exists(processor.pid) for processor in processors.all)
    assert not deaths
