"""The spans of documents, by OpenTelemetry's semantic conventions for messaging (version 1.39) and for Kafka.

One trace a document. Each hop adds `process TOPIC`, from when its batch is taken until its offset may be committed, and in it
the stage's function, its effect if it has one, and `send TOPIC` until the broker has acknowledged the event. The event
carries the context of its `send`, and the next hop goes on from there. A dead letter is an error with its code, and carries
the context that its record came with, so that a replay goes on in the same trace. No span holds text of a page.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from opentelemetry.context import Context
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, Tracer, TracerProvider, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from broadsheet import __version__
from broadsheet.runtime.events import carried_trace
from broadsheet.runtime.outcomes import Failure, Outcome
from broadsheet.runtime.records import Headers, Record
from broadsheet_schemas import headers as names

W3C = TraceContextTextMapPropagator()

NANOSECONDS = 1_000_000_000

Attributes = Mapping[str, str | int | bool]


class SpanTracing:
    """Records spans with a tracer of OpenTelemetry.

    Args:
        provider: makes them.
        stop: sends what is recorded and not yet sent, and ends the provider.
        role: a stage, or `publish`.
        group: consumer group of a stage.
        client_id: name of the Kafka client.
    """

    def __init__(
        self, provider: TracerProvider, stop: Callable[[], None], *, role: str, group: str, client_id: str
    ) -> None:
        self.stop = stop
        self._tracer = provider.get_tracer("broadsheet", __version__)
        self._role = role
        self._client = {"messaging.system": "kafka", "messaging.client.id": client_id}
        self._consumer = {**self._client, "messaging.consumer.group.name": group}

    def batch(self, records: Sequence[Record]) -> "BatchSpans":
        """Begin with a batch that has been taken."""
        return BatchSpans(self._tracer, self._role, records, self._consumer, self._client)

    def publish(self, record: Record, topic: str, document_id: str | None) -> "SendSpan":
        """Begin the trace of a document that is published, or go on with the one that its headers tell."""
        span = self._tracer.start_span(
            f"send {topic}",
            context=_context(record.headers),
            kind=SpanKind.PRODUCER,
            attributes={**self._client, **_sent(record, topic, document_id)},
        )
        return SendSpan(span)


class SendSpan:
    """The span of one record that a publisher sends."""

    def __init__(self, span: Span) -> None:
        self._span = span

    @property
    def headers(self) -> Headers:
        """The trace context of the span."""
        return _headers(self._span)

    def ended(self, error: str | None = None) -> None:
        """End the span, in error where there is one."""
        if error is not None:
            _fail(self._span, error)
        self._span.end()


@dataclass(slots=True)
class Hop:
    """The spans of one document at one stage that have not ended.

    Attributes:
        process: the whole hop.
        produced: whether the stage's function made something of it.
        send: the sending of its outcome, or None before.
        sent: that outcome.
    """

    process: Span
    produced: bool
    send: Span | None = None
    sent: Outcome | None = None


class BatchSpans:
    """The spans of a batch: see `tracing.BatchTrace` for when each method is called."""

    def __init__(
        self, tracer: Tracer, stage: str, records: Sequence[Record], consumer: Attributes, client: Attributes
    ) -> None:
        self._tracer = tracer
        self._stage = stage
        self._records = records
        self._consumer = consumer
        self._client = client
        self._taken_ns = time.time_ns()
        self._retries: list[tuple[str, int]] = []
        self._hops: dict[int, Hop] = {}  # by the identity of the record: one may come twice in a batch

    def retried(self, code: str) -> None:
        """Note it as an event of every hop of the batch."""
        self._retries.append((code, time.time_ns()))

    def worked(self, outcomes: Sequence[Outcome]) -> None:
        """Begin each document's hop, with the span of the stage's function, which a worker process has measured."""
        for record, outcome in zip(self._records, outcomes, strict=True):
            process = self._begin(record, outcome)
            self._hops[id(record)] = Hop(process, produced=not isinstance(outcome.result, Failure))
            if outcome.started_ns:
                self._add_work(process, outcome)

    @contextmanager
    def effect(self) -> Iterator[None]:
        """Add the time of the block to every hop whose function gave a product: the effect takes a batch at a time."""
        started = time.time_ns()
        try:
            yield
        finally:
            ended = time.time_ns()
            for hop in (hop for hop in self._hops.values() if hop.produced):
                span = self._tracer.start_span(
                    f"{self._stage} effect", context=set_span_in_context(hop.process), start_time=started
                )
                span.end(ended)

    def sending(self, record: Record, outcome: Outcome, topic: str) -> Headers:
        """Begin to send an outcome, or go on with it when it is sent again."""
        hop = self._hops[id(record)]
        if hop.send is None or hop.sent is not outcome:
            self._end_send(hop, "output_too_large")
            hop.sent = outcome
            hop.send = self._tracer.start_span(
                f"send {topic}",
                context=set_span_in_context(hop.process),
                kind=SpanKind.PRODUCER,
                attributes={**self._client, **_written(record, outcome, topic)},
            )
        return _headers(hop.send)

    def ended(self, record: Record, outcome: Outcome) -> None:
        """End the sending; a dead letter makes the hop an error."""
        hop = self._hops[id(record)]
        self._end_send(hop)
        if isinstance(outcome.result, Failure):
            _fail(hop.process, outcome.result.code)

    def released(self) -> None:
        """End the hops."""
        for hop in self._hops.values():
            for code, moment in self._retries:
                hop.process.add_event("retry", {"error.type": code}, moment)
            hop.process.end()

    def _begin(self, record: Record, outcome: Outcome) -> Span:
        found = () if isinstance(outcome.result, Failure) else outcome.result.trace
        known = record.known_id if isinstance(outcome.result, Failure) else outcome.result.document_id
        return self._tracer.start_span(
            f"process {record.topic}",
            context=_context(carried_trace(record, found)),
            kind=SpanKind.CONSUMER,
            attributes={**self._consumer, **_read(record, known), "broadsheet.batch.records": len(self._records)},
            start_time=self._taken_ns,
        )

    def _add_work(self, process: Span, outcome: Outcome) -> None:
        span = self._tracer.start_span(
            f"{self._stage} work", context=set_span_in_context(process), start_time=outcome.started_ns
        )
        if isinstance(outcome.result, Failure):
            _fail(span, outcome.result.code)
        span.end(outcome.started_ns + round(outcome.seconds * NANOSECONDS))

    def _end_send(self, hop: Hop, error: str | None = None) -> None:
        if hop.send is None:
            return
        if error is not None:
            _fail(hop.send, error)
        hop.send.end()


def _read(record: Record, document_id: str | None) -> Attributes:
    """Give what is told of a record that was read."""
    event_id = record.header(names.CE_ID)
    return {
        "messaging.operation.type": "process",
        "messaging.operation.name": "process",
        "messaging.destination.name": record.topic,
        "messaging.destination.partition.id": str(record.partition),
        "messaging.kafka.offset": record.offset,
        "messaging.message.body.size": len(record.value or b""),
        **({"messaging.kafka.message.tombstone": True} if record.value is None else {}),
        **({"messaging.message.id": event_id} if event_id else {}),
        **({"broadsheet.document.id": document_id} if document_id else {}),
    }


def _written(record: Record, outcome: Outcome, topic: str) -> Attributes:
    """Give what is told of an outcome that is written: the record itself as a dead letter, or an event."""
    if isinstance(outcome.result, Failure):
        return _sent(record, topic, record.known_id)
    return _sending(topic, len(outcome.result.data), outcome.result.document_id)


def _sent(record: Record, topic: str, document_id: str | None) -> Attributes:
    return _sending(topic, len(record.value or b""), document_id)


def _sending(topic: str, size: int, document_id: str | None) -> Attributes:
    return {
        "messaging.operation.type": "send",
        "messaging.operation.name": "send",
        "messaging.destination.name": topic,
        "messaging.message.body.size": size,
        **({"broadsheet.document.id": document_id} if document_id else {}),
    }


def _fail(span: Span, code: str) -> None:
    span.set_attribute("error.type", code)
    span.set_status(Status(StatusCode.ERROR, code))


def _context(headers: Headers) -> Context:
    """Read a trace context; an empty one, in which a new trace begins, where there is none or it is not valid."""
    carrier = {name.lower(): value.decode("ascii", errors="replace") for name, value in headers}
    return W3C.extract(carrier, context=Context())


def _headers(span: Span) -> Headers:
    carrier: dict[str, str] = {}
    W3C.inject(carrier, context=set_span_in_context(span, Context()))
    return tuple((name, value.encode()) for name, value in carrier.items())
