"""Where spans go: OpenTelemetry's SDK, with its OTLP exporter over HTTP. Needs the extra `tracing`.

OpenTelemetry's own variables hold (`OTEL_EXPORTER_OTLP_...`, `OTEL_TRACES_SAMPLER`, `OTEL_RESOURCE_ATTRIBUTES`,
`OTEL_SERVICE_NAME`, `OTEL_BSP_...`, `OTEL_SDK_DISABLED`): they are read by its SDK, not here.
"""

import os
from urllib.parse import urlsplit

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from broadsheet import __version__
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

OTLP = "otlp"
"""The setting that leaves the collector's address to OpenTelemetry's variables; any other is its URL."""

PROTOCOL_VARIABLES = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
PROTOCOL = "http/protobuf"
"""The one protocol that the extra brings: gRPC would bring a large library for nothing that a collector's port 4318 lacks."""

TRACES_PATH = "/v1/traces"
"""Where an OTLP receiver takes traces, by the specification; added to a URL without a path."""


def provider_of(tracing: str, role: str, instance: str) -> TracerProvider:
    """Make the provider that exports to where the setting says, in a thread of its own, without ever blocking.

    Args:
        tracing: `otlp`, or the URL of a collector.
        role: who records: a stage, or `publish`.
        instance: name of the process within its stage; empty where there is none.

    Raises:
        OperatorError: a variable of OpenTelemetry has a value that cannot be used (`configuration`).
    """
    _refuse_other_protocols()
    try:
        exporter = OTLPSpanExporter(endpoint=None if tracing == OTLP else traces_url(tracing))
        provider = TracerProvider(resource=resource_of(role, instance), shutdown_on_exit=False)
        provider.add_span_processor(BatchSpanProcessor(exporter))
    except ValueError as error:
        raise OperatorError(ErrorCode.CONFIGURATION, f"OpenTelemetry's variables cannot be used: {error}") from error
    return provider


def resource_of(role: str, instance: str) -> Resource:
    """Say who records: `broadsheet-ROLE`, unless OpenTelemetry's variables say otherwise."""
    known = {"service.namespace": "broadsheet", "service.name": f"broadsheet-{role}", "service.version": __version__}
    if instance:
        known["service.instance.id"] = f"{role}-{instance}"
    return Resource.create(known).merge(OTELResourceDetector().detect())


def traces_url(base: str) -> str:
    """Give the address that takes traces of a collector; one with a path stays as it is."""
    return base if urlsplit(base).path.strip("/") else base.rstrip("/") + TRACES_PATH


def _refuse_other_protocols() -> None:
    for name in PROTOCOL_VARIABLES:
        given = os.environ.get(name, "")
        if given not in ("", PROTOCOL):
            raise OperatorError(ErrorCode.CONFIGURATION, f"{name}: traces are sent as {PROTOCOL} alone")
