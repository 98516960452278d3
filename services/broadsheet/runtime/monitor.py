"""Watches a processor from beside the loop: lag, whether it has joined its group, whether the world can be reached."""

import asyncio
from typing import Any

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from broadsheet.runtime.consumption import ConsumerApp, last_handed_on
from broadsheet.runtime.lag import Lag
from broadsheet.runtime.metrics import Metrics
from broadsheet.runtime.progress import Progress, State
from broadsheet.runtime.stage import Stage
from broadsheet.runtime.worker_usage import WorkerUsage
from broadsheet.runtime.workers import Workers

log = structlog.get_logger(__name__)

INTERVAL_SECONDS = 2.0
"""How often lag and the brokers are looked at: finer than any usual scrape interval."""

BROKER_TIMEOUT_SECONDS = 5.0
"""How long the brokers may take to answer a question about metadata before they count as away."""


class Monitor:
    """Answers the health checks and keeps the gauges."""

    def __init__(self, stage: Stage, progress: Progress, lag: Lag, metrics: Metrics) -> None:
        self._stage = stage
        self._progress = progress
        self._lag = lag
        self._metrics = metrics
        self._app: ConsumerApp | None = None
        self._producer: AIOKafkaProducer | None = None
        self._workers: Workers | None = None
        self._usage = WorkerUsage(metrics)
        self._joined = False
        self._broker_problem: str | None = None
        for state in State:
            shown = metrics.state.labels(stage.name, state)
            shown.set_function(lambda state=state: progress.state is state)  # type: ignore[misc]
        metrics.partitions.labels(stage.name).set(0)
        metrics.ready.labels(stage.name).set(0)

    def watch(self, app: ConsumerApp, producer: AIOKafkaProducer, workers: Workers) -> None:
        """Take the app, producer and workers to watch, before the app is started."""
        self._app = app
        self._producer = producer
        self._workers = workers
        app.on_partitions_assigned.connect(self._on_assigned, weak=False)
        app.on_partitions_revoked.connect(self._on_revoked, weak=False)

    async def live(self) -> str | None:
        """Tell what is wrong when the loop is stuck, else None. A processor that waits or is halted is alive."""
        return "the batch under way shows no sign of life" if self._progress.stuck else None

    async def ready(self) -> str | None:
        """Tell why records cannot be processed now, else None."""
        problem = await self._problem()
        self._metrics.ready.labels(self._stage.name).set(problem is None)
        return problem

    async def run(self) -> None:
        """Look at lag, brokers and workers until cancelled."""
        while True:
            if self._workers is not None:
                self._usage.update(self._workers.pids())
            self._broker_problem = await self._ask_broker()
            if self._broker_problem is None:
                await self._update_lag()
            await self.ready()
            await asyncio.sleep(INTERVAL_SECONDS)

    async def _problem(self) -> str | None:
        state, reason = self._progress.state, self._progress.reason
        if state not in (State.WAITING, State.WORKING):
            return f"{state}: {reason}" if reason else str(state)
        if not self._joined:
            return "the consumer group has not given out partitions yet"
        if self._broker_problem is not None:
            return self._broker_problem
        if self._stage.effect is not None and not await self._stage.effect.ready():
            return "what the stage writes to cannot be reached"
        return None

    async def _ask_broker(self) -> str | None:
        if self._producer is None:
            return "not connected"
        try:
            async with asyncio.timeout(BROKER_TIMEOUT_SECONDS):
                await self._producer.client.fetch_all_metadata()
        except (KafkaError, TimeoutError, OSError) as error:
            return f"Kafka does not answer: {type(error).__name__}"
        return None

    async def _update_lag(self) -> None:
        """Ask the consumer how far its partitions reach. A partition that is just being given out is left for next time."""
        if self._app is None or self._app.rebalancing:
            return
        consumer = self._app.consumer
        self._metrics.partitions.labels(self._stage.name).set(len(consumer.assignment()))
        try:
            async with asyncio.timeout(BROKER_TIMEOUT_SECONDS):
                ends = await consumer.highwaters(*consumer.assignment())
                for tp, end_offset in ends.items():
                    position = await consumer.position(tp)
                    if position is not None:
                        self._lag.update(
                            (tp.topic, tp.partition),
                            end_offset=end_offset,
                            position=position,
                            handed_on=last_handed_on(self._app, tp),
                        )
        except (KafkaError, TimeoutError) as error:
            log.info("lag not known", cause=type(error).__name__)

    async def _on_assigned(self, *_: Any, **__: Any) -> None:
        self._joined = True
        self._metrics.rebalances.labels(self._stage.name).inc()

    async def _on_revoked(self, *_: Any, **__: Any) -> None:
        self._joined = False
        self._metrics.partitions.labels(self._stage.name).set(0)
        self._lag.forget_all()
