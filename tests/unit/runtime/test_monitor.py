import time
from typing import Any, cast

import pytest

from broadsheet.runtime.lag import Lag
from broadsheet.runtime.metrics import Metrics
from broadsheet.runtime.monitor import Monitor
from broadsheet.runtime.progress import Progress, State
from broadsheet.runtime.stage import Effect, Stage
from broadsheet_schemas.topics import ENRICHED, INDEXED


class Index:
    """An effect whose world can be away."""

    def __init__(self) -> None:
        self.there = True

    async def ready(self) -> bool:
        return self.there


class Harness:
    """A monitor without Kafka."""

    def __init__(self) -> None:
        self.index = Index()
        self.metrics = Metrics("indexer")
        self.progress = Progress(time.monotonic, 60)
        stage = Stage("indexer", ENRICHED, INDEXED, cast("Any", None), effect=cast("Effect", self.index))
        self.monitor = Monitor(stage, self.progress, Lag(self.metrics, time.time, "group"), self.metrics)

    async def ready(self) -> str | None:
        problem = await self.monitor.ready()
        gauge = self.metrics.registry.get_sample_value("broadsheet_ready", {"stage": "indexer"})
        assert gauge == (problem is None)
        return problem


@pytest.fixture
async def harness() -> Harness:
    """A monitor of a processor that has joined its group and waits for records."""
    made = Harness()
    made.progress.enter(State.WAITING)
    await made.monitor._on_assigned()
    made.monitor._broker_problem = None
    return made


async def test_a_joined_processor_is_ready(harness: Harness) -> None:
    assert await harness.ready() is None
    assert await harness.monitor.live() is None


async def test_without_partitions_it_is_not(harness: Harness) -> None:
    await harness.monitor._on_revoked()
    assert await harness.ready() == "the consumer group has not given out partitions yet"

    await harness.monitor._on_assigned()
    assert await harness.ready() is None
    assert harness.metrics.registry.get_sample_value("broadsheet_rebalances_total", {"stage": "indexer"}) == 2


@pytest.mark.parametrize("state", [State.STARTING, State.RETRYING, State.HALTED, State.STOPPING])
async def test_a_loop_that_does_not_work_tells_why(harness: Harness, state: State) -> None:
    harness.progress.enter(state, "index_unavailable: no answer")
    assert await harness.ready() == f"{state}: index_unavailable: no answer"
    assert await harness.monitor.live() is None


async def test_the_state_is_told_at_the_moment_it_is_asked_for(harness: Harness) -> None:
    def states() -> dict[str, float]:
        value = harness.metrics.registry.get_sample_value
        return {state: value("broadsheet_state", {"stage": "indexer", "state": state}) or 0.0 for state in State}

    assert states() == dict.fromkeys(State, 0.0) | {"waiting": 1}
    harness.progress.enter(State.RETRYING, "index_unavailable")
    assert states() == dict.fromkeys(State, 0.0) | {"retrying": 1}


async def test_the_index_and_the_broker_must_be_reached(harness: Harness) -> None:
    harness.index.there = False
    assert await harness.ready() == "what the stage writes to cannot be reached"

    harness.monitor._broker_problem = "Kafka does not answer: TimeoutError"
    assert await harness.ready() == "Kafka does not answer: TimeoutError"


async def test_a_stuck_loop_is_not_live() -> None:
    seconds = 0.0
    harness = Harness()
    harness.progress.clock = lambda: seconds
    harness.progress.enter(State.WORKING)
    seconds = 61.0
    assert await harness.monitor.live() == "the batch under way shows no sign of life"
