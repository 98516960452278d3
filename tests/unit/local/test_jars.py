"""Jars are fetched here from a repository of one made-up file, served on this machine."""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from rich.console import Console

from broadsheet.local import jars
from broadsheet.local.locked_jars import Jar
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

CONTENT = b"not really a jar"
JAR = Jar("org.example:tiny:1.0", hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
NATIVE = replace(JAR, coordinate="org.example:tiny:1.0:jar:linux")
LOCK = {"server": (JAR, NATIVE)}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "repository"
    for jar in (JAR, NATIVE):
        (folder / jar.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / jar.path).write_bytes(CONTENT)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        monkeypatch.setenv(jars.REPOSITORY_VARIABLE, f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield folder
        server.shutdown()


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "jars"


def files(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*.jar")}


@pytest.mark.usefixtures("repository")
def test_what_is_missing_is_fetched_once(directory: Path) -> None:
    assert jars.install(LOCK, directory) == 2
    assert files(directory) == {JAR.path, NATIVE.path}
    assert (directory / JAR.path).read_bytes() == CONTENT
    assert jars.install(LOCK, directory) == 0


def test_a_tampered_jar_is_refused_and_not_kept(repository: Path, directory: Path) -> None:
    (repository / JAR.path).write_bytes(b"not really a rat")
    with pytest.raises(
        OperatorError, match=r"org\.example:tiny:1\.0 is refused: its sha256 is .*, and the lock names"
    ) as caught:
        jars.install(LOCK, directory)
    assert caught.value.code == ErrorCode.STACK
    assert JAR.path not in files(directory)


@pytest.mark.usefixtures("repository")
def test_a_jar_damaged_after_it_was_installed_is_fetched_again(directory: Path) -> None:
    jars.install(LOCK, directory)
    (directory / JAR.path).write_bytes(b"not really a rat")
    assert jars.install(LOCK, directory) == 1
    assert (directory / JAR.path).read_bytes() == CONTENT


def test_a_jar_that_the_repository_lacks_is_an_error_that_names_it(repository: Path, directory: Path) -> None:
    (repository / NATIVE.path).unlink()
    with pytest.raises(OperatorError, match=r"tiny:1\.0:jar:linux cannot be fetched"):
        jars.install(LOCK, directory)


@pytest.mark.usefixtures("repository")
def test_progress_is_shown_on_a_terminal_alone(directory: Path, tmp_path: Path) -> None:
    with (tmp_path / "shown").open("w") as shown:
        jars.install(LOCK, directory, Console(file=shown, force_terminal=True))
    assert "fetching 2 jars" in (tmp_path / "shown").read_text()
    with (tmp_path / "piped").open("w") as piped:
        jars.install(LOCK, directory / "other", Console(file=piped))
    assert (tmp_path / "piped").read_text() == ""
