"""The container files, checked by the tools that know their formats and against the product's own facts."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from broadsheet.local import kafka, opensearch
from broadsheet.local.jar_lock import ROOTS
from broadsheet_schemas.processors import PROCESSORS

ROOT = Path(__file__).parents[3]
STAGES = tuple(processor.name for processor in PROCESSORS)
VARIABLE = re.compile(r"\bBROADSHEET_[A-Z_]+\b")
FILES_THAT_SET_VARIABLES = ("docker-compose.yml", ".env.example", "deploy/Dockerfile")


def documented_variables() -> set[str]:
    return set(VARIABLE.findall((ROOT / "docs" / "settings.md").read_text("utf-8")))


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    return services


def test_the_compose_file_is_valid_by_the_compose_specification() -> None:
    answer = run(
        str(Path(sys.executable).with_name("check-jsonschema")),
        "--builtin-schema",
        "vendor.compose-spec",
        "docker-compose.yml",
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_the_dockerfile_passes_the_linter() -> None:
    answer = run(str(Path(sys.executable).with_name("hadolint")), "deploy/Dockerfile")
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize("file", FILES_THAT_SET_VARIABLES)
def test_every_variable_that_is_set_exists(file: str) -> None:
    used = set(VARIABLE.findall((ROOT / file).read_text("utf-8")))
    assert used
    assert used <= documented_variables()


def test_every_variable_of_the_example_reaches_the_processors(services: dict[str, Any]) -> None:
    example = set(re.findall(r"^(BROADSHEET_[A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    for stage in STAGES:
        assert example <= set(services[stage]["environment"])


@pytest.mark.parametrize("stage", STAGES)
def test_each_processor_runs_its_stage_once_the_topics_exist(services: dict[str, Any], stage: str) -> None:
    service = services[stage]
    assert service["command"] == ["run", stage]
    assert service["depends_on"]["topics"] == {"condition": "service_completed_successfully"}


def test_the_indexer_waits_for_the_index(services: dict[str, Any]) -> None:
    assert services["indexer"]["depends_on"]["opensearch"] == {"condition": "service_healthy"}


def test_every_image_has_a_pinned_tag(services: dict[str, Any]) -> None:
    for service in services.values():
        assert re.search(r":v?\d+\.\d+\.\d+$", service["image"]), service["image"]


def test_every_port_is_published_on_the_loopback_address_alone(services: dict[str, Any]) -> None:
    ports = [port for service in services.values() for port in service.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_every_service_has_a_memory_limit_and_every_volume_is_named(services: dict[str, Any]) -> None:
    volumes = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["volumes"]
    for service in services.values():
        assert "mem_limit" in service
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert source in volumes or (ROOT / source).is_dir()


def test_the_servers_are_those_of_the_local_stack(services: dict[str, Any]) -> None:
    for server, heap in (("kafka", kafka.HEAP), ("opensearch", opensearch.HEAP)):
        tag = services[server]["image"].split(":")[1]
        assert re.search(rf":{re.escape(tag)}(\.0)?!?$", ROOTS[server][0])
        assert any(f"-Xmx{heap}" in str(value).split() for value in services[server]["environment"].values())


def test_prometheus_asks_every_processor_on_the_port_of_the_image(services: dict[str, Any]) -> None:
    configuration = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text("utf-8"))
    (job,) = configuration["scrape_configs"]
    (port,) = re.findall(r"BROADSHEET_HTTP_PORT=(\d+)", (ROOT / "deploy/Dockerfile").read_text("utf-8"))
    assert job["static_configs"][0]["targets"] == [f"{stage}:{port}" for stage in STAGES]
    for stage in STAGES:
        assert services[stage]["ports"][0].endswith(f":{port}")


def test_the_addresses_on_this_machine_are_the_defaults_of_the_settings(services: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    for service in ("kafka", "opensearch"):
        host_and_port = services[service]["ports"][0].rsplit(":", 1)[0]
        assert re.search(rf"`(http://)?{re.escape(host_and_port)}`", page)


def test_grafana_reads_from_the_prometheus_of_the_compose_file(services: dict[str, Any]) -> None:
    provisioning = ROOT / "deploy/grafana/provisioning/datasources/prometheus.yml"
    (source,) = yaml.safe_load(provisioning.read_text("utf-8"))["datasources"]
    assert source["url"] == "http://prometheus:9090"
    assert "prometheus" in services
