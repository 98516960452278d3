"""The spans that the loop records, kept in memory; across real processes: `tests/integration/runtime/test_traces.py`."""

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF
from opentelemetry.trace import SpanKind, StatusCode

from broadsheet.runtime.publishing import OutputRecord, TooLargeError
from broadsheet.runtime.records import Record
from broadsheet.runtime.spans import SpanTracing
from broadsheet_schemas.errors import ErrorCode
from unit.runtime.test_processor import AWAY, Harness, Index

TRACE_ID = "0af7651916cd43dd8448eb211c80319c"
PARENT_ID = "b7ad6b7169203331"
TRACEPARENT = f"00-{TRACE_ID}-{PARENT_ID}-01"
CARRIES = (("traceparent", TRACEPARENT.encode()), ("tracestate", b"vendor=1"))


class Recorded:
    """Tracing whose spans stay in memory."""

    def __init__(self, provider: TracerProvider | None = None) -> None:
        provider = provider or TracerProvider()
        self._exporter = InMemorySpanExporter()
        provider.add_span_processor(SimpleSpanProcessor(self._exporter))
        self.tracing = SpanTracing(
            provider,
            provider.shutdown,
            role="segmenter",
            group="broadsheet-segmenter",
            client_id="broadsheet-segmenter-0",
        )

    def spans(self, name: str = "") -> Sequence[ReadableSpan]:
        return [span for span in self._exporter.get_finished_spans() if span.name.startswith(name)]

    def span(self, name: str) -> ReadableSpan:
        (found,) = self.spans(name)
        return found


def trace_of(span: ReadableSpan) -> str:
    return f"{span.get_span_context().trace_id:032x}"  # type: ignore[union-attr]  # it has one once it is started


def id_of(span: ReadableSpan) -> str:
    return f"{span.get_span_context().span_id:016x}"  # type: ignore[union-attr]  # it has one once it is started


def parent_of(span: ReadableSpan) -> str | None:
    return f"{span.parent.span_id:016x}" if span.parent else None


def carried(output: OutputRecord) -> list[str]:
    return [value.decode() for name, value in output.headers if name == "traceparent"]


def is_sampled(traceparent: str) -> bool:
    """Tell the flag; the one beside it says that a new trace's id is random."""
    return bool(int(traceparent.split("-")[3], 16) & 1)


@pytest.fixture
def recorded() -> Recorded:
    return Recorded()


async def test_a_hop_goes_on_with_the_trace_and_its_event_carries_it_on(recorded: Recorded) -> None:
    harness = Harness(tracing=recorded.tracing)
    await harness.run("bridge", headers=CARRIES)

    process, work, send = (recorded.span(name) for name in ("process ", "segmenter work", "send "))
    assert {trace_of(span) for span in recorded.spans()} == {TRACE_ID}
    assert parent_of(process) == PARENT_ID
    assert parent_of(work) == parent_of(send) == id_of(process)
    (event,) = harness.publisher.written
    assert carried(event) == [f"00-{TRACE_ID}-{id_of(send)}-01"]
    assert dict(event.headers)["tracestate"] == b"vendor=1"
    assert [span.kind for span in (process, work, send)] == [SpanKind.CONSUMER, SpanKind.INTERNAL, SpanKind.PRODUCER]
    assert {span.status.status_code for span in recorded.spans()} == {StatusCode.UNSET}


async def test_spans_have_the_attributes_of_the_conventions(recorded: Recorded) -> None:
    await Harness(tracing=recorded.tracing).run("bridge", "b", headers=(("ce_id", b"17"), *CARRIES))

    process, send = recorded.spans("process ")[0], recorded.spans("send ")[0]
    assert process.name == "process test.documents.accepted"
    assert process.attributes == {
        "messaging.system": "kafka",
        "messaging.operation.type": "process",
        "messaging.operation.name": "process",
        "messaging.destination.name": "test.documents.accepted",
        "messaging.destination.partition.id": "1",
        "messaging.kafka.offset": 0,
        "messaging.consumer.group.name": "broadsheet-segmenter",
        "messaging.client.id": "broadsheet-segmenter-0",
        "messaging.message.id": "17",
        "messaging.message.body.size": 6,
        "broadsheet.document.id": "bridge",
        "broadsheet.batch.records": 2,
    }
    assert send.name == "send test.documents.segmented"
    assert send.attributes == {
        "messaging.system": "kafka",
        "messaging.operation.type": "send",
        "messaging.operation.name": "send",
        "messaging.destination.name": "test.documents.segmented",
        "messaging.client.id": "broadsheet-segmenter-0",
        "messaging.message.body.size": 6,
        "broadsheet.document.id": "bridge",
    }


async def test_a_span_of_work_has_the_time_that_the_worker_measured(recorded: Recorded) -> None:
    await Harness(tracing=recorded.tracing).run("sleep 0.05")

    process, work = recorded.span("process "), recorded.span("segmenter work")
    assert work.end_time is not None
    assert work.start_time is not None
    assert process.start_time is not None
    assert process.end_time is not None
    assert work.end_time - work.start_time >= 50_000_000
    assert process.start_time <= work.start_time < work.end_time <= process.end_time


async def test_each_document_has_a_trace_of_its_own(recorded: Recorded) -> None:
    await Harness(tracing=recorded.tracing).run("a", "b", "c")

    assert Counter(trace_of(span) for span in recorded.spans()) == dict.fromkeys(
        {trace_of(span) for span in recorded.spans("process ")}, 3
    )
    assert len(recorded.spans("process ")) == 3
    assert {parent_of(span) for span in recorded.spans("process ")} == {None}


async def test_a_dead_letter_is_an_error_with_its_code_and_without_the_text(recorded: Recorded) -> None:
    harness = Harness(tracing=recorded.tracing)
    await harness.run("reject the secret words", headers=CARRIES)

    for name in ("process ", "segmenter work"):
        span = recorded.span(name)
        assert span.status.status_code is StatusCode.ERROR
        assert span.status.description == ErrorCode.EMPTY_PAGE
        assert (span.attributes or {})["error.type"] == "empty_page"
    send = recorded.span("send test.documents.dead-letter")
    assert send.status.status_code is StatusCode.UNSET, "the sending itself went well"
    assert all("secret" not in span.to_json() for span in recorded.spans())
    (letter,) = harness.publisher.written
    assert carried(letter) == [TRACEPARENT], "the record as it came: a replay goes on in the same trace"


async def test_an_effect_and_its_retries_are_seen(recorded: Recorded) -> None:
    await Harness(tracing=recorded.tracing, effect=Index(away=2)).run("a", "reject", "refused")

    effects = recorded.spans("segmenter effect")
    hops = {(span.attributes or {})["messaging.kafka.offset"]: span for span in recorded.spans("process ")}
    assert [parent_of(span) for span in effects] == [id_of(hops[0]), id_of(hops[2])], (
        "not of the page that was rejected"
    )
    assert [(event.name, dict(event.attributes or {})) for event in hops[0].events] == [
        ("retry", {"error.type": "index_unavailable"})
    ] * 2
    assert hops[2].status.description == "index_refused"
    works = {parent_of(span): span.status.status_code for span in recorded.spans("segmenter work")}
    assert works[id_of(hops[2])] is StatusCode.UNSET, "the function went well"


async def test_what_is_sent_again_has_one_span_and_one_context(recorded: Recorded) -> None:
    harness = Harness([AWAY, None], [AWAY], tracing=recorded.tracing)
    await harness.run("a", "b")

    assert len(recorded.spans("send ")) == len(recorded.spans("process ")) == 2
    contexts = {tuple(carried(output)) for call in harness.publisher.calls for output in call}
    assert len(contexts) == 2


async def test_an_event_too_large_to_send_is_an_error_and_then_a_dead_letter(recorded: Recorded) -> None:
    await Harness([TooLargeError("too large")], tracing=recorded.tracing).run("a")

    event, letter = recorded.span("send test.documents.segmented"), recorded.span("send test.documents.dead-letter")
    assert event.status.description == "output_too_large"
    assert letter.status.status_code is StatusCode.UNSET
    assert recorded.span("process ").status.description == "output_too_large"


@pytest.mark.parametrize(
    "broken", [b"", b"00-zz-1-01", b"\xff\xfe", b"0" * 600, f"00-{'0' * 32}-{PARENT_ID}-01".encode()]
)
async def test_a_broken_context_begins_a_new_trace(recorded: Recorded, broken: bytes) -> None:
    harness = Harness(tracing=recorded.tracing)
    await harness.run("a", headers=(("traceparent", broken),))

    process = recorded.span("process ")
    assert process.parent is None
    assert carried(harness.publisher.written[0])[0].split("-")[1] == trace_of(process)


async def test_a_trace_that_is_not_sampled_is_carried_on_as_such() -> None:
    recorded = Recorded()
    harness = Harness(tracing=recorded.tracing)
    await harness.run("a", headers=(("traceparent", f"00-{TRACE_ID}-{PARENT_ID}-00".encode()),))
    assert recorded.spans() == []
    assert carried(harness.publisher.written[0])[0].startswith(f"00-{TRACE_ID}-")
    assert not is_sampled(carried(harness.publisher.written[0])[0])

    off = Recorded(TracerProvider(sampler=ALWAYS_OFF))
    harness = Harness(tracing=off.tracing)
    await harness.run("a")
    assert off.spans() == []
    assert not is_sampled(carried(harness.publisher.written[0])[0])


async def test_ids_of_events_do_not_depend_on_tracing(recorded: Recorded) -> None:
    plain, traced = Harness(), Harness(tracing=recorded.tracing)
    await plain.run("a")
    await traced.run("a", headers=CARRIES)

    (one,), (other,) = plain.publisher.written, traced.publisher.written
    assert dict(one.headers)["ce_id"] == dict(other.headers)["ce_id"]


async def test_off_a_trace_is_carried_as_it_came() -> None:
    harness = Harness()
    await harness.run("a", headers=CARRIES)
    assert [header for header in harness.publisher.written[0].headers if header[0].startswith("trace")] == list(CARRIES)


def test_publishing_begins_a_trace(recorded: Recorded) -> None:
    record = Record("documents.raw", 0, 0, 0, None, b"page")
    sent = recorded.tracing.publish(record, "documents.raw", "bridge")
    refused = recorded.tracing.publish(record, "documents.raw", None)
    traceparent = dict(sent.headers)["traceparent"].decode()
    sent.ended()
    refused.ended("page_too_large")

    good, bad = recorded.spans("send documents.raw")
    assert traceparent.startswith(f"00-{trace_of(good)}-{id_of(good)}-")
    assert is_sampled(traceparent)
    assert good.kind is SpanKind.PRODUCER
    assert (good.attributes or {})["broadsheet.document.id"] == "bridge"
    assert bad.status.description == "page_too_large"
    assert trace_of(good) != trace_of(bad)


def test_a_document_that_belongs_to_a_trace_stays_in_it(recorded: Recorded) -> None:
    record = Record("documents.raw", 0, 0, 0, None, b"page", CARRIES)
    recorded.tracing.publish(record, "documents.raw", None).ended()
    assert trace_of(recorded.span("send ")) == TRACE_ID


def test_the_loop_is_free_of_the_library_when_tracing_is_off() -> None:
    code = "import sys, broadsheet.runtime.service; sys.exit('opentelemetry' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
