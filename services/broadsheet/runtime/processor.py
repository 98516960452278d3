"""The processing loop, the same for every stage: take a batch, run the stage, publish, and only then release.

A record has three outcomes. It is *emitted* (its event is acknowledged), it becomes a *dead letter* (acknowledged too), or
the world is away and the whole batch is *retried* until it is back. Nothing is ever skipped, and an offset can be
committed only after the acknowledgement of everything before it.
"""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from broadsheet.runtime.batching import Batcher
from broadsheet.runtime.deadletters import dead_letter_headers
from broadsheet.runtime.errors import DocumentError, OperatorError, UnavailableError
from broadsheet.runtime.events import event_headers
from broadsheet.runtime.lag import Lag
from broadsheet.runtime.metrics import Metrics
from broadsheet.runtime.outcomes import Failure, Outcome
from broadsheet.runtime.progress import Progress, State
from broadsheet.runtime.publishing import OutputRecord, Publisher, Sent, TooLargeError
from broadsheet.runtime.ratio import DeadLetterRatio
from broadsheet.runtime.records import Record
from broadsheet.runtime.retries import until_available
from broadsheet.runtime.settings import ProcessorSettings
from broadsheet.runtime.stage import Product, Stage
from broadsheet.runtime.tally import Tally
from broadsheet.runtime.tracing import BatchTrace, NoBatchTrace, NoTracing, Tracing
from broadsheet.runtime.workers import Workers
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.topics import DEAD_LETTER

T = TypeVar("T")


def utc_now() -> datetime:
    """Give the time now, aware UTC."""
    return datetime.now(UTC)


class HaltedError(OperatorError):
    """Too many dead letters: the processor must stop before it drains the topic."""


class Processor:
    """One stage at work. It knows neither Faust nor HTTP: deliveries come in by `batcher`, records leave by `publisher`."""

    def __init__(
        self,
        stage: Stage,
        settings: ProcessorSettings,
        *,
        batcher: Batcher,
        workers: Workers,
        publisher: Publisher,
        metrics: Metrics,
        progress: Progress,
        lag: Lag,
        tracing: Tracing | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._stage = stage
        self._settings = settings
        self._batcher = batcher
        self._workers = workers
        self._publisher = publisher
        self._tally = Tally(metrics, now)
        self._progress = progress
        self._lag = lag
        self._tracing = tracing or NoTracing()
        self._trace: BatchTrace = NoBatchTrace()
        self._now = now
        self._ratio = DeadLetterRatio(settings.dead_letter_ratio, settings.dead_letter_window)
        self._source = f"urn:broadsheet:{settings.topic_prefix}{stage.name}"
        self._topic = stage.writes.prefixed(settings.topic_prefix)
        self._dead_letter_topic = DEAD_LETTER.prefixed(settings.topic_prefix)

    async def run_batch(self) -> None:
        """Take one batch and bring it to its end.

        Raises:
            HaltedError: the dead-letter ratio is exceeded; nothing of this batch is released.
            OperatorError: the processor cannot go on (credentials, a fenced producer).
        """
        batch = await self._batcher.take()
        self._progress.enter(State.WORKING)
        started = time.perf_counter()
        records = [delivery.record for delivery in batch]
        self._tally.taken(records)
        self._trace = self._tracing.batch(records)
        outcomes = await self._outcomes(records)
        self._judge(outcomes)
        publishing = time.perf_counter()
        await self._publish(records, outcomes)
        self._tally.published(time.perf_counter() - publishing)
        for delivery in batch:
            await delivery.release()
            self._lag.released(delivery.record)
        self._trace.released()
        self._tally.settled(time.perf_counter() - started)
        self._progress.enter(State.WAITING)

    async def _outcomes(self, records: Sequence[Record]) -> list[Outcome]:
        """Run the stage's function and, for what it produced, the stage's effect."""
        outcomes = await self._workers.run(records)
        self._trace.worked(outcomes)
        effect = self._stage.effect
        if effect is None:
            return [_bounded(outcome, self._stage.writes.max_message_bytes) for outcome in outcomes]
        products = [outcome.result for outcome in outcomes if isinstance(outcome.result, Product)]
        with self._trace.effect():
            applied = iter(await self._while_away(lambda: effect.apply(products)) if products else ())
        return [
            replace(outcome, result=_failure_of(next(applied))) if isinstance(outcome.result, Product) else outcome
            for outcome in outcomes
        ]

    def _judge(self, outcomes: Sequence[Outcome]) -> None:
        """Count the outcomes towards the dead-letter ratio, and stop before a bad deploy drains the topic."""
        for outcome in outcomes:
            self._ratio.add(failed=isinstance(outcome.result, Failure))
        self._tally.judged(self._ratio.share)
        if self._ratio.exceeded:
            codes = sorted({outcome.result.code for outcome in outcomes if isinstance(outcome.result, Failure)})
            raise HaltedError(
                ErrorCode.DEAD_LETTER_RATIO,
                f"{self._ratio.share:.0%} of the last {self._settings.dead_letter_window} records of "
                f"{self._stage.reads.name} failed (limit {self._settings.dead_letter_ratio:.0%}), "
                f"now with {', '.join(codes) or 'none'}",
            )

    async def _publish(self, records: Sequence[Record], outcomes: Sequence[Outcome]) -> None:
        """Publish every outcome; what is not acknowledged is sent again, what is too large becomes a dead letter."""
        waiting = list(zip(records, outcomes, strict=True))

        async def send() -> None:
            nonlocal waiting
            sent = await self._publisher.publish([self._output(record, outcome) for record, outcome in waiting])
            waiting = self._unsent(waiting, sent)

        while waiting:
            await self._while_away(send)

    def _unsent(self, waiting: Sequence[tuple[Record, Outcome]], sent: Sequence[Sent]) -> list[tuple[Record, Outcome]]:
        """Count what is safe and give what must be sent (again); raises `UnavailableError` when the broker is away."""
        left: list[tuple[Record, Outcome]] = []
        away: UnavailableError | None = None
        for (record, outcome), result in zip(waiting, sent, strict=True):
            match result:
                case None:
                    self._tally.ended(record, outcome)
                    self._trace.ended(record, outcome)
                case TooLargeError():
                    left.append((record, self._too_large(outcome, result)))
                case UnavailableError():
                    left.append((record, outcome))
                    away = result
        if away is not None and len(left) == len(waiting):
            raise away
        return left

    def _too_large(self, outcome: Outcome, error: TooLargeError) -> Outcome:
        if isinstance(outcome.result, Failure):
            raise OperatorError(
                ErrorCode.TOPIC_DIFFERS,
                f"{self._dead_letter_topic} does not take a dead letter for its size ({error}); run `broadsheet topics check`",
            )
        return replace(outcome, result=Failure(ErrorCode.OUTPUT_TOO_LARGE, str(error), type(error).__name__))

    def _output(self, record: Record, outcome: Outcome) -> OutputRecord:
        result = outcome.result
        if isinstance(result, Failure):
            self._trace.sending(record, outcome, self._dead_letter_topic)
            headers = dead_letter_headers(
                record,
                stage=self._stage.name,
                error_class=result.error_class,
                code=result.code,
                message=result.message,
                attempts=result.attempts,
                now=self._now(),
            )
            return OutputRecord(self._dead_letter_topic, record.key, record.value, headers)
        trace = self._trace.sending(record, outcome, self._topic)
        headers = event_headers(self._stage.writes, self._source, result.document_id, record, self._now(), trace=trace)
        return OutputRecord(self._topic, result.document_id.encode(), result.data, headers)

    async def _while_away(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do the work, however long the world is away."""
        result = await until_available(
            work, max_wait_seconds=self._settings.retry_max_wait_seconds, on_retry=self._note_retry
        )
        self._progress.enter(State.WORKING)
        return result

    def _note_retry(self, error: UnavailableError) -> None:
        self._tally.retried(error)
        self._trace.retried(error.code)
        self._progress.enter(State.RETRYING, f"{error.code}: {error}")


def _failure_of(result: Product | DocumentError) -> Product | Failure:
    if isinstance(result, DocumentError):
        return Failure(result.code, result.message, type(result).__name__)
    return result


def _bounded(outcome: Outcome, limit: int) -> Outcome:
    """Turn a product that no topic will take into a failure, before it is sent for nothing."""
    result = outcome.result
    if isinstance(result, Failure) or len(result.data) <= limit:
        return outcome
    message = f"the event has {len(result.data)} bytes and the limit is {limit}"
    return replace(outcome, result=Failure(ErrorCode.OUTPUT_TOO_LARGE, message, "OutputTooLarge"))
