"""The files below a folder, by name, and what of it cannot be read."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path


def files_below(folder: str, taken: Callable[[str], bool]) -> Iterator[str | OSError]:
    """Give the paths of the files below a folder, those of one folder by name; hidden ones and pipes are left out.

    A subfolder that cannot be listed is given as the error that says so, and so is a name that leads to no file, as a
    broken link does; each names its path (`filename`), and the rest goes on.

    Args:
        folder: where to look.
        taken: tells by a file's name whether it is wanted.
    """
    unlisted: list[OSError] = []
    for found, folders, files in os.walk(folder, onerror=unlisted.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and taken(name):
                yield from _regular(Path(found, name))
        yield from unlisted
        unlisted.clear()
    yield from unlisted


def _regular(file: Path) -> Iterator[str | OSError]:
    """Give the file, nothing where it is a pipe, socket or device, or why that cannot be told."""
    try:
        mode = file.stat().st_mode
    except OSError as error:
        yield error
        return
    if stat.S_ISREG(mode):
        yield str(file)
