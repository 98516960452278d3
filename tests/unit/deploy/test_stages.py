"""Every place that lists the stages lists those of the contracts: what CONTRIBUTING.md says to do for a new stage."""

import tomllib
from pathlib import Path
from typing import Any

import yaml

from broadsheet.cli.main import COMMANDS
from broadsheet.cli.run import _BINDINGS
from broadsheet.cli.stage_progress import READS
from broadsheet.runtime.settings import DEFAULT_HTTP_PORTS
from broadsheet_schemas.processors import PROCESSORS

ROOT = Path(__file__).parents[3]
STAGES = [processor.name for processor in PROCESSORS]
PACKAGES = [f"broadsheet.{stage}" for stage in STAGES]


def yaml_of(file: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / file).read_text("utf-8"))
    return content


def test_the_command_runs_each_and_names_it_in_its_help() -> None:
    assert list(_BINDINGS) == STAGES
    assert all(stage in COMMANDS["run"].summary for stage in STAGES)


def test_the_status_asks_for_each() -> None:
    assert {processor.name: processor.reads for processor in PROCESSORS} == READS


def test_each_has_a_port_of_its_own_by_default() -> None:
    assert list(DEFAULT_HTTP_PORTS) == STAGES
    assert len(set(DEFAULT_HTTP_PORTS.values())) == len(STAGES)


def test_each_is_a_service_on_its_default_port_and_is_watched() -> None:
    services = yaml_of("docker-compose.yml")["services"]
    run = [service["command"][1] for service in services.values() if service.get("command", [""])[0] == "run"]
    assert run == STAGES
    for stage, port in DEFAULT_HTTP_PORTS.items():
        assert services[stage]["ports"] == [f"127.0.0.1:{port}:9100"]
    (job,) = yaml_of("deploy/prometheus/prometheus.yml")["scrape_configs"]
    assert [target.split(":")[0] for target in job["static_configs"][0]["targets"]] == STAGES


def test_the_import_rules_hold_for_each() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    by_type = {contract["type"]: contract for contract in contracts}
    assert by_type["independence"]["modules"] == PACKAGES
    assert by_type["forbidden"]["source_modules"] == PACKAGES
    assert " | ".join(PACKAGES) in by_type["layers"]["layers"]


def test_each_has_its_settings_documented() -> None:
    page = (ROOT / "docs/settings.md").read_text("utf-8")
    assert all(f"\n## {stage.capitalize()}\n" in page for stage in STAGES)
