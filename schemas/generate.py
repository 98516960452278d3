"""Writes the files that are made from the contracts: `python schemas/generate.py`, with `--check` only compares.

The files: `schemas/json/*.json`, `schemas/asyncapi.yaml`, `docs/events.md`, `docs/errors.md`. It needs PyYAML, which the
models themselves do not, and so stands beside the package and not in it.
"""

import argparse
import sys
from pathlib import Path

from generation.files import stale, write

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Write or compare the generated files under `root`; give the exit status, 1 when `--check` finds a difference."""
    parser = argparse.ArgumentParser(description="Write the files that are made from the contracts.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is not up to date")
    check = parser.parse_args(arguments).check
    names = stale(root) if check else write(root)
    word = "not up to date" if check else "written"
    sys.stdout.writelines(f"{word}: {name}\n" for name in names)
    if check and names:
        sys.stderr.write("run: python schemas/generate.py\n")
    return int(check and bool(names))


if __name__ == "__main__":
    sys.exit(main())
