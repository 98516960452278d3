import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

import toy_stage
from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.outcomes import Failure
from broadsheet.runtime.records import Record
from broadsheet.runtime.stage import Product
from broadsheet.runtime.worker_environment import WORKER_ENVIRONMENT
from broadsheet.runtime.worker_pool import WorkerPool
from broadsheet.runtime.worker_slot import WorkerSlot
from broadsheet.runtime.workers import Workers, _cut

pytestmark = pytest.mark.processes

LIMIT = 256 * toy_stage.MEBIBYTE
"""Memory of a worker here, bytes: the toy stage stands at a fifth of it."""


def records(*pages: str) -> list[Record]:
    return [Record("documents.raw", 0, offset, 0, None, page.encode()) for offset, page in enumerate(pages)]


@pytest.fixture(scope="module")
async def restarts() -> list[str]:
    return []


@asynccontextmanager
async def running(processes: int, on_restart: Callable[[str], None] = lambda _reason: None) -> AsyncIterator[Workers]:
    pool = Workers(
        toy_stage.transform,
        warm_up=None,
        processes=processes,
        page_timeout_seconds=1.5,
        max_memory_bytes=LIMIT,
        on_restart=on_restart,
    )
    await pool.start()
    try:
        yield pool
    finally:
        await pool.stop()


@pytest.fixture(scope="module")
async def workers(restarts: list[str]) -> AsyncIterator[Workers]:
    async with running(2, restarts.append) as pool:
        yield pool


def names(outcomes: list[object]) -> list[str]:
    return [str(outcome.code) if isinstance(outcome, Failure) else "ok" for outcome in outcomes]


async def test_products_come_in_order(workers: Workers) -> None:
    outcomes = await workers.run(records(*(f"page {number}" for number in range(7))))

    products = [outcome.result for outcome in outcomes if isinstance(outcome.result, Product)]
    assert [product.data for product in products] == [f"PAGE {number}".encode() for number in range(7)]
    assert all(outcome.seconds > 0 for outcome in outcomes)


async def test_a_rejected_page_and_a_bug_cost_themselves_alone(workers: Workers) -> None:
    outcomes = await workers.run(records("a", "reject b", "c", "bug", "e"))

    assert names([outcome.result for outcome in outcomes]) == ["ok", "empty_page", "ok", "bug", "ok"]
    bug = outcomes[3].result
    assert isinstance(bug, Failure)
    assert bug.error_class == "ZeroDivisionError"
    assert bug.place.startswith("toy_stage.py:")


async def test_a_page_that_kills_its_worker_costs_itself_alone(workers: Workers, restarts: list[str]) -> None:
    restarts.clear()
    outcomes = await workers.run(records("a", "crash", "c", "d"))

    assert names([outcome.result for outcome in outcomes]) == ["ok", "worker_died", "ok", "ok"]
    assert "died" in restarts


async def two(workers: Workers) -> None:
    """Wait until both workers run."""
    async with asyncio.timeout(60):
        while len(workers.pids()) < 2:  # noqa: ASYNC110 - processes have no event to wait for
            await asyncio.sleep(0.05)


async def test_the_workers_that_run_are_known(workers: Workers) -> None:
    await two(workers)
    before = set(workers.pids())
    await workers.run(records("crash"))
    await two(workers)
    assert set(workers.pids()) != before, "who died is forgotten, who came instead is known"


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="tells what a process began with on Linux alone")
async def test_workers_begin_with_their_environment(workers: Workers) -> None:
    await two(workers)
    for variables in map(began_with, workers.pids()):
        assert {f"{name}={value}" for name, value in WORKER_ENVIRONMENT.items()} <= variables


async def test_a_page_that_hangs_costs_itself_alone(workers: Workers, restarts: list[str]) -> None:
    restarts.clear()
    outcomes = await workers.run(records("a", "hang", "c", "d"))

    assert names([outcome.result for outcome in outcomes]) == ["ok", "time_limit", "ok", "ok"]
    assert "time_limit" in restarts


async def test_a_page_that_segfaults_costs_itself_alone(workers: Workers) -> None:
    outcomes = await workers.run(records("a", "segfault", "c"))

    assert names([outcome.result for outcome in outcomes]) == ["ok", "worker_died", "ok"]
    assert isinstance(outcomes[1].result, Failure)
    assert "SIGSEGV" in outcomes[1].result.message


async def test_a_page_that_swells_costs_itself_alone(workers: Workers, restarts: list[str]) -> None:
    restarts.clear()
    outcomes = await workers.run(records("a", f"swallow {2 * LIMIT}", f"swallow {LIMIT // 4}", "d"))

    assert names([outcome.result for outcome in outcomes]) == ["ok", "memory_limit", "ok", "ok"]
    assert isinstance(outcomes[1].result, Failure)
    assert outcomes[1].result.attempts == 2
    assert outcomes[1].result.error_class == "MemoryError"
    # Whether the worker of the second attempt has to make place for a fresh one hangs on what earlier pages left it.
    assert set(restarts) <= {"grown"}


async def test_what_earlier_pages_hold_is_not_held_against_a_page() -> None:
    restarts: list[str] = []
    async with running(processes=1, on_restart=restarts.append) as pool:
        await pool.run(records(f"keep {LIMIT * 6 // 10}"))
        outcomes = await pool.run(records(f"swallow {LIMIT // 2}", "b"))

    assert names([outcome.result for outcome in outcomes]) == ["ok", "ok"]
    assert restarts == ["grown"]


async def test_a_page_that_lacked_memory_in_a_chunk_gets_it_in_a_fresh_worker() -> None:
    async with running(processes=1) as pool:
        outcomes = await pool.run(records("a", f"keep {LIMIT * 6 // 10}", f"swallow {LIMIT // 2}", "d"))

    assert names([outcome.result for outcome in outcomes]) == ["ok", "ok", "ok", "ok"]


async def test_workers_killed_between_two_pages_are_replaced(workers: Workers, restarts: list[str]) -> None:
    await workers.run(records("a", "b"))
    restarts.clear()
    for pid in workers.pids():
        os.kill(pid, signal.SIGKILL)
    outcomes = await workers.run(records("a", "b", "c"))

    assert names([outcome.result for outcome in outcomes]) == ["ok", "ok", "ok"]
    assert "died" in restarts


async def test_a_lock_that_died_with_its_worker_stops_nothing() -> None:
    pool = WorkerPool(
        toy_stage.transform,
        None,
        processes=1,
        page_timeout_seconds=1,
        max_memory_bytes=LIMIT,
        on_restart=lambda _reason: None,
        grace_seconds=2,
    )
    await pool.start()
    try:
        hold_the_lock(pool._slots[0])
        outcomes = await pool.run(records("a", "b"))
    finally:
        await pool.stop()

    assert names([outcome.result for outcome in outcomes]) == ["ok", "ok"]


async def test_a_worker_killed_while_it_held_the_lock_is_replaced_at_once() -> None:
    async with running(processes=1) as pool:
        working = asyncio.create_task(pool.run(records("sleep 1")))
        slot = pool._pool._slots[0]
        await asyncio.sleep(0.3)
        hold_the_lock(slot)
        slot._patience = 3600  # so that only the worker's death can tell
        for pid in list(slot._pool._pool_manager.worker_manager.workers):
            os.kill(pid, signal.SIGKILL)
        outcomes = await working

    assert names([outcome.result for outcome in outcomes]) == ["ok"]


async def test_a_worker_that_dies_leaves_the_others_alone(workers: Workers) -> None:
    await two(workers)
    before = set(workers.pids())
    await workers.run(records("crash"))
    await two(workers)

    assert len(before & set(workers.pids())) == 1


def began_with(pid: int) -> set[str]:
    return set(Path(f"/proc/{pid}/environ").read_text(encoding="utf-8").split("\0"))


def hold_the_lock(slot: WorkerSlot) -> None:
    """Take the lock on the worker's channel and never give it back, as a worker does not that is killed while it sends."""
    channel = slot._pool._pool_manager.worker_manager.workers_channel
    assert channel is not None
    assert channel.mutex.acquire(timeout=60)


async def test_a_stage_too_large_for_the_limit_is_reported_at_start() -> None:
    pool = Workers(
        toy_stage.transform,
        warm_up=toy_stage.large_warm_up,
        processes=1,
        page_timeout_seconds=5,
        max_memory_bytes=LIMIT,
    )
    try:
        with pytest.raises(OperatorError, match="BROADSHEET_WORKER_MAX_MEMORY_BYTES"):
            await pool.start()
    finally:
        await pool.stop()


async def test_a_stage_that_cannot_load_is_reported_at_start() -> None:
    pool = Workers(toy_stage.transform, warm_up=toy_stage.broken_warm_up, processes=1, page_timeout_seconds=5)
    try:
        with pytest.raises(OperatorError, match=r"model\.bin is missing"):
            await pool.start()
    finally:
        await pool.stop()


@pytest.mark.parametrize(
    ("count", "pieces", "most", "sizes"),
    [(0, 2, 9, []), (1, 4, 9, [1]), (5, 2, 9, [3, 2]), (6, 3, 9, [2, 2, 2]), (6, 1, 4, [4, 2])],
)
def test_a_batch_is_cut_into_even_chunks_that_fit_the_time(
    count: int, pieces: int, most: int, sizes: list[int]
) -> None:
    cut = _cut(records(*("x" for _ in range(count))), pieces, most)
    assert [len(chunk) for chunk in cut] == sizes


async def test_slow_pages_go_in_smaller_chunks_once_they_are_known_to_be_slow(
    workers: Workers, restarts: list[str]
) -> None:
    slow = ["sleep 0.3"] * 8
    first = await workers.run(records(*slow))
    workers._seconds_per_page = 0.3
    restarts.clear()
    second = await workers.run(records(*slow))

    assert names([outcome.result for outcome in (*first, *second)]) == ["ok"] * 16
    assert restarts == []
    workers._seconds_per_page = 0.0
