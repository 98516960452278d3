"""Grafana's dashboards: up to date, about metrics that there are, and whole."""

from pathlib import Path

import pytest
import yaml

import metrics_page
from dashboards import FOLDER, Asked, asked, boards, filled_for_every_stage, panels, variables
from deploy.grafana import generate
from promql import STAGES, labels_by_metric, problems, selectors

ASKED = list(asked())
NAMES = [f"{one.dashboard}: {one.panel} {number}" for number, one in enumerate(ASKED)]

SHOWN_NOWHERE = {
    "kafka_consumergroup_lag": "the same as the lag that is shown, for dashboards of others",
    "kafka_consumergroup_current_offset": "for dashboards of others",
    "kafka_topic_partition_current_offset": "for dashboards of others",
    "broadsheet_last_progress_timestamp_seconds": "for `broadsheet status` and people; rates show progress better",
    "broadsheet_build_info": "the variables of the dashboards come from it",
}


def test_the_committed_dashboards_are_up_to_date() -> None:
    assert generate.stale(FOLDER) == [], "make generate"
    assert set(generate.DASHBOARDS) == {path.name for path in FOLDER.glob("*.json")}


def test_writing_makes_every_dashboard_up_to_date(tmp_path: Path) -> None:
    assert generate.stale(tmp_path) == list(generate.DASHBOARDS)
    generate.write(tmp_path)
    assert generate.stale(tmp_path) == []


def test_an_old_dashboard_is_named_and_fails_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate, "FOLDER", tmp_path)
    assert generate.main([]) == 0
    (tmp_path / "stage.json").write_text("old", "utf-8")
    assert generate.main(["--check"]) == 1
    assert "stage.json is not up to date" in capsys.readouterr().err


@pytest.mark.parametrize("one", ASKED, ids=NAMES)
def test_a_panel_asks_for_what_processors_and_rules_give(one: Asked) -> None:
    assert [problem for expression in filled_for_every_stage(one.expression) for problem in problems(expression)] == []


@pytest.mark.parametrize("one", ASKED, ids=NAMES)
def test_a_panel_asks_for_the_chosen_namespace_alone(one: Asked) -> None:
    found = selectors(one.expression.replace("$__rate_interval", "5m").replace("$__range", "1h"))
    assert found
    for selector in found:
        assert "$namespace" in [matcher.value for matcher in selector.matchers.matchers], selector.name


@pytest.mark.parametrize("name", boards())
def test_a_dashboard_is_whole(name: str) -> None:
    board = boards()[name]
    ids = [panel["id"] for panel in board["panels"]]
    variables = {variable["name"] for variable in board["templating"]["list"]}
    used = {
        word
        for word in ("namespace", "stage")
        if any(f"${word}" in one.expression for one in ASKED if one.dashboard == name)
    }

    assert board["uid"] == f"broadsheet-{name}"
    assert len(ids) == len(set(ids))
    assert used == variables
    for panel in panels(board):
        assert panel["title"]
        assert panel["description"]
        assert panel["datasource"] == {"type": "prometheus", "uid": "prometheus"}


def test_a_variable_is_chosen_from_a_label_that_its_metric_has() -> None:
    for name, metric, label in variables():
        assert name == label
        assert label == "namespace" or label in labels_by_metric()[metric]


def test_a_panel_of_a_chosen_stage_is_asked_of_each() -> None:
    assert filled_for_every_stage('up{stage="$stage"}') == [f'up{{stage="{stage}"}}' for stage in STAGES]
    assert filled_for_every_stage("rate(up[$__range])") == ["rate(up[1h])"]


def test_every_metric_is_on_a_dashboard_or_it_is_said_why_not() -> None:
    text = " ".join(one.expression for one in ASKED)
    rules = " ".join(path.read_text("utf-8") for path in (FOLDER.parents[2] / "prometheus/rules").glob("*.yml"))
    missing = {metric._name for metric in metrics_page.declared() if metric._name not in text + rules}
    assert missing == set(SHOWN_NOWHERE)


def test_grafana_finds_the_dashboards_where_the_compose_file_puts_them() -> None:
    root = FOLDER.parents[3]
    services = yaml.safe_load((root / "docker-compose.yml").read_text("utf-8"))["services"]
    (provider,) = yaml.safe_load((FOLDER / "broadsheet.yml").read_text("utf-8"))["providers"]
    (mounted,) = [volume.split(":") for volume in services["grafana"]["volumes"] if volume.startswith("./deploy")]
    inside = Path(provider["options"]["path"]).relative_to(mounted[1])
    assert (root / mounted[0] / inside).resolve() == FOLDER.resolve()
