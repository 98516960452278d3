"""`broadsheet schemas`: what it prints, and for whom."""

import json

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from broadsheet.cli import console
from broadsheet.cli.schemas import app
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.json_schemas import EVENT_TOPICS
from unit.schemas.golden import REPOSITORY

runner = CliRunner()


def test_list_gives_json_lines_when_piped() -> None:
    done = runner.invoke(app, ["list"])
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [row["name"] for row in rows] == list(EVENT_TOPICS)
    assert rows[0] == {
        "name": "raw-document",
        "ce_type": "broadsheet.document.raw.v1",
        "topic": "documents.raw",
        "summary": "News pages as users publish them: a RawDocument as JSON, or the bare bytes of a page.",
    }


def test_list_gives_a_table_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(console, "is_terminal", lambda _stream: True)
    done = runner.invoke(app, ["list"])
    assert done.exit_code == 0
    assert "enriched-document" in done.stdout
    assert "{" not in done.stdout


@pytest.mark.parametrize("name", EVENT_TOPICS)
def test_show_prints_the_schema(name: str) -> None:
    done = runner.invoke(app, ["show", name])
    assert done.exit_code == 0
    Draft202012Validator.check_schema(json.loads(done.stdout))
    assert done.stdout == (REPOSITORY / "schemas" / "json" / f"{name}.v1.json").read_text(encoding="utf-8")


def test_show_of_an_unknown_name_names_the_known() -> None:
    error = runner.invoke(app, ["show", "raw"]).exception
    assert isinstance(error, OperatorError)
    assert error.code is ErrorCode.NOT_FOUND
    assert "'raw'" in error.message
    assert all(name in error.message for name in EVENT_TOPICS)
