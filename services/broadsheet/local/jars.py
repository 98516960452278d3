"""Installing the locked jars: what is missing is fetched, all of it is verified, nothing is resolved.

`python -m broadsheet.local.jars install` fetches what is missing; `lock` (see `jar_lock.py`) makes the lock anew.
Everything lies in one folder; starting a server afterwards needs no network.
"""

import hashlib
import os
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from jgo.maven import MavenContext
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from broadsheet.local.locked_jars import CHECKOUT, LOCK_NAME, Jar, Lock, jars_dir, read_lock
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

REPOSITORY_VARIABLE = "BROADSHEET_JARS_REPOSITORY"
"""URL of a Maven repository to fetch from instead of the public one, for machines that reach only a mirror."""

DOWNLOADS = 8
"""Downloads side by side: 160 small files wait for the network, not for the processor."""


def install(lock: Lock | None = None, directory: Path | None = None, console: Console | None = None) -> int:
    """Fetch every locked jar that is missing or damaged, and verify the sha256 of all of them.

    Args:
        lock: what to install; the project's lock when None.
        directory: where to; `jars_dir()` when None. Nothing outside it is written.
        console: where the progress bar goes when it is a terminal; stderr when None.

    Returns:
        How many jars were fetched.

    Raises:
        OperatorError: a jar cannot be fetched, or what came is not the locked file (`stack`); it is not kept.
    """
    directory = directory or jars_dir()
    jars = sorted({jar for server in (lock or read_lock()).values() for jar in server}, key=lambda jar: jar.coordinate)
    wanted = [jar for jar in jars if not _intact(directory / jar.path, jar)]
    if wanted:
        _fetch_all(wanted, directory, console or Console(stderr=True))
    return len(wanted)


def maven(directory: Path) -> MavenContext:
    """Make jgo's view of the Maven repository, which keeps every file that it fetches below `directory`.

    Its `timeout` bounds each wait for the network, in seconds.
    """
    repository = os.environ.get(REPOSITORY_VARIABLE)
    return MavenContext(
        repo_cache=directory, local_repos=[], remote_repos={"mirror": repository} if repository else None, timeout=60
    )


def sha256_of(path: Path) -> str:
    """Give the sha256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _intact(path: Path, jar: Jar) -> bool:
    return path.is_file() and path.stat().st_size == jar.size and sha256_of(path) == jar.sha256


def _fetch_all(jars: Iterable[Jar], directory: Path, console: Console) -> None:
    jars = list(jars)
    columns = (TextColumn("fetching {task.fields[count]} jars"), BarColumn(), DownloadColumn())
    with (
        Progress(*columns, console=console, disable=not console.is_terminal) as progress,
        ThreadPoolExecutor(DOWNLOADS) as pool,
    ):
        task = progress.add_task("", total=sum(jar.size for jar in jars), count=len(jars))
        for size in pool.map(lambda jar: _fetch(jar, directory), jars):
            progress.advance(task, size)


def _fetch(jar: Jar, directory: Path) -> int:
    """Fetch one jar beside its place and move it there once verified: what lies there is always whole."""
    arrivals = directory / ".arriving" / str(os.getpid())
    group, artifact, version, *rest = jar.coordinate.split(":")
    component = maven(arrivals).project(group, artifact).at_version(version)
    arrived = arrivals / jar.path
    arrived.unlink(missing_ok=True)
    try:
        component.artifact(classifier=rest[1] if rest else "").resolve()
        found = sha256_of(arrived)
    except (OSError, RuntimeError) as error:
        raise OperatorError(ErrorCode.STACK, f"{jar.coordinate} cannot be fetched: {error}") from error
    if found != jar.sha256:
        arrived.unlink()
        raise OperatorError(
            ErrorCode.STACK, f"{jar.coordinate} is refused: its sha256 is {found}, and the lock names {jar.sha256}"
        )
    place = directory / jar.path
    place.parent.mkdir(parents=True, exist_ok=True)
    arrived.replace(place)
    return jar.size


def main(arguments: list[str]) -> int:
    """Run `lock` or `install` from the command line; gives the exit status."""
    if arguments == ["lock"]:
        from broadsheet.local import jar_lock  # noqa: PLC0415 - it imports this module

        (CHECKOUT / LOCK_NAME).write_text(jar_lock.render(jar_lock.resolve()), "utf-8")
    elif arguments == ["install"]:
        try:
            fetched = install()
        except OperatorError as error:
            sys.stderr.write(f"error [{error.code}]: {error}\n{error.action}\n")
            return 1
        sys.stdout.write(f"jars: {fetched} fetched, all verified in {jars_dir()}\n")
    else:
        sys.stderr.write("usage: python -m broadsheet.local.jars {install,lock}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
