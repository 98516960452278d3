"""The container image can be built from what `.dockerignore` leaves."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from unit.deploy.build_context import Ignored, context, copied

pytestmark = pytest.mark.processes


ROOT = Path(__file__).parents[3]
DOCKERFILE = (ROOT / "deploy/Dockerfile").read_text("utf-8")


def present() -> Iterator[str]:
    """Every file of the checkout but those in folders of tools (`.venv`, `.git`), which no rule takes back in."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (str((Path(folder) / file).relative_to(ROOT)) for file in files)


@pytest.fixture(scope="module")
def given() -> list[str]:
    return context(ROOT, present())


@pytest.mark.parametrize("source", list(copied(DOCKERFILE)))
def test_every_source_that_the_dockerfile_copies_is_given_to_the_build(given: list[str], source: str) -> None:
    assert any(PurePosixPath(path).is_relative_to(source) for path in given), source


def test_the_context_builds_both_wheels_with_all_they_carry(given: list[str], tmp_path: Path) -> None:
    context_folder = tmp_path / "context"
    for path in given:
        (context_folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, context_folder / path)

    build = [str(Path(sys.executable).with_name("uv")), "build", "--offline", "--no-cache", "--no-build-isolation"]
    answer = subprocess.run(
        [*build, "--python", sys.executable, "--all-packages", "--wheel", "--out-dir", str(tmp_path)],
        cwd=context_folder,
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 0, answer.stderr
    files = [name for wheel in tmp_path.glob("*.whl") for name in zipfile.ZipFile(wheel).namelist()]
    assert {path.removeprefix("services/") for path in given if path.startswith("services/")} <= set(files)
    assert {path.removeprefix("schemas/") for path in given if "/broadsheet_schemas/" in path} <= set(files)
    assert "broadsheet/local/jars.lock.toml" in files
    assert any(name.endswith("licenses/LICENSE") for name in files)


def test_the_context_holds_no_settings_no_tests_and_nothing_that_tools_left() -> None:
    left = [".env", ".git/config", "tests/conftest.py", "requirements.lock", "services/broadsheet/__pycache__/a.pyc"]
    assert context(ROOT, left) == []


@pytest.mark.parametrize(
    ("rules", "path", "ignored"),
    [
        ("*", "a", True),
        ("*", "folder/a", True),
        ("*\n!folder", "folder/deeper/a", False),
        ("*\n!folder/a", "folder/a", False),
        ("*\n!folder/a", "folder/b", True),
        ("!folder\n*", "folder/a", True),
        ("*.py", "a.py", True),
        ("*.py", "folder/a.py", False),
        ("**/*.py", "a.py", True),
        ("**/*.py", "folder/deeper/a.py", True),
        ("folder/**", "folder/deeper/a", True),
        ("**/cache", "folder/cache/a", True),
        ("/folder/", "folder/a", True),
        ("a?", "ab", True),
        ("a?", "a/", False),
        ("[ab]", "b", True),
        ("[ab]", "c", False),
        ("a.b", "acb", False),
        ("# a\n\n  b  ", "b", True),
    ],
)
def test_the_rules_are_read_as_docker_reads_them(rules: str, path: str, *, ignored: bool) -> None:
    assert (PurePosixPath(path) in Ignored(rules)) is ignored


def test_the_sources_of_a_dockerfile_are_read() -> None:
    text = "FROM a AS b\nCOPY --chown=1 one two \\\n  three ./\nRUN COPY\nadd four /\nCOPY --from=b five /\n"
    assert list(copied(text)) == ["one", "two", "three", "four"]
