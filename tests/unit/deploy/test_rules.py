"""Prometheus' rules: valid, about metrics that there are, each alert tested both ways and with a page that says what to do."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from programs import needed
from promql import problems, rules

ROOT = Path(__file__).parents[3]
PROMETHEUS = ROOT / "deploy/prometheus"
TESTS = sorted((PROMETHEUS / "tests").glob("*.yml"))
RUNBOOKS = ROOT / "docs/runbooks"
ALERTS = rules("alert")
RECORDED = rules("record")


def promtool(*arguments: object) -> None:
    answer = subprocess.run(
        [needed("promtool"), *map(str, arguments)], cwd=PROMETHEUS, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def expectations(alert: str) -> list[dict[str, Any]]:
    """What the tests of an alert expect at each time that they look."""
    content = yaml.safe_load((PROMETHEUS / "tests" / f"{alert}.yml").read_text("utf-8"))
    return [look for test in content["tests"] for look in test["alert_rule_test"] if look["alertname"] == alert]


def test_the_configuration_and_the_rules_that_it_loads_are_valid() -> None:
    promtool("check", "config", "--lint-fatal", "prometheus.yml")
    promtool("check", "rules", "--lint-fatal", *sorted((PROMETHEUS / "rules").glob("*.yml")))
    assert yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text("utf-8"))["rule_files"] == ["rules/*.yml"]


@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.stem)
def test_an_alert_fires_when_it_must_and_not_otherwise(file: Path) -> None:
    promtool("test", "rules", file)


@pytest.mark.parametrize("alert", ALERTS)
def test_every_alert_has_a_test_of_both(alert: str) -> None:
    looks = expectations(alert)
    assert any(look["exp_alerts"] for look in looks)
    assert any(not look["exp_alerts"] for look in looks)


def test_every_test_is_of_an_alert_and_reads_all_rules_in_order() -> None:
    files = [
        yaml.safe_load((PROMETHEUS / "rules" / name).read_text("utf-8")) for name in ("recording.yml", "alerts.yml")
    ]
    groups = [group["name"] for file in files for group in file["groups"]]
    assert {file.stem for file in TESTS} == set(ALERTS)
    for file in TESTS:
        content = yaml.safe_load(file.read_text("utf-8"))
        assert content["rule_files"] == ["../rules/recording.yml", "../rules/alerts.yml"]
        assert content["group_eval_order"] == groups


@pytest.mark.parametrize("name", [*RECORDED, *ALERTS])
def test_a_rule_asks_for_what_processors_and_other_rules_give(name: str) -> None:
    assert problems((RECORDED | ALERTS)[name]["expr"]) == []


@pytest.mark.parametrize("name", RECORDED)
def test_a_recorded_series_is_named_by_level_metric_and_operations(name: str) -> None:
    assert re.fullmatch(r"namespace(_[a-z]+)*:broadsheet_[a-z_]+:(sum|(ratio_)?rate\d+[mhd])", name)
    others = "".join(rule["expr"] for rule in (*RECORDED.values(), *ALERTS.values()))
    dashboards = "".join(
        path.read_text("utf-8") for path in (ROOT / "deploy/grafana/provisioning/dashboards").glob("*.json")
    )
    assert name in others + dashboards, "recorded for nobody"


@pytest.mark.parametrize("alert", ALERTS)
def test_every_alert_says_how_bad_it_is_and_what_to_do(alert: str) -> None:
    rule = ALERTS[alert]
    assert rule["labels"]["severity"] in {"critical", "warning"}
    assert set(rule["annotations"]) == {"summary", "description", "runbook_url"}
    assert rule["annotations"]["runbook_url"] == f"docs/runbooks/{alert}.md"
    assert (RUNBOOKS / f"{alert}.md").read_text("utf-8").startswith(f"# {alert}\n")


def test_every_runbook_is_of_an_alert_and_listed() -> None:
    pages = {path.stem for path in RUNBOOKS.glob("*.md")} - {"README"}
    assert pages == set(ALERTS)
    listed = re.findall(r"^\| \[(\w+)\]\(\1\.md\) \|", (RUNBOOKS / "README.md").read_text("utf-8"), re.MULTILINE)
    assert listed == list(ALERTS)


@pytest.mark.parametrize("alert", ALERTS)
def test_a_runbook_has_the_same_parts_as_the_others(alert: str) -> None:
    text = (RUNBOOKS / f"{alert}.md").read_text("utf-8")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["What it means", "What to look at", "What to do"]
