"""Traces of documents: what the loop and `broadsheet publish` tell of a document's way, whether or not anyone records it.

Off, the default, costs a call that does nothing, and OpenTelemetry is not even imported: a trace that a publisher began is
carried from hop to hop as it came. On, each hop's spans become part of it (`spans`), and go out over OTLP (`trace_export`).
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol

from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.events import carried_trace
from broadsheet.runtime.outcomes import Failure, Outcome
from broadsheet.runtime.records import Headers, Record
from broadsheet.runtime.settings import KafkaSettings
from broadsheet_schemas.errors import ErrorCode

OFF = "off"


class BatchTrace(Protocol):
    """Takes what the loop tells of one batch, in this order; `retried` may come at any time."""

    def retried(self, code: str) -> None:
        """Note that the world was away, and that the batch waits."""

    def worked(self, outcomes: Sequence[Outcome]) -> None:
        """Note what the stage's function made of each record."""

    def effect(self) -> AbstractContextManager[None]:
        """Note how long the block took, in which the stage's effect is applied."""

    def sending(self, record: Record, outcome: Outcome, topic: str) -> Headers:
        """Note that a record's outcome is about to be written to `topic`; gives the trace context that its event carries."""

    def ended(self, record: Record, outcome: Outcome) -> None:
        """Note that a record's outcome is acknowledged."""

    def released(self) -> None:
        """Note that the batch is done."""


class SendTrace(Protocol):
    """What is told of one record that a publisher sends."""

    @property
    def headers(self) -> Headers:
        """The trace context that the record carries."""

    def ended(self, error: str | None = None) -> None:
        """Note that it is acknowledged, or why it is not."""


class Tracing(Protocol):
    """Begins traces, and sends what is recorded."""

    def batch(self, records: Sequence[Record]) -> BatchTrace:
        """Begin with a batch that has been taken."""

    def publish(self, record: Record, topic: str, document_id: str | None) -> SendTrace:
        """Begin the trace of a document that is published."""

    def stop(self) -> None:
        """Send what is recorded and not yet sent; blocks for as long as the exporter's time limit allows."""


class NoBatchTrace:
    """Records nothing: an event carries the trace context that its record came with."""

    def retried(self, code: str) -> None:
        """Do nothing."""

    def worked(self, outcomes: Sequence[Outcome]) -> None:
        """Do nothing."""

    def effect(self) -> AbstractContextManager[None]:
        """Give a block that does nothing."""
        return nullcontext()

    def sending(self, record: Record, outcome: Outcome, topic: str) -> Headers:  # noqa: ARG002 - see `BatchTrace`
        """Give the trace context of the record, or of the page where its headers have none."""
        return () if isinstance(outcome.result, Failure) else carried_trace(record, outcome.result.trace)

    def ended(self, record: Record, outcome: Outcome) -> None:
        """Do nothing."""

    def released(self) -> None:
        """Do nothing."""


class NoSendTrace:
    """Records nothing: the record carries what the user gave it."""

    headers: Headers = ()

    def ended(self, error: str | None = None) -> None:
        """Do nothing."""


class NoTracing:
    """Tracing that is switched off."""

    _batch = NoBatchTrace()
    _send = NoSendTrace()

    def batch(self, records: Sequence[Record]) -> BatchTrace:  # noqa: ARG002 - see `Tracing`
        """Give what records nothing."""
        return self._batch

    def publish(self, record: Record, topic: str, document_id: str | None) -> SendTrace:  # noqa: ARG002 - see `Tracing`
        """Give what records nothing."""
        return self._send

    def stop(self) -> None:
        """Do nothing."""


def tracing_of(settings: KafkaSettings, role: str, *, client_id: str, group: str = "", instance: str = "") -> Tracing:
    """Give the tracing that the settings ask for.

    Args:
        settings: say whether, and where to.
        role: who records: a stage, or `publish`; part of the service's name.
        client_id: name of the Kafka client.
        group: consumer group of a stage.
        instance: name of the process within its stage.

    Raises:
        OperatorError: it is switched on and the extra `tracing` is not installed, or a variable of OpenTelemetry has a
            value that cannot be used (`configuration`).
    """
    if settings.tracing == OFF:
        return NoTracing()
    try:
        from broadsheet.runtime.spans import SpanTracing  # noqa: PLC0415 - 50 ms that only who traces pays
        from broadsheet.runtime.trace_export import provider_of  # noqa: PLC0415 - of the extra `tracing`
    except ModuleNotFoundError as error:
        raise OperatorError(
            ErrorCode.CONFIGURATION,
            f"BROADSHEET_TRACING={settings.tracing} needs what `pip install 'broadsheet[tracing]'` installs ({error})",
        ) from error
    provider = provider_of(settings.tracing, role, instance)
    return SpanTracing(provider, provider.shutdown, role=role, group=group, client_id=client_id)


@contextmanager
def open_tracing(settings: KafkaSettings, role: str, *, client_id: str) -> Iterator[Tracing]:
    """Give the tracing of a command, and send what it has recorded at the end; see `tracing_of`."""
    tracing = tracing_of(settings, role, client_id=client_id)
    try:
        yield tracing
    finally:
        tracing.stop()
