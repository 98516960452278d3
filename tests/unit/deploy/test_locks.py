"""The locks hold what `pyproject.toml` declares, with hashes, and name no machine and no registry."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[3]
BOOTSTRAP = "requirements-bootstrap.lock"
DEVELOPMENT = "requirements-dev.lock"
RUN_TIME = "requirements.lock"
IMAGE = "deploy/requirements.lock"
LOCKS = (BOOTSTRAP, DEVELOPMENT, RUN_TIME, IMAGE)
OURS = {"broadsheet", "broadsheet-schemas"}


def locked(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE))


def declared(*groups: str) -> list[Requirement]:
    """Requirements of `pyproject.toml`: of the project, of an extra, or of a dependency group."""
    file = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    tables = {
        "project": file["project"]["dependencies"],
        **file["project"]["optional-dependencies"],
        **file["dependency-groups"],
    }
    return [Requirement(line) for group in groups for line in tables[group]]


@pytest.mark.parametrize(
    ("lock", "groups"),
    [
        (BOOTSTRAP, ["bootstrap"]),
        (IMAGE, ["project", "tracing"]),
        (RUN_TIME, ["project", "local", "tracing"]),
        (DEVELOPMENT, ["project", "local", "spacy", "tracing", "dev", "training"]),
    ],
)
def test_a_lock_holds_what_is_declared(lock: str, groups: list[str]) -> None:
    versions = locked(lock)
    for requirement in declared(*groups):
        name = canonicalize_name(requirement.name)
        if name not in OURS:
            assert name in versions, f"{name} is not in {lock}: make lock"
            assert requirement.specifier.contains(versions[name], prereleases=True), f"{name} in {lock}: make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_has_hashes(lock: str) -> None:
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    packages = [number for number, line in enumerate(lines) if re.match(r"[a-z0-9.-]+==", line)]
    assert packages
    for number in packages:
        assert lines[number].endswith("\\")
        assert lines[number + 1].strip().startswith("--hash=sha256:")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_path(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert not re.search(r"://|file:|(^|\s)/\w|--(index|extra-index|find-links)", text, re.MULTILINE)


def test_the_locks_agree_with_each_other() -> None:
    assert locked(IMAGE).items() <= locked(RUN_TIME).items() <= locked(DEVELOPMENT).items()


@pytest.mark.processes
def test_the_lock_of_the_image_has_a_wheel_of_everything_for_its_python(tmp_path: Path) -> None:
    """The registry is asked, as the build of the image would ask it; nothing is fetched or installed."""
    dockerfile = (ROOT / "deploy/Dockerfile").read_text("utf-8")
    (version,) = set(re.findall(r"^FROM python:(\d+\.\d+\.\d+)-slim-\w+", dockerfile, re.MULTILINE))
    sync = [str(Path(sys.executable).with_name("uv")), "pip", "sync", "--dry-run", "--target", str(tmp_path / "none")]
    image = ["--python", sys.executable, "--python-version", version, "--python-platform", "x86_64-unknown-linux-gnu"]
    answer = subprocess.run(
        [*sync, *image, "--require-hashes", "--only-binary", ":all:", IMAGE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert f" + numpy=={locked(IMAGE)['numpy']}\n" in answer.stderr


def test_the_back_end_of_the_lock_builds_both_distributions() -> None:
    for project in ("pyproject.toml", "schemas/pyproject.toml"):
        (requirement,) = tomllib.loads((ROOT / project).read_text("utf-8"))["build-system"]["requires"]
        assert Requirement(requirement).specifier.contains(locked(DEVELOPMENT)["hatchling"])


def test_every_dependency_has_its_reason_in_the_record_of_dependencies() -> None:
    record = (ROOT / "docs/decisions/0007-dependencies.md").read_text("utf-8")
    table = {
        name.strip() for line in record.splitlines() if line.startswith("| ") for name in line.split("|")[1].split(",")
    }
    names = {
        canonicalize_name(requirement.name)
        for requirement in declared("project", "local", "spacy", "tracing", "bootstrap", "dev", "training")
    }
    assert names - OURS == table - {"package", "---"}
