import sys

import pytest

from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.settings import KafkaSettings, load
from broadsheet.runtime.spans import SpanTracing
from broadsheet.runtime.trace_export import provider_of, resource_of, traces_url
from broadsheet.runtime.tracing import NoTracing, open_tracing, tracing_of


def test_it_is_off_unless_it_is_switched_on() -> None:
    assert isinstance(tracing_of(KafkaSettings(), "intake", client_id="intake"), NoTracing)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    monkeypatch.delitem(sys.modules, "broadsheet.runtime.trace_export")
    with pytest.raises(OperatorError, match=r"pip install 'broadsheet\[tracing\]'") as caught:
        tracing_of(KafkaSettings(tracing="otlp"), "intake", client_id="intake")
    assert caught.value.code == "configuration"


@pytest.mark.parametrize("value", ["on", "http://", "grpc://collector:4317", "OTLP", ""])
def test_a_setting_that_means_nothing_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("BROADSHEET_TRACING", value)
    with pytest.raises(OperatorError, match="BROADSHEET_TRACING"):
        load(KafkaSettings)


@pytest.mark.parametrize(
    ("variable", "value", "named"),
    [
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "OTEL_EXPORTER_OTLP_PROTOCOL: traces are sent as http/protobuf alone"),
        ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/json", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"),
        ("OTEL_BSP_MAX_QUEUE_SIZE", "1", "OpenTelemetry's variables cannot be used"),
    ],
)
def test_a_variable_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, named: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(OperatorError, match=named):
        tracing_of(KafkaSettings(tracing="otlp"), "intake", client_id="intake")


def test_a_command_stops_what_it_has_begun() -> None:
    with open_tracing(KafkaSettings(tracing="http://127.0.0.1:1"), "publish", client_id="publish") as tracing:
        assert isinstance(tracing, SpanTracing)


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("http://collector:4318", "http://collector:4318/v1/traces"),
        ("https://collector:4318/", "https://collector:4318/v1/traces"),
        ("https://traces.example/otlp/in", "https://traces.example/otlp/in"),
    ],
)
def test_the_address_of_a_collector_is_completed(given: str, taken: str) -> None:
    assert traces_url(given) == taken


def test_who_records_is_told_and_the_variables_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    told = resource_of("intake", "0").attributes
    assert told["service.name"] == "broadsheet-intake"
    assert told["service.instance.id"] == "intake-0"
    assert told["service.version"]

    monkeypatch.setenv("OTEL_SERVICE_NAME", "news")
    monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test")
    told = resource_of("intake", "0").attributes
    assert told["service.name"] == "news"
    assert told["deployment.environment.name"] == "test"


def test_the_sampler_of_the_variables_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "always_off")
    provider = provider_of("http://127.0.0.1:1", "intake", "0")
    assert not provider.get_tracer("test").start_span("process documents.raw").is_recording()
    provider.shutdown()
