"""The checksums of the files that are shipped."""

import hashlib
from pathlib import Path

from broadsheet.runtime.shipped import CHECKSUMS


def write_checksums(folder: Path) -> None:
    """Write `SHA256SUMS` for every file of a folder."""
    files = sorted(path for path in folder.iterdir() if path.name != CHECKSUMS)
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (folder / CHECKSUMS).write_text("".join(sums), encoding="utf-8")
