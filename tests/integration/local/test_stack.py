import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import psutil
import pytest
from aiokafka.admin import NewTopic

import standin
from broadsheet.local.stack import Stack
from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.kafka import new_admin
from broadsheet.runtime.settings import KafkaSettings

pytestmark = pytest.mark.integration


def command(stage: str) -> Sequence[str]:
    return (sys.executable, str(standin.__file__), stage)


async def create_topics(settings: KafkaSettings) -> None:
    admin = new_admin(settings, "test")
    await admin.start()
    try:
        await admin.create_topics([NewTopic(f"{settings.topic_prefix}made", num_partitions=1, replication_factor=1)])
    finally:
        await admin.close()


async def topics(settings: KafkaSettings) -> list[str]:
    admin = new_admin(settings, "test")
    await admin.start()
    try:
        return list(await admin.list_topics())
    finally:
        await admin.close()


async def test_everything_runs_inside_and_nothing_is_left_outside() -> None:
    async with Stack(create_topics, stages={"intake": 2, "indexer": 1}, topic_prefix="p.", command=command) as stack:
        assert await topics(stack.kafka_settings) == ["p.made"]
        told = (stack.data / "logs" / "indexer-0.log").read_text().split()
        assert told == ["indexer", "0", stack.addresses.bootstrap_servers, stack.addresses.opensearch_url]
        assert [len(stack.addresses.processors[stage]) for stage in ("intake", "indexer")] == [2, 1]
        pids = [stack.kafka.child.pid, stack.opensearch.child.pid, *(one.pid for one in stack.processors.all)]
        assert all(map(psutil.pid_exists, pids))
        watching = asyncio.create_task(stack.watch())
        os.kill(stack.kafka.child.pid, signal.SIGKILL)
        with pytest.raises(OperatorError, match=r"Kafka ended by itself with exit status 137(.|\n)*kafka\.log"):
            await watching
    assert not any(map(psutil.pid_exists, pids))
    assert not stack.data.exists()


async def test_a_processor_that_does_not_come_up_ends_the_whole_stack(tmp_path: Path) -> None:
    def failing(_stage: str) -> Sequence[str]:
        return (sys.executable, "-c", "raise SystemExit('no model')")

    stack = Stack(create_topics, data=tmp_path, stages={"tagger": 1}, command=failing)
    with pytest.raises(OperatorError, match=r"the tagger(.|\n)*tagger-0\.log ends with:\n  no model"):
        await stack.__aenter__()
    assert not stack.kafka.child.running
    assert not stack.opensearch.child.running


async def test_cancelled_while_it_starts_it_leaves_nothing(tmp_path: Path) -> None:
    stack = Stack(create_topics, data=tmp_path, stages={}, command=command)
    starting = asyncio.create_task(stack.__aenter__())
    while not (tmp_path / "kafka" / "kafka.log").exists():  # noqa: ASYNC110 - another process is waited for
        await asyncio.sleep(0.02)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert not stack.kafka.child.running
    assert not stack.opensearch.child.running
