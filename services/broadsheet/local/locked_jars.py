"""The jars of Kafka and OpenSearch: pinned by version and sha256 in `jars.lock.toml`; where the lock and they lie."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

LOCK_NAME = "jars.lock.toml"
DIRECTORY_VARIABLE = "BROADSHEET_JARS_DIR"
PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parents[2]


@dataclass(frozen=True, slots=True)
class Jar:
    """One pinned jar.

    Attributes:
        coordinate: `group:artifact:version`, with `:jar:classifier` after it where the jar has a classifier.
        sha256: of the file, hexadecimal.
        size: of the file, in bytes.
    """

    coordinate: str
    sha256: str
    size: int

    @property
    def path(self) -> Path:
        """Where it lies in the folder of jars: as in a Maven repository."""
        group, artifact, version, *rest = self.coordinate.split(":")
        classifier = f"-{rest[1]}" if rest else ""
        return Path(*group.split("."), artifact, version, f"{artifact}-{version}{classifier}.jar")


Lock = Mapping[str, tuple[Jar, ...]]
"""The jars of each server (`kafka`, `opensearch`), in class path order."""


def lock_path() -> Path:
    """Tell where the lock is: at the root of a checkout, else beside this module (in a wheel)."""
    in_checkout = CHECKOUT / LOCK_NAME
    return in_checkout if _is_checkout() else PACKAGE / LOCK_NAME


def jars_dir() -> Path:
    """Tell where the jars go: `BROADSHEET_JARS_DIR`, else `.jars` in a checkout, else the user's cache folder."""
    if named := os.environ.get(DIRECTORY_VARIABLE):
        return Path(named).expanduser().absolute()
    if _is_checkout():
        return CHECKOUT / ".jars"
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "broadsheet" / "jars"


def read_lock(path: Path | None = None) -> Lock:
    """Read the lock.

    Raises:
        OperatorError: it is missing or not a lock (`file_unreadable`).
    """
    path = path or lock_path()
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
        return {name: tuple(Jar(**jar) for jar in table["jars"]) for name, table in tables.items()}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise OperatorError(
            ErrorCode.FILE_UNREADABLE, f"the lock of the jars, {path}, cannot be read: {error}"
        ) from error


def class_path(server: str, lock: Lock | None = None, directory: Path | None = None) -> str:
    """Give the class path of `server` (`kafka` or `opensearch`), for Java's `-cp`.

    Raises:
        OperatorError: a jar is not installed (`stack`).
    """
    directory = directory or jars_dir()
    paths = [directory / jar.path for jar in (lock or read_lock())[server]]
    missing = [path.name for path in paths if not path.is_file()]
    if missing:
        raise OperatorError(
            ErrorCode.STACK,
            f"{len(missing)} jars of {server} are not in {directory} (first: {missing[0]});"
            " `python -m broadsheet.local.jars install` fetches them",
        )
    return os.pathsep.join(map(str, paths))


def _is_checkout() -> bool:
    return (CHECKOUT / "pyproject.toml").is_file() and (CHECKOUT / LOCK_NAME).is_file()
