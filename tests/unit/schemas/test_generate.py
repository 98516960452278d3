"""The generated files are up to date, and the command that writes them writes, compares and cleans up."""

import subprocess
import sys
from pathlib import Path

import pytest

from broadsheet_schemas.errors import ERRORS
from broadsheet_schemas.topics import TOPICS
from generate import main
from generation.field_types import type_text
from generation.files import generated_files, stale
from generation.markdown import table
from unit.schemas.golden import REPOSITORY

pytestmark = pytest.mark.processes


def test_the_committed_files_are_up_to_date() -> None:
    assert stale(REPOSITORY) == []


def test_the_script_runs_by_its_path() -> None:
    script = REPOSITORY / "schemas" / "generate.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_check_names_what_differs_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"], tmp_path) == 1
    assert "not up to date: schemas/asyncapi.yaml\n" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_written_files_are_up_to_date(tmp_path: Path) -> None:
    assert main([], tmp_path) == 0
    assert main(["--check"], tmp_path) == 0
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")} == set(generated_files())


def test_a_changed_file_is_found_and_mended(tmp_path: Path) -> None:
    main([], tmp_path)
    (tmp_path / "docs" / "errors.md").write_text("changed by hand", encoding="utf-8")
    assert stale(tmp_path) == ["docs/errors.md"]
    main([], tmp_path)
    assert stale(tmp_path) == []


def test_a_schema_of_no_event_is_removed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([], tmp_path)
    (tmp_path / "schemas" / "json" / "gone.v1.json").write_text("{}", encoding="utf-8")
    assert main(["--check"], tmp_path) == 1
    capsys.readouterr()
    assert main([], tmp_path) == 0
    assert capsys.readouterr().out == "written: schemas/json/gone.v1.json\n"
    assert not (tmp_path / "schemas" / "json" / "gone.v1.json").exists()


def test_the_page_of_errors_has_every_code() -> None:
    page = generated_files()["docs/errors.md"]
    for code, error in ERRORS.items():
        assert f"| `{code}` | {error.meaning} | {error.action} |" in page


def test_the_page_of_events_has_every_topic() -> None:
    page = generated_files()["docs/events.md"]
    for topic in TOPICS:
        assert f"| `{topic.name}` | {topic.summary} |" in page


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"type": "string"}, "string"),
        ({"type": "string", "minLength": 1, "maxLength": 9}, "string (1 to 9 characters)"),
        ({"type": "string", "minLength": 64, "maxLength": 64}, "string (64 characters)"),
        ({"type": "string", "minLength": 1}, "string (1 or more characters)"),
        ({"type": "string", "maxLength": 9}, "string (9 or fewer characters)"),
        ({"type": "string", "format": "date-time"}, "date-time"),
        ({"type": "string", "pattern": "^a$"}, "string like `^a$`"),
        ({"type": "string", "enum": ["a", "b"]}, "one of `a`, `b`"),
        ({"type": "number", "minimum": 0.0, "maximum": 1.0}, "number (0 to 1)"),
        ({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "null"}]}, "integer (0 or more) or null"),
        ({"type": "array", "items": {"$ref": "#/$defs/Block"}, "minItems": 1}, "list of [Block](#block) (1 or more)"),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "object of string values"),
    ],
)
def test_a_type_in_words(schema: dict[str, object], text: str) -> None:
    assert type_text(schema) == text


def test_a_type_without_words_is_an_error() -> None:
    with pytest.raises(ValueError, match="no words for the type"):
        type_text({"type": "tuple"})


def test_a_bar_stays_in_its_cell() -> None:
    assert table(["a"], [["x|y"]]) == "| a |\n| --- |\n| x\\|y |"
