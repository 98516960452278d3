"""Write the dashboards into `provisioning/dashboards`; with `--check`, only tell which are not up to date.

python -m deploy.grafana.generate
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from grafana_foundation_sdk.builders.dashboard import Dashboard
from grafana_foundation_sdk.cog.encoder import JSONEncoder

from deploy.grafana.dead_letters import dead_letters
from deploy.grafana.overview import overview
from deploy.grafana.quality import quality
from deploy.grafana.stage import stage

FOLDER = Path(__file__).parent / "provisioning/dashboards"

DASHBOARDS: Mapping[str, Callable[[], Dashboard]] = {
    "overview.json": overview,
    "stage.json": stage,
    "quality.json": quality,
    "dead-letters.json": dead_letters,
}
"""Each file and what makes it."""


def render(name: str) -> str:
    """Give the text of a dashboard's file."""
    return JSONEncoder(sort_keys=True, indent=2).encode(DASHBOARDS[name]().build()) + "\n"


def stale(folder: Path) -> list[str]:
    """Name the files in `folder` that differ from what would be written."""
    return [name for name in DASHBOARDS if not _same(folder / name, render(name))]


def write(folder: Path) -> None:
    """Write every dashboard into `folder`."""
    for name in DASHBOARDS:
        (folder / name).write_text(render(name), "utf-8")


def main(arguments: list[str]) -> int:
    """Write the dashboards, or compare them; gives the exit status."""
    if arguments != ["--check"]:
        write(FOLDER)
        return 0
    names = stale(FOLDER)
    sys.stderr.writelines(f"{FOLDER.name}/{name} is not up to date; `make generate` writes it\n" for name in names)
    return int(bool(names))


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
