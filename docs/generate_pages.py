#!/usr/bin/env python3
"""Write the generated pages of this folder; with `--check`, only tell which are not up to date.

The pages on events and errors are made from the contracts, by `schemas/generate.py`.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import alerts_page
import kafka_access_page
import metrics_page
import settings_page

PAGES: Mapping[str, Callable[[], str]] = {
    "kafka-access.md": kafka_access_page.render,
    "metrics.md": metrics_page.render,
    "runbooks/README.md": alerts_page.render,
    "settings.md": settings_page.render,
}
"""Each page and what renders it."""


def stale(folder: Path) -> list[str]:
    """Name the pages in `folder` that differ from what would be written."""
    return [name for name, render in PAGES.items() if not _same(folder / name, render())]


def write(folder: Path) -> None:
    """Write every page into `folder`."""
    for name, render in PAGES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(render(), "utf-8")


def main(arguments: list[str]) -> int:
    """Write the pages beside this file, or compare them; gives the exit status."""
    folder = Path(__file__).parent
    if arguments != ["--check"]:
        write(folder)
        return 0
    names = stale(folder)
    sys.stderr.writelines(f"docs/{name} is not up to date; `make generate` writes it\n" for name in names)
    return int(bool(names))


def _same(path: Path, page: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == page


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
