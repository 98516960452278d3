"""The compose file: read by Compose itself, with the settings of the local stack, and those alone."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from broadsheet.indexer.settings import IndexerSettings
from broadsheet.local import kafka, opensearch
from broadsheet.local.kafka import Kafka
from broadsheet.runtime.settings import ENV_PREFIX, ProcessorSettings
from broadsheet_schemas.processors import PROCESSORS
from unit.deploy.go_tools import BUILD_SECONDS, COMPOSE, ROOT, built

FILE = ROOT / "docker-compose.yml"
PROFILES = {
    "core": {"kafka", "opensearch", "topics", *(processor.name for processor in PROCESSORS)},
    "monitoring": {"prometheus", "grafana"},
}
UNITS = {"m": 1024**2, "g": 1024**3}
ADDRESSES_HERE = {"listeners", "advertised.listeners", "controller.quorum.bootstrap.servers", "log.dirs"}
"""Settings of the local broker that say where it listens and stores, which is another place in a container."""

ADDRESSES_THERE = {
    "listeners",
    "advertised.listeners",
    "controller.quorum.voters",
    "log.dirs",
    "inter.broker.listener.name",
    "listener.security.protocol.map",
}
"""The same of the broker in the container, which listens for the containers and for this machine."""


def read() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return content


def services() -> dict[str, Any]:
    found: dict[str, Any] = read()["services"]
    return found


def example() -> dict[str, str]:
    text = (ROOT / ".env.example").read_text("utf-8")
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", text, re.MULTILINE))


def broker_settings() -> dict[str, str]:
    """The broker's settings in the container, by Kafka's own names."""
    variables = services()["kafka"]["environment"]
    return {
        name.removeprefix("KAFKA_").replace("_", ".").lower(): str(value)
        for name, value in variables.items()
        if name != "KAFKA_HEAP_OPTS"
    }


def bytes_of(size: str) -> int:
    return int(size[:-1]) * UNITS[size[-1]]


def compose(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(built(COMPOSE)), *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.processes
@pytest.mark.timeout(BUILD_SECONDS)
@pytest.mark.parametrize("profiles", [["core"], ["core", "monitoring"]])
def test_compose_itself_takes_the_file_and_the_example(profiles: list[str]) -> None:
    choice = [word for profile in profiles for word in ("--profile", profile)]
    answer = compose("--env-file", ".env.example", *choice, "config", "--format", "json")

    assert (answer.returncode, answer.stderr) == (0, "")
    loaded = json.loads(answer.stdout)["services"]
    assert loaded.keys() == set().union(*(PROFILES[profile] for profile in profiles))
    assert loaded["indexer"]["depends_on"].keys() == {"topics", "opensearch"}
    variables = loaded["tagger"]["environment"]
    given = {name: value for name, value in example().items() if name.startswith(ENV_PREFIX)}
    assert given.items() <= variables.items()


@pytest.mark.processes
@pytest.mark.timeout(BUILD_SECONDS)
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("condition: service_healthy", "condition: service_health"),
        ("topics: { condition: service_completed_successfully }", "subjects: { condition: service_started }"),
        ("kafka:/var/lib/kafka/data", "kafka_data:/var/lib/kafka/data"),
    ],
)
def test_compose_itself_would_tell_a_mistake(right: str, wrong: str, tmp_path: Path) -> None:
    file = tmp_path / FILE.name
    file.write_text(FILE.read_text("utf-8").replace(right, wrong), "utf-8")
    assert wrong in file.read_text("utf-8")
    assert compose("--file", str(file), "--profile", "core", "config", "--quiet").returncode != 0


def test_every_service_is_in_one_profile_with_all_that_it_waits_for() -> None:
    found: dict[str, set[str]] = {}
    for name, service in services().items():
        (profile,) = service["profiles"]
        found.setdefault(profile, set()).add(name)
    assert found == PROFILES
    for names in found.values():
        assert {name for service in names for name in services()[service].get("depends_on", {})} <= names


def test_the_example_starts_the_core_and_gives_every_other_default() -> None:
    given = example()
    assert given.pop("COMPOSE_PROFILES") == "core"
    del given["GF_SECURITY_ADMIN_PASSWORD"]
    fields = IndexerSettings.model_fields | ProcessorSettings.model_fields
    for name, value in given.items():
        default = fields[name.removeprefix(ENV_PREFIX).lower()].default
        assert type(default)(value) == default, name


def test_the_broker_is_set_as_the_one_of_the_local_stack(tmp_path: Path) -> None:
    local = Kafka(tmp_path)._settings()
    container = broker_settings()
    assert {name: container.get(name) for name in local.keys() - ADDRESSES_HERE} == {
        name: local[name] for name in local.keys() - ADDRESSES_HERE
    }
    assert container.keys() - ADDRESSES_THERE == local.keys() - ADDRESSES_HERE


def test_opensearch_is_set_as_the_one_of_the_local_stack() -> None:
    local = yaml.safe_load(opensearch.CONFIGURATION)
    container = {name: value for name, value in services()["opensearch"]["environment"].items() if "." in name}
    assert container.pop("discovery.type") == "single-node"  # the local runner is told the number of its nodes
    assert local.pop("network.host") == "127.0.0.1"
    assert {name: yaml.safe_load(value) for name, value in container.items()} == local


def test_every_service_is_limited_and_no_heap_is_larger_than_its_limit() -> None:
    for name, service in services().items():
        assert service["pids_limit"] > 0, name
        assert ("cpus" in service) == (name in PROFILES["monitoring"])
        assert service["security_opt"] == ["no-new-privileges:true"]
    for name, heap in (("kafka", kafka.HEAP), ("opensearch", opensearch.HEAP)):
        assert bytes_of(services()[name]["mem_limit"]) >= 1.5 * bytes_of(heap)


def test_the_memory_of_a_processor_holds_its_worker_and_what_the_chart_asks_for_the_rest() -> None:
    """Where it does not, the kernel ends the whole container for one page, and the page comes again."""
    worker = ProcessorSettings.model_fields["worker_max_memory_bytes"].default
    chart = yaml.safe_load((ROOT / "deploy/helm/broadsheet/values.yaml").read_text("utf-8"))["stages"]
    workers = int(example()["BROADSHEET_WORKER_PROCESSES"])
    for processor in PROCESSORS:
        own = chart[processor.name]["resources"]["requests"]["memory"]
        limit = bytes_of(services()[processor.name]["mem_limit"])
        assert limit >= workers * worker + bytes_of(own.removesuffix("i").lower())


def test_a_processor_has_longer_to_stop_than_it_takes() -> None:
    limit = ProcessorSettings.model_fields["shutdown_timeout_seconds"].default
    for processor in PROCESSORS:
        assert int(services()[processor.name]["stop_grace_period"].removesuffix("s")) > limit


def test_every_server_says_when_it_is_ready_and_keeps_its_data_in_a_volume() -> None:
    for name in ("kafka", "opensearch", "prometheus", "grafana"):
        service = services()[name]
        assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
        assert any(volume.split(":")[0] == name for volume in service["volumes"])
    assert read()["volumes"].keys() == {"kafka", "opensearch", "prometheus", "grafana"}


def test_the_image_carries_the_version_of_the_distribution() -> None:
    (version,) = re.findall(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert {services()[processor.name]["image"] for processor in PROCESSORS} == {f"broadsheet:{version}"}
