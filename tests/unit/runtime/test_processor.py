"""The loop on an in-memory broker and without worker processes.

The same loop runs on a real broker in `tests/integration/runtime`.
"""

import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

import pytest

import toy_stage
from broadsheet.runtime import worker_process
from broadsheet.runtime.batching import Batcher, Delivery
from broadsheet.runtime.errors import DocumentError, OperatorError, UnavailableError
from broadsheet.runtime.lag import Lag
from broadsheet.runtime.metrics import Metrics
from broadsheet.runtime.outcomes import Outcome
from broadsheet.runtime.processor import HaltedError, Processor
from broadsheet.runtime.progress import Progress, State
from broadsheet.runtime.publishing import OutputRecord, Sent, TooLargeError
from broadsheet.runtime.records import Headers, Record
from broadsheet.runtime.settings import ProcessorSettings
from broadsheet.runtime.stage import Effect, Meter, Product, Stage
from broadsheet.runtime.tracing import Tracing
from broadsheet.runtime.workers import Workers
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.topics import ACCEPTED, SEGMENTED

NOW = datetime(2026, 1, 31, tzinfo=UTC)
AWAY = UnavailableError(ErrorCode.BROKER_UNAVAILABLE, "no answer")


class InProcess:
    """Workers without processes: the same per-page function, run here."""

    async def run(self, records: Sequence[Record]) -> list[Outcome]:
        worker_process.Loaded.transform = toy_stage.transform
        worker_process.Loaded.max_memory_bytes = sys.maxsize
        return worker_process.run_pages(list(records))


class Memory:
    """A broker in memory that answers as it is told: one list of answers a call, all safe when there is none left."""

    def __init__(self, *answers: Sequence[Sent]) -> None:
        self.answers = list(answers)
        self.calls: list[list[OutputRecord]] = []
        self.written: list[OutputRecord] = []

    async def publish(self, outputs: Sequence[OutputRecord]) -> Sequence[Sent]:
        self.calls.append(list(outputs))
        sent = self.answers.pop(0) if self.answers else [None] * len(outputs)
        self.written += [output for output, answer in zip(outputs, sent, strict=True) if answer is None]
        return sent


class Harness:
    """A processor with everything it needs, and the offsets it released."""

    def __init__(
        self,
        *answers: Sequence[Sent],
        effect: Effect | None = None,
        tracing: Tracing | None = None,
        **settings: Any,
    ) -> None:
        self.publisher = Memory(*answers)
        self.metrics = Metrics("segmenter")
        self.progress = Progress(time.monotonic, 60)
        self.batcher = Batcher(100, 1_000_000, 0)
        self.released: list[int] = []
        self.processor = Processor(
            Stage("segmenter", ACCEPTED, SEGMENTED, toy_stage.transform, effect=effect),
            ProcessorSettings(retry_max_wait_seconds=0.001, topic_prefix="test.", **settings),
            batcher=self.batcher,
            workers=cast("Workers", InProcess()),
            publisher=self.publisher,
            metrics=self.metrics,
            progress=self.progress,
            lag=Lag(self.metrics, time.time, "group"),
            tracing=tracing,
            now=lambda: NOW,
        )

    async def run(self, *pages: str, headers: Headers = ()) -> None:
        for offset, page in enumerate(pages):
            record = Record("test.documents.accepted", 1, offset, 0, b"key", page.encode(), headers)
            await self.batcher.add(Delivery(record, self._release(offset)))
        await self.processor.run_batch()

    def _release(self, offset: int) -> Any:
        async def release() -> None:
            assert self.publisher.written, "released before anything was safe"
            self.released.append(offset)

        return release

    def count(self, name: str, **labels: str) -> float:
        return self.metrics.registry.get_sample_value(f"broadsheet_{name}", {"stage": "segmenter", **labels}) or 0

    def written(self) -> list[tuple[str, bytes | None]]:
        return [(output.topic, output.value) for output in self.publisher.written]


async def test_each_record_ends_emitted_or_as_a_dead_letter_and_is_then_released() -> None:
    harness = Harness()
    await harness.run("a", "reject b", "c")

    assert harness.written() == [
        ("test.documents.segmented", b"A"),
        ("test.documents.dead-letter", b"reject b"),
        ("test.documents.segmented", b"C"),
    ]
    assert harness.released == [0, 1, 2]
    assert harness.count("documents_total", outcome="emitted") == 2
    assert harness.count("dead_letters_total", code="empty_page") == 1
    assert harness.progress.state is State.WAITING


async def test_a_batch_is_measured() -> None:
    harness = Harness()
    await harness.run("a", "reject b", "c", "d")

    assert harness.count("batch_records_sum") == 4
    assert harness.count("batch_bytes_sum") == len("areject bcd") + 4 * len("key")
    assert harness.count("queue_seconds_count") == 4
    assert harness.count("queue_seconds_sum") == 4 * NOW.timestamp()
    assert harness.count("batch_seconds_count") == 1
    assert harness.count("publish_seconds_count") == 1
    assert harness.count("batch_seconds_sum") > harness.count("publish_seconds_sum") > 0
    assert harness.count("dead_letter_window_ratio") == 0.25
    assert harness.count("last_progress_timestamp_seconds") == NOW.timestamp()


async def test_an_event_is_keyed_and_described_by_its_document() -> None:
    harness = Harness()
    await harness.run("bridge")

    (event,) = harness.publisher.written
    headers = dict(event.headers)
    assert event.key == b"bridge"
    assert headers["ce_subject"] == b"bridge"
    assert headers["ce_source"] == b"urn:broadsheet:test.segmenter"
    assert headers["ce_type"] == b"broadsheet.document.segmented.v1"


async def test_a_dead_letter_keeps_the_record_and_tells_where_it_failed() -> None:
    harness = Harness()
    await harness.run("a", "reject b")

    dead_letter = harness.publisher.written[1]
    headers = dict(dead_letter.headers)
    assert (dead_letter.key, dead_letter.value) == (b"key", b"reject b")
    assert headers["broadsheet-error-stage"] == b"segmenter"
    assert headers["broadsheet-error-code"] == b"empty_page"
    assert headers["broadsheet-error-topic"] == b"test.documents.accepted"
    assert (headers["broadsheet-error-partition"], headers["broadsheet-error-offset"]) == (b"1", b"1")


async def test_what_the_broker_did_not_take_is_sent_again_and_nothing_else() -> None:
    harness = Harness([None, AWAY, None], [AWAY], [None])
    await harness.run("a", "b", "c")

    assert [[output.value for output in call] for call in harness.publisher.calls] == [
        [b"A", b"B", b"C"],
        [b"B"],
        [b"B"],
    ]
    assert harness.released == [0, 1, 2]
    assert harness.count("documents_total", outcome="emitted") == 3
    assert harness.count("retries_total", cause="broker_unavailable") == 1


async def test_nothing_is_released_while_the_broker_is_away() -> None:
    harness = Harness(*[[AWAY]] * 5)
    seen: list[State] = []
    note = harness.processor._note_retry

    def watch(error: UnavailableError) -> None:
        note(error)
        seen.append(harness.progress.state)
        assert harness.released == []

    harness.processor._note_retry = watch  # type: ignore[method-assign]  # to look at the state in the middle
    await harness.run("a")
    assert seen == [State.RETRYING] * 5
    assert harness.released == [0]


async def test_an_event_that_the_broker_refuses_for_its_size_becomes_a_dead_letter() -> None:
    harness = Harness([None, TooLargeError("40 MB")])
    await harness.run("a", "b")

    assert harness.written() == [("test.documents.segmented", b"A"), ("test.documents.dead-letter", b"b")]
    assert harness.count("dead_letters_total", code="output_too_large") == 1
    assert harness.released == [0, 1]


async def test_an_event_over_the_limit_is_not_even_sent() -> None:
    harness = Harness()
    await harness.run(f"grow {SEGMENTED.max_message_bytes + 1}")

    assert harness.count("dead_letters_total", code="output_too_large") == 1


async def test_a_dead_letter_that_is_refused_stops_the_processor() -> None:
    harness = Harness([TooLargeError("33 MB")])
    with pytest.raises(OperatorError, match="topics check"):
        await harness.run("reject a")
    assert harness.released == []


async def test_too_many_dead_letters_halt_before_they_are_written() -> None:
    harness = Harness(dead_letter_ratio=0.5, dead_letter_window=10)
    with pytest.raises(HaltedError, match=r"60% of the last 10 records .* empty_page"):
        await harness.run(*["a"] * 4, *["reject"] * 6)
    assert harness.publisher.written == []
    assert harness.released == []


class Index:
    """An effect that is away for a while and refuses one document."""

    def __init__(self, away: int) -> None:
        self.away = away
        self.batches: list[list[str]] = []

    def measure(self, meter: Meter) -> None:
        pass

    async def start(self) -> None:
        pass

    async def stop(self) -> None:
        pass

    async def ready(self) -> bool:
        return True

    async def apply(self, products: Sequence[Product]) -> Sequence[Product | DocumentError]:
        self.batches.append([product.document_id for product in products])
        if self.away:
            self.away -= 1
            raise UnavailableError(ErrorCode.INDEX_UNAVAILABLE, "no answer")
        return [self._apply(product) for product in products]

    def _apply(self, product: Product) -> Product | DocumentError:
        if product.document_id == "refused":
            return DocumentError(ErrorCode.INDEX_REFUSED, "title: too long")
        return Product(product.document_id, b"receipt", product.received_at_ms, labels={"action": "created"})


async def test_an_effect_is_tried_again_and_its_answers_go_to_their_records() -> None:
    index = Index(away=2)
    harness = Harness(effect=index)
    await harness.run("a", "reject", "refused", "d")

    assert index.batches == [["a", "refused", "d"]] * 3
    assert harness.written() == [
        ("test.documents.segmented", b"receipt"),
        ("test.documents.dead-letter", b"reject"),
        ("test.documents.dead-letter", b"refused"),
        ("test.documents.segmented", b"receipt"),
    ]
    assert harness.count("retries_total", cause="index_unavailable") == 2
    assert harness.count("documents_by_index_action_total", action="created") == 2


async def test_the_log_tells_where_and_why_and_holds_no_text_of_the_page(caplog: pytest.LogCaptureFixture) -> None:
    harness = Harness()
    with caplog.at_level("DEBUG"):
        await harness.run("bug")
        await harness.run("reject the secret words")

    assert harness.count("dead_letters_total", code="bug") == 1
    assert "secret words" not in caplog.text
