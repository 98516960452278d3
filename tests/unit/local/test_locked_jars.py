import os
from dataclasses import replace
from pathlib import Path

import pytest

from broadsheet.local import jar_lock, locked_jars
from broadsheet.local.locked_jars import Jar
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

JAR = Jar("org.example:tiny:1.0", "00" * 32, 7)
LOCK = {"server": (replace(JAR, coordinate="org.example:tiny:1.0:jar:linux"), JAR)}


def test_the_class_path_names_each_jar_in_the_order_of_the_lock(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"2 jars of server are not in .*jars install"):
        locked_jars.class_path("server", LOCK, tmp_path)
    for jar in LOCK["server"]:
        (tmp_path / jar.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / jar.path).touch()
    expected = os.pathsep.join(str(tmp_path / jar.path) for jar in LOCK["server"])
    assert locked_jars.class_path("server", LOCK, tmp_path) == expected


def test_a_lock_reads_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "jars.lock.toml"
    path.write_text(jar_lock.render(LOCK))
    assert locked_jars.read_lock(path) == LOCK


@pytest.mark.parametrize("text", ["", "[kafka", "[kafka]\njars = [{ coordinate = 'a:b:1' }]", "[kafka]\nplums = 1"])
def test_what_is_no_lock_is_an_error_that_names_the_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "jars.lock.toml"
    path.write_text(text)
    if not text:
        path.unlink()
    with pytest.raises(OperatorError, match=r"jars\.lock\.toml, cannot be read") as caught:
        locked_jars.read_lock(path)
    assert caught.value.code == ErrorCode.FILE_UNREADABLE


def test_the_project_s_lock_holds_what_is_pinned_and_names_no_host() -> None:
    lock = locked_jars.read_lock()
    for server, roots in jar_lock.ROOTS.items():
        coordinates = [jar.coordinate for jar in lock[server]]
        assert [root.rstrip("!") for root in roots] == coordinates[: len(roots)]
    assert "//" not in locked_jars.lock_path().read_text()


def test_the_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(locked_jars.DIRECTORY_VARIABLE, str(tmp_path))
    assert locked_jars.jars_dir() == tmp_path


def test_without_a_checkout_the_folder_is_in_the_user_s_cache_and_the_lock_in_the_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(locked_jars.DIRECTORY_VARIABLE, raising=False)
    monkeypatch.setattr(locked_jars, "CHECKOUT", tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert locked_jars.jars_dir() == tmp_path / "cache" / "broadsheet" / "jars"
    assert locked_jars.lock_path() == locked_jars.PACKAGE / locked_jars.LOCK_NAME
