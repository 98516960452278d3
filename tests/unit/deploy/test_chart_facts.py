"""What the chart says of Broadsheet is what Broadsheet says of itself: a fact changed in one place only shows here."""

import importlib
import json
import re
import tomllib
from typing import Any, get_args

import pytest
import yaml

import settings_page
from broadsheet.indexer.settings import OpenSearchSettings
from broadsheet.runtime.groups import consumer_group
from broadsheet.runtime.settings import ENV_PREFIX, KafkaSettings, ProcessorSettings
from broadsheet_schemas.processors import PROCESSORS
from broadsheet_schemas.topics import TOPICS
from unit.deploy.charts import CHART, VALUES, Manifest, environment, of_kind, pod_specs, rendered
from unit.deploy.go_tools import BUILD_SECONDS, ROOT

pytestmark = [pytest.mark.processes, pytest.mark.timeout(BUILD_SECONDS)]

DEFAULTS: dict[str, Any] = yaml.safe_load((CHART / "values.yaml").read_text("utf-8"))
SCHEMA: dict[str, Any] = json.loads((CHART / "values.schema.json").read_text("utf-8"))
DOCKERFILE = (ROOT / "deploy/Dockerfile").read_text("utf-8")


@pytest.fixture(scope="module")
def default() -> list[Manifest]:
    return rendered(VALUES["default"])


@pytest.fixture(scope="module")
def secured() -> list[Manifest]:
    return rendered(VALUES["tls-sasl"])


def settings_of(stage: str) -> set[str]:
    """The variables of a stage's own settings class."""
    module = importlib.import_module(f"broadsheet.{stage}.settings")
    return {f"{ENV_PREFIX}{name}".upper() for name in getattr(module, f"{stage.capitalize()}Settings").model_fields}


def test_every_variable_of_a_pod_is_a_setting(secured: list[Manifest]) -> None:
    known = {name for settings in settings_page.settings_classes() for name in settings_page.variables(settings)}
    for component, pod in pod_specs(secured).items():
        assert environment(pod).keys() <= known
        if component in DEFAULTS["stages"]:
            assert environment(pod).keys() <= settings_of(component)


def test_the_stages_are_those_of_the_contracts() -> None:
    names = [processor.name for processor in PROCESSORS]
    assert list(DEFAULTS["stages"]) == names
    assert list(SCHEMA["properties"]["stages"]["properties"]) == names


@pytest.mark.parametrize(
    ("value", "settings", "field"),
    [
        ("securityProtocol", KafkaSettings, "security_protocol"),
        ("saslMechanism", KafkaSettings, "sasl_mechanism"),
    ],
)
def test_the_choices_are_those_of_the_settings(value: str, settings: Any, field: str) -> None:
    assert SCHEMA["properties"]["kafka"]["properties"][value]["enum"] == list(
        get_args(settings.model_fields[field].annotation)
    )
    assert DEFAULTS["kafka"][value] == settings.model_fields[field].default


def test_the_prefixes_are_bound_as_the_settings_bind_them() -> None:
    for value, settings, field in (
        (SCHEMA["properties"]["kafka"]["properties"]["topicPrefix"], KafkaSettings, "topic_prefix"),
        (SCHEMA["properties"]["opensearch"]["properties"]["indexPrefix"], OpenSearchSettings, "index_prefix"),
    ):
        assert value["pattern"] == settings.model_json_schema()["properties"][field]["pattern"]
    assert DEFAULTS["opensearch"]["indexPrefix"] == OpenSearchSettings.model_fields["index_prefix"].default


def test_the_ports_are_that_of_the_image(default: list[Manifest]) -> None:
    (port,) = (int(number) for number in re.findall(r"BROADSHEET_HTTP_PORT=(\d+)", DOCKERFILE))
    for stage, service in of_kind(default, "Service").items():
        assert [entry["port"] for entry in service["spec"]["ports"]] == [port]
        (container,) = pod_specs(default)[stage]["containers"]
        assert container["ports"] == [{"name": "metrics", "containerPort": port, "protocol": "TCP"}]
    (rule,) = of_kind(default, "NetworkPolicy")[""]["spec"]["ingress"]
    assert rule["ports"] == [{"protocol": "TCP", "port": port}]


def test_the_probes_ask_what_the_processors_serve(default: list[Manifest]) -> None:
    served = (ROOT / "services/broadsheet/runtime/health.py").read_text("utf-8")
    for stage in DEFAULTS["stages"]:
        (container,) = pod_specs(default)[stage]["containers"]
        asked = {
            probe: container[probe]["httpGet"]["path"] for probe in ("startupProbe", "livenessProbe", "readinessProbe")
        }
        assert asked == {
            "startupProbe": "/health/live",
            "livenessProbe": "/health/live",
            "readinessProbe": "/health/ready",
        }
        assert all(f'add_get("{path}"' in served for path in asked.values())


def test_the_user_is_that_of_the_image(default: list[Manifest]) -> None:
    (user,) = re.findall(r"^USER (\d+):\1$", DOCKERFILE, re.MULTILINE)
    for pod in pod_specs(default).values():
        context = pod["securityContext"]
        assert {context["runAsUser"], context["runAsGroup"], context["fsGroup"]} == {int(user)}


def test_the_versions_are_that_of_the_distribution(default: list[Manifest]) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text("utf-8"))
    assert (chart["version"], chart["appVersion"]) == (version, version)
    assert {pod["containers"][0]["image"] for pod in pod_specs(default).values()} == {f"broadsheet:{version}"}


@pytest.mark.parametrize("prefix", ["", "news."])
def test_keda_watches_what_the_processors_read(prefix: str, default: list[Manifest], secured: list[Manifest]) -> None:
    scaled = of_kind(secured if prefix else default, "ScaledObject")
    for processor in PROCESSORS:
        spec = scaled[processor.name]["spec"]
        (trigger,) = spec["triggers"]
        assert trigger["metadata"]["topic"] == processor.reads.prefixed(prefix)
        assert trigger["metadata"]["consumerGroup"] == consumer_group(processor.name, prefix)
        assert spec["scaleTargetRef"]["name"] == f"news-broadsheet-{processor.name}"


def test_the_topics_are_made_with_the_partitions_of_the_design(default: list[Manifest]) -> None:
    assert {topic.partitions for topic in TOPICS} == {DEFAULTS["kafka"]["partitions"]}
    (container,) = pod_specs(default)["topics"]["containers"]
    assert container["args"] == ["topics", "create", f"--partitions={DEFAULTS['kafka']['partitions']}"]


def test_a_pod_has_longer_to_stop_than_its_processor_takes(default: list[Manifest], secured: list[Manifest]) -> None:
    assert DEFAULTS["shutdownTimeoutSeconds"] == ProcessorSettings.model_fields["shutdown_timeout_seconds"].default
    for pod in (pod for chart in (default, secured) for pod in pod_specs(chart).values()):
        if (told := environment(pod).get("BROADSHEET_SHUTDOWN_TIMEOUT_SECONDS")) is not None:
            assert pod["terminationGracePeriodSeconds"] > float(told)


def test_the_next_processor_is_replaced_only_when_the_group_knows_the_last(default: list[Manifest]) -> None:
    session = ProcessorSettings.model_fields["session_timeout_seconds"].default
    for manifest in of_kind(default, "StatefulSet").values():
        assert manifest["spec"]["minReadySeconds"] >= session


def test_the_rules_are_those_of_prometheus(default: list[Manifest]) -> None:
    files = {
        path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / "deploy/prometheus/rules").glob("*.yml")
    }
    assert files
    assert {name: manifest["spec"] for name, manifest in of_kind(default, "PrometheusRule").items()} == files


def test_the_job_has_the_name_that_prometheus_gives_it(default: list[Manifest]) -> None:
    (job,) = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text("utf-8"))["scrape_configs"]
    (monitor,) = of_kind(default, "ServiceMonitor").values()
    for service in of_kind(default, "Service").values():
        assert service["metadata"]["labels"][monitor["spec"]["jobLabel"]] == job["job_name"]
        assert monitor["spec"]["selector"]["matchLabels"].items() <= service["metadata"]["labels"].items()


def test_the_memory_of_a_pod_holds_its_workers_and_the_processor(
    default: list[Manifest], secured: list[Manifest]
) -> None:
    """Where it does not, the kernel ends the whole pod for one page, and the page comes again."""
    worker = ProcessorSettings.model_fields["worker_max_memory_bytes"].default
    for pod in (pod for chart in (default, secured) for pod in pod_specs(chart).values()):
        (container,) = pod["containers"]
        if container["args"][0] == "run":
            workers = int(environment(pod).get("BROADSHEET_WORKER_PROCESSES", 1))
            limit = container["resources"]["limits"]["memory"]
            assert bytes_of(limit) >= workers * worker + bytes_of(container["resources"]["requests"]["memory"])


def bytes_of(quantity: str) -> int:
    return int(quantity[:-2]) * {"Mi": 1024**2, "Gi": 1024**3}[quantity[-2:]]
