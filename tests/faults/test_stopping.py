"""SIGTERM under load: a clean end within the bound, nothing left behind, nothing repeated."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import psutil
import pytest

from broadsheet.local.ports import free_port
from toy_road import PROCESSOR, Road, codes, ends

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

BATCH = 10
GONE_SECONDS = 30.0
SLOW_BEGIN_SECONDS = 2.0
"""From the 30th page to the 40th, which take milliseconds."""


async def test_a_clean_end_leaves_no_process_and_repeats_nothing(toys: Road, tmp_path: Path) -> None:
    pages = [f"sleep 0.02 {number}" for number in range(400)]
    await toys.publish(pages)
    log = await stopped_at_work(toys, tmp_path, {"shutdown_timeout_seconds": "20"})
    assert "gave up" not in log
    assert "not committed" not in log
    assert 0 < await toys.committed() < len(pages)

    toys.start(batch_max_records=str(BATCH))
    records = await toys.outputs(len(pages))
    assert set(ends(records)) == set(pages)
    assert len(records) == len(pages)


async def test_an_end_within_the_bound_repeats_the_unfinished_batch_at_most(toys: Road, tmp_path: Path) -> None:
    pages = [f"page {number}" for number in range(100)]
    pages[40:42] = ["sleep 20 a", "sleep 20 b"]
    await toys.publish(pages, partitions=1)  # so that the slow pages come after 40 others, together
    bounds = {"shutdown_timeout_seconds": "4", "page_timeout_seconds": "60"}
    await stopped_at_work(toys, tmp_path, bounds, more_seconds=SLOW_BEGIN_SECONDS)
    slow = {"sleep 20 a", "sleep 20 b"}
    assert not slow & set(ends(await toys.outputs(await toys.written()))), "it waited for the slow batch"

    toys.start(batch_max_records=str(BATCH), page_timeout_seconds="60")
    records = await toys.outputs(len(pages))
    assert set(ends(records)) == set(pages)
    assert codes(records) == {}
    assert len(records) - len(pages) <= BATCH


async def test_the_batch_under_way_is_finished_where_it_fits_the_bound(toys: Road, tmp_path: Path) -> None:
    pages = [f"page {number}" for number in range(100)]
    pages[40:42] = ["sleep 6 a", "sleep 6 b"]
    await toys.publish(pages, partitions=1)
    bounds = {"shutdown_timeout_seconds": "60", "page_timeout_seconds": "60"}
    log = await stopped_at_work(toys, tmp_path, bounds, after=40, more_seconds=SLOW_BEGIN_SECONDS)

    assert '"finishing_batch": true' in log
    records = await toys.outputs(await toys.written())
    assert {"sleep 6 a", "sleep 6 b"} <= set(ends(records)), "it gave up a batch that it had the time for"
    assert await toys.committed() == len(records)


async def stopped_at_work(
    toys: Road, folder: Path, settings: Mapping[str, str], *, after: int = 30, more_seconds: float = 0.0
) -> str:
    """Start a processor, end it by SIGTERM while it works, and see that nothing of it is left; gives its log.

    It has no guard, which would clean up after it.
    """
    log = folder / "bare.log"
    variables = toys.environment(free_port(), {"batch_max_records": str(BATCH), **settings})
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: ASYNC220 - our own processor; it is started in milliseconds
            [sys.executable, str(PROCESSOR)],
            env=os.environ | variables,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    family: list[psutil.Process] = []
    try:
        await toys.outputs(after)
        await asyncio.sleep(more_seconds)
        family = psutil.Process(process.pid).children(recursive=True)
        process.terminate()
        assert await asyncio.to_thread(process.wait, 60) == 0, log.read_text()
        assert len(family) > 1, "it has worker processes"
        left = await asyncio.to_thread(psutil.wait_procs, family, GONE_SECONDS)
        assert left[1] == []
    finally:
        process.kill()
        process.wait()
        for relative in family:
            if relative.is_running():
                relative.send_signal(signal.SIGKILL)
    return log.read_text()
