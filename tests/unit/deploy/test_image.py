"""What the image holds: both wheels in a clean environment with the image's lock alone, made by the Dockerfile's own steps."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import orjson
import pytest
from packaging.specifiers import SpecifierSet

from broadsheet.cli import demo_road
from broadsheet.cli.main import COMMANDS, LOCAL_PACKAGES
from broadsheet.indexer import mappings
from broadsheet.local.ports import free_port
from broadsheet_schemas.processors import PROCESSORS
from unit.deploy.build_context import context
from unit.deploy.test_build_context import present

pytestmark = [pytest.mark.processes, pytest.mark.timeout(900)]

ROOT = Path(__file__).parents[3]
DOCKERFILE = (ROOT / "deploy/Dockerfile").read_text("utf-8")
UV = Path(sys.executable).with_name("uv")
START_SECONDS = 300.0
"""Live after 2 s on an idle machine, and after a minute on two cores with ten times the work they can do."""

LOCAL_COMMANDS = {"up", "demo"}
"""Commands of the stack on one machine: the image leaves out what they need."""


def steps() -> Iterator[list[str]]:
    """The calls of uv in the Dockerfile, in order."""
    for line in re.sub(r"\\\n", " ", DOCKERFILE).splitlines():
        for command in line.removeprefix("RUN ").split("&&"):
            if command.strip().startswith("uv "):
                yield shlex.split(command)[1:]


def kept() -> dict[str, str]:
    """Give the environment without what points to the checkout."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "BROADSHEET", "VIRTUAL"))
    }


def call(*command: str | Path, cwd: Path, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a command without the checkout in sight."""
    return subprocess.run(command, cwd=cwd, env=kept(), input=data, capture_output=True, check=False)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The environment that the image has in /opt/broadsheet."""
    source, installed = tmp_path_factory.mktemp("src"), tmp_path_factory.mktemp("opt") / "broadsheet"
    for path in context(ROOT, present()):
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, source / path)
    shutil.copy(ROOT / "deploy/requirements.lock", source)  # the Dockerfile puts the locks beside the sources
    made = call(sys.executable, "-m", "venv", "--without-pip", installed, cwd=source)
    assert made.returncode == 0, made.stderr.decode()
    for step in steps():
        words = [
            word.replace("/opt/broadsheet", str(installed)).replace("/wheels", str(source / "wheels")) for word in step
        ]
        wheels = [str(path) for path in (source / "wheels").glob("*.whl")]
        words = [name for word in words for name in (wheels if word.endswith("*.whl") else [word])]
        answer = call(UV, *words, cwd=source)
        assert answer.returncode == 0, answer.stderr.decode()
    return installed


def broadsheet(image: Path, *arguments: str, cwd: Path, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return call(image / "bin/broadsheet", *arguments, cwd=cwd, data=data)


def test_the_dockerfile_installs_the_lock_and_the_wheels_and_nothing_else() -> None:
    assert [step[:2] for step in steps()] == [["pip", "sync"], ["build", "--all-packages"], ["pip", "install"]]
    sync, build, install = steps()
    assert {"--require-hashes", "--only-binary", "requirements.lock"} <= set(sync)
    assert {"--wheel", "--require-hashes", "--build-constraints"} <= set(build)
    assert {"--no-deps", "/wheels/*.whl"} <= set(install)


def test_the_python_of_the_image_is_one_that_the_distribution_takes() -> None:
    versions = set(re.findall(r"^FROM python:(\d+\.\d+\.\d+)-slim-\w+", DOCKERFILE, re.MULTILINE))
    required = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    assert len(versions) == 1
    assert versions.pop() in SpecifierSet(required)


def test_nothing_is_missing_and_nothing_is_there_twice(image: Path) -> None:
    answer = call(UV, "pip", "check", "--python", image / "bin/python", cwd=image)
    assert answer.returncode == 0, answer.stderr.decode()
    listed = call(UV, "pip", "list", "--python", image / "bin/python", "--format", "json", cwd=image)
    names = {package["name"] for package in orjson.loads(listed.stdout)}
    lock = (ROOT / "deploy/requirements.lock").read_text("utf-8")
    assert names <= set(re.findall(r"^([a-z0-9.-]+)==", lock, re.MULTILINE)) | {"broadsheet", "broadsheet-schemas"}
    assert not names & set(LOCAL_PACKAGES)


@pytest.mark.parametrize("command", sorted(COMMANDS.keys() - LOCAL_COMMANDS))
def test_every_command_loads(image: Path, command: str, tmp_path: Path) -> None:
    answer = broadsheet(image, command, "--help", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr.decode()
    assert b"Usage" in answer.stdout


@pytest.mark.parametrize("command", sorted(LOCAL_COMMANDS))
def test_a_command_of_the_local_stack_says_what_it_needs(image: Path, command: str, tmp_path: Path) -> None:
    answer = broadsheet(image, command, "--help", cwd=tmp_path)
    assert answer.returncode == 1
    assert b"install broadsheet[local]" in answer.stderr


@pytest.mark.parametrize("command", ["segment", "enrich"])
def test_a_page_is_processed_with_the_models_that_are_inside(image: Path, command: str, tmp_path: Path) -> None:
    page = (demo_road.SAMPLES / "harbour-bridge.txt").read_bytes()
    answer = broadsheet(image, command, "-", cwd=tmp_path, data=page)
    assert answer.returncode == 0, answer.stderr.decode()
    (document,) = (orjson.loads(line) for line in answer.stdout.splitlines())
    assert document["body"]
    assert document["teasers"]
    if command == "enrich":
        assert document["entities"]


def test_a_text_is_tagged(image: Path, tmp_path: Path) -> None:
    line = b'{"id": "1", "text": "Angela Merkel visited Paris."}\n'
    answer = broadsheet(image, "tag", "-", cwd=tmp_path, data=line)
    assert answer.returncode == 0, answer.stderr.decode()
    assert [0, 13, "PERSON"] in orjson.loads(answer.stdout)["entities"]


def environment_of(image: Path) -> dict[str, str]:
    """The environment of a container, with a port of its own and no server to be reached."""
    (given,) = re.findall(r"^ENV (PATH=.*?[^\\])$", DOCKERFILE, re.MULTILINE | re.DOTALL)
    values = dict(pair.split("=", 1) for pair in given.replace("\\\n", " ").split())
    assert values.pop("PATH") == "/opt/broadsheet/bin:$PATH"
    nowhere = {"BROADSHEET_BOOTSTRAP_SERVERS": "127.0.0.1:1", "BROADSHEET_OPENSEARCH_URL": "http://127.0.0.1:1"}
    path = {"PATH": f"{image / 'bin'}:{os.environ['PATH']}", "BROADSHEET_HTTP_PORT": str(free_port())}
    return kept() | values | nowhere | path


def healthy(environment: Mapping[str, str], cwd: Path) -> bool:
    """Run the health check of the Dockerfile."""
    (command,) = re.findall(r"^HEALTHCHECK .*\n +CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    return (
        subprocess.run(json.loads(command), cwd=cwd, env=environment, capture_output=True, check=False).returncode == 0
    )


@pytest.mark.parametrize("stage", [processor.name for processor in PROCESSORS])
def test_a_processor_is_healthy_while_it_waits_for_its_servers_and_ends_when_told(
    image: Path, stage: str, tmp_path: Path
) -> None:
    environment = environment_of(image)
    assert not healthy(environment, tmp_path)
    with subprocess.Popen(["broadsheet", "run", stage], cwd=tmp_path, env=environment, stderr=subprocess.PIPE) as child:
        try:
            deadline = time.monotonic() + START_SECONDS
            while not healthy(environment, tmp_path):
                assert child.poll() is None
                assert time.monotonic() < deadline
            child.send_signal(signal.SIGTERM)
            _, log = child.communicate(timeout=START_SECONDS)
        finally:
            child.kill()
    assert child.returncode == 0, log.decode()
    assert {json.loads(line)["stage"] for line in log.splitlines()} == {stage}


def test_the_mappings_and_the_script_of_the_index_are_inside(image: Path, tmp_path: Path) -> None:
    code = """import json, broadsheet.indexer.mappings as m
print(json.dumps([m.__file__, [m.mapping(kind) for kind in m.FILES], m.merge_script()]))"""
    answer = call(image / "bin/python", "-c", code, cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr.decode()
    file, told, script = json.loads(answer.stdout)
    assert Path(file).is_relative_to(image)
    assert (told, script) == ([mappings.mapping(kind) for kind in mappings.FILES], mappings.merge_script())


def test_the_contracts_are_inside(image: Path, tmp_path: Path) -> None:
    answer = broadsheet(image, "schemas", "show", "enriched-document", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr.decode()
    assert "entities" in orjson.loads(answer.stdout)["properties"]


def test_traces_can_be_sent(image: Path, tmp_path: Path) -> None:
    code = "import opentelemetry.sdk.trace, opentelemetry.exporter.otlp.proto.http.trace_exporter, broadsheet.runtime.service"
    answer = call(image / "bin/python", "-W", "error", "-c", code, cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr.decode()
