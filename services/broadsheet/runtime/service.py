"""A processor as a process: puts loop, workers, Faust, HTTP and signals together, and takes them apart in order."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import TypeVar

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from broadsheet import __version__
from broadsheet.runtime.admission import admit, watch_access
from broadsheet.runtime.batching import Batcher
from broadsheet.runtime.consumption import ConsumerApp, commit_released, consumer_app
from broadsheet.runtime.errors import OperatorError, UnavailableError
from broadsheet.runtime.freezes import FreezeWatch
from broadsheet.runtime.groups import consumer_group
from broadsheet.runtime.health import HealthServer
from broadsheet.runtime.kafka import new_producer
from broadsheet.runtime.lag import Lag
from broadsheet.runtime.loop_delay import watch_loop_delay
from broadsheet.runtime.membership import Membership, watch_membership
from broadsheet.runtime.metrics import Metrics
from broadsheet.runtime.monitor import Monitor
from broadsheet.runtime.permissions import stage_needs
from broadsheet.runtime.processor import HaltedError, Processor
from broadsheet.runtime.progress import Progress, State
from broadsheet.runtime.publishing import KafkaPublisher
from broadsheet.runtime.refusals import denial, refusal
from broadsheet.runtime.retries import until_available
from broadsheet.runtime.settings import DEFAULT_HTTP_PORTS, ProcessorSettings
from broadsheet.runtime.shutdown import Shutdown, cancel, first_error, in_daemon
from broadsheet.runtime.stage import Stage
from broadsheet.runtime.tracing import Tracing, tracing_of
from broadsheet.runtime.workers import Workers
from broadsheet_schemas.errors import ErrorCode

log = structlog.get_logger(__name__)

T = TypeVar("T")

BATCH_SHARE = 0.7
"""Part of the time for stopping that the batch under way may take; the rest is for committing and closing."""


def stall_after_seconds(settings: ProcessorSettings) -> float:
    """Give how long a batch may show no sign of life: a chunk may take a page's whole time limit, and as long to settle."""
    return 2 * settings.page_timeout_seconds + 30.0


class ProcessorService:
    """Runs one stage until SIGTERM or SIGINT, or until it cannot go on."""

    def __init__(self, stage: Stage, settings: ProcessorSettings) -> None:
        self._stage = stage
        self._settings = settings
        self._client_id = f"broadsheet-{stage.name}-{settings.instance}"
        self._needs = stage_needs(stage.name, stage.reads, stage.writes, settings.topic_prefix)
        self._shutdown = Shutdown(settings.shutdown_timeout_seconds)
        self._metrics = Metrics(stage.name)
        self._metrics.build(__version__, stage.model)
        self._progress = Progress(time.monotonic, stall_after_seconds(settings))
        self._batcher = Batcher(settings.batch_max_records, settings.batch_max_bytes, settings.batch_max_wait_seconds)
        self._lag = Lag(self._metrics, time.time, consumer_group(stage.name, settings.topic_prefix))
        self._monitor = Monitor(stage, self._progress, self._lag, self._metrics)

    async def run(self) -> None:
        """Run until told to stop.

        Raises:
            OperatorError: the processor cannot start or go on; a person has to act.
        """
        self._shutdown.on_signals()
        async with AsyncExitStack() as stack:
            starting = asyncio.create_task(self._start(stack), name="start")
            if not await self._shutdown.comes_after(starting):
                await cancel(starting)
                return
            await self._work(*starting.result())
        log.info("stopped")

    async def _start(self, stack: AsyncExitStack) -> tuple[Processor, ConsumerApp, AIOKafkaProducer]:
        """Start everything, in the order in which one part needs the other; `stack` stops it in reverse."""
        tracing = self._start_tracing(stack)
        await self._start_http(stack)
        await self._until_available(self._admit)
        producer = await self._start_producer(stack)
        await self._start_effect(stack)
        workers = await self._start_workers(stack)
        publisher = KafkaPublisher(producer, self._connect_producer)
        self._shutdown.later(stack, "publisher", publisher.stop)
        processor = Processor(
            self._stage,
            self._settings,
            batcher=self._batcher,
            workers=workers,
            publisher=publisher,
            metrics=self._metrics,
            progress=self._progress,
            lag=self._lag,
            tracing=tracing,
        )
        app = consumer_app(self._stage, self._settings, self._batcher, self._lag.delivered)
        self._monitor.watch(app, producer, workers)
        self._shutdown.later(stack, "consumer", app.stop)
        await app.start()
        freezes = FreezeWatch(self._settings.session_timeout_seconds)
        self._shutdown.later(stack, "freeze watch", freezes.stop)
        freezes.start()
        self._progress.enter(State.WAITING)
        log.info("started", version=__version__, reads=self._stage.reads.name, writes=self._stage.writes.name)
        return processor, app, producer

    def _start_tracing(self, stack: AsyncExitStack) -> Tracing:
        tracing = tracing_of(
            self._settings,
            self._stage.name,
            client_id=self._client_id,
            group=consumer_group(self._stage.name, self._settings.topic_prefix),
            instance=self._settings.instance,
        )
        self._shutdown.later(stack, "traces", lambda: in_daemon(tracing.stop))
        return tracing

    async def _start_http(self, stack: AsyncExitStack) -> None:
        port = self._settings.http_port
        server = HealthServer(
            self._metrics.registry,
            live=self._monitor.live,
            ready=self._monitor.ready,
            host=self._settings.http_host,
            port=DEFAULT_HTTP_PORTS[self._stage.name] if port is None else port,
        )
        self._shutdown.later(stack, "metrics and health", server.stop)
        try:
            await server.start()
        except OSError as error:
            raise OperatorError(
                ErrorCode.CONFIGURATION, f"BROADSHEET_HTTP_PORT: metrics and health cannot listen: {error}"
            ) from error
        log.info("metrics and health", address=server.address)

    async def _admit(self) -> None:
        """Refuse to start without the topics or the right to use them: records read could go nowhere."""
        await admit(self._settings, self._client_id, self._needs)

    async def _start_producer(self, stack: AsyncExitStack) -> AIOKafkaProducer:
        producer = await self._until_available(self._connect_producer)
        self._shutdown.later(stack, "producer", producer.stop)
        return producer

    async def _connect_producer(self) -> AIOKafkaProducer:
        producer = new_producer(self._settings, self._client_id)
        try:
            await producer.start()
        except KafkaError as error:
            await producer.stop()  # a producer whose start failed is left half open
            away = UnavailableError(ErrorCode.BROKER_UNAVAILABLE, str(error))
            raise await refusal(self._settings) or away from error
        return producer

    async def _start_effect(self, stack: AsyncExitStack) -> None:
        effect = self._stage.effect
        if effect is not None:
            effect.measure(self._metrics)
            self._shutdown.later(stack, "effect", effect.stop)
            await self._until_available(effect.start)

    async def _start_workers(self, stack: AsyncExitStack) -> Workers:
        restarts = self._metrics.worker_restarts
        workers = Workers(
            self._stage.transform,
            warm_up=self._stage.warm_up,
            processes=self._settings.worker_processes,
            page_timeout_seconds=self._settings.page_timeout_seconds,
            max_memory_bytes=self._settings.worker_max_memory_bytes,
            on_restart=lambda reason: restarts.labels(self._stage.name, reason).inc(),
            on_progress=self._progress.touch,
        )
        self._shutdown.later(stack, "workers", workers.stop)
        await workers.start()
        return workers

    async def _work(self, processor: Processor, app: ConsumerApp, producer: AIOKafkaProducer) -> None:
        """Run batches until told to stop; then let the batch under way end, within the bound."""
        working = asyncio.create_task(self._batches(processor), name="batches")
        crashed = asyncio.create_task(app.wait_until_stopped(), name="consumer")
        watching = asyncio.create_task(self._monitor.run(), name="monitor")
        rivals = asyncio.create_task(self._watch_rivals(app), name="rivals")
        delays = asyncio.create_task(watch_loop_delay(self._metrics), name="loop delay")
        access = asyncio.create_task(watch_access(producer.client, self._needs, self._settings), name="access")
        tasks = (working, crashed, watching, rivals, delays, access)
        try:
            if await self._shutdown.comes_after(*tasks):
                await first_error(*tasks)
                stopped = OperatorError(
                    ErrorCode.BROKER_UNAVAILABLE, f"the consumer stopped by itself: {app.crash_reason!r}"
                )
                raise denial(app.crash_reason, f"Kafka at {self._settings.bootstrap_servers}") or stopped
            await self._drain(working)
        finally:
            for task in tasks:
                await cancel(task)
        await self._commit(app)

    async def _watch_rivals(self, app: ConsumerApp) -> None:
        membership = Membership(time.monotonic, self._settings.session_timeout_seconds)
        name = f"instance {self._settings.instance} of the {self._stage.name}"
        await watch_membership(lambda: app.member_id, membership, name)

    async def _commit(self, app: ConsumerApp) -> None:
        """Commit what is done, so that it is not repeated; without a broker it will be."""
        try:
            async with asyncio.timeout(self._shutdown.remaining_seconds() / 2):
                await commit_released(app)
        except TimeoutError:
            log.warning("offsets not committed: the last batches will be repeated")

    async def _batches(self, processor: Processor) -> None:
        try:
            while not self._shutdown.begun:
                await processor.run_batch()
        except HaltedError as error:
            self._progress.enter(State.HALTED, f"{error.code}: {error}")
            log.error("halted", code=error.code, cause=str(error), action=error.action)  # noqa: TRY400 - no traceback: it is no bug
            await self._shutdown.wait()

    async def _drain(self, working: asyncio.Task[None]) -> None:
        """Let the batch under way end. One that waits for records or for the world is handed back at once."""
        busy = self._progress.state is State.WORKING
        self._progress.enter(State.STOPPING)
        log.info("stopping", finishing_batch=busy)
        if busy:
            await asyncio.wait([working], timeout=self._shutdown.remaining_seconds() * BATCH_SHARE)
        if working.done():
            working.result()

    async def _until_available(self, work: Callable[[], Awaitable[T]]) -> T:
        def tell(error: UnavailableError) -> None:
            self._progress.enter(State.STARTING, f"{error.code}: {error}")
            self._metrics.retries.labels(self._stage.name, error.code).inc()
            log.warning("waiting to start", code=error.code, cause=str(error))

        return await until_available(work, max_wait_seconds=self._settings.retry_max_wait_seconds, on_retry=tell)
