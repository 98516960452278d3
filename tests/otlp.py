"""A receiver of traces: a real HTTP server that takes what an exporter sends by OTLP, as a collector does."""

import gzip
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span

PATIENCE_SECONDS = 90.0


@dataclass(frozen=True, slots=True)
class Received:
    """One span.

    Attributes:
        service: name of the service that sent it.
        name: the span's name.
        trace: id of its trace, as hexadecimal digits.
        id: its own id, likewise.
        parent: id of the span that it is a part of; empty without one.
        attributes: its attributes, as text.
        error: the description of its error status; empty without one.
        span: the whole of it.
    """

    service: str
    name: str
    trace: str
    id: str
    parent: str
    attributes: dict[str, str]
    error: str
    span: Span


class Receiver:
    """The spans that came in so far."""

    def __init__(self, server: ThreadingHTTPServer, spans: list[Received]) -> None:
        self.url = f"http://127.0.0.1:{server.server_address[1]}"
        self._spans = spans

    def of(self, trace: str) -> list[Received]:
        """Give the spans of a trace."""
        return [span for span in list(self._spans) if span.trace == trace]

    def until(self, enough: Callable[[Sequence[Received]], bool]) -> list[Received]:
        """Wait until the spans that came in are enough, and give them."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not enough(found := list(self._spans)):
            assert time.monotonic() < deadline, [f"{span.service}: {span.name}" for span in found]
            time.sleep(0.1)
        return found


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run a receiver on a free port until the end of the block."""
    spans: list[Received] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/traces"
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            spans.extend(_spans(ExportTraceServiceRequest.FromString(body)))
            answer = ExportTraceServiceResponse().SerializeToString()
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield Receiver(server, spans)
        finally:
            server.shutdown()


def _spans(request: ExportTraceServiceRequest) -> Iterator[Received]:
    for resource in request.resource_spans:
        service = _attributes(resource.resource.attributes)["service.name"]
        for scope in resource.scope_spans:
            for span in scope.spans:
                yield Received(
                    service,
                    span.name,
                    span.trace_id.hex(),
                    span.span_id.hex(),
                    span.parent_span_id.hex(),
                    _attributes(span.attributes),
                    span.status.message,
                    span,
                )


def _attributes(pairs: Sequence[KeyValue]) -> dict[str, str]:
    return {pair.key: str(getattr(pair.value, pair.value.WhichOneof("value") or "string_value")) for pair in pairs}
