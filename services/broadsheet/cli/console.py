"""What the command writes: tables and progress bars for a person at a terminal, JSON Lines for everything else."""

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

import orjson
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn, TransferSpeedColumn
from rich.table import Table
from rich.text import Text

from broadsheet.cli.output import STDOUT, naming

_UNSAFE_IN_JSON = re.compile(rb"\x7f|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]")
"""UTF-8 of what JSON lets stand raw and a terminal obeys: DEL, C1 controls, line separators, bidirectional controls."""

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""What ends a line somewhere, or controls a terminal."""


def is_terminal(stream: TextIO) -> bool:
    """Tell whether a person reads this stream."""
    return stream.isatty()


def safe(text: str) -> str:
    """Free text of everything that a terminal might obey: control, format and unassigned characters.

    Newlines and tabs stay; other spaces become plain ones. All text of pages, headers and records goes through here
    before it reaches a terminal, or a page could move the cursor, hide text or set the clipboard.
    """
    return "".join(
        character if character.isprintable() or character in "\n\t" else " " if character.isspace() else ""
        for character in text
    )


def safe_line(text: str) -> str:
    """Give text as `safe` does, on one line: what stands on a line of its own must not be able to begin another."""
    return " ".join(safe(text).split())


def json_line(value: object) -> bytes:
    """Give a value as one line of JSON (UTF-8, newline included) that is safe to print on a terminal."""
    return json_bytes_line(orjson.dumps(value, option=orjson.OPT_UTC_Z))


def json_bytes_line(data: bytes) -> bytes:
    """Give one JSON text without newlines as a line, with what a terminal might obey written as escapes."""
    return _UNSAFE_IN_JSON.sub(_escape, data) + b"\n"


def write_line(value: object, *, flush: bool = False) -> None:
    """Write a value to stdout as one line of JSON, at once where `flush` says so.

    Raises:
        OperatorError: stdout cannot be written, as when the disk is full (`file_unreadable`).
    """
    with naming(STDOUT):
        sys.stdout.buffer.write(json_line(value))
        if flush:
            sys.stdout.flush()


def write_text(text: str) -> None:
    """Write one line of text to stdout, made safe where a person reads it.

    In a pipe it stands as it is but for control characters and line breaks, which are escaped as in JSON: whoever reads
    line by line must get one.
    """
    with naming(STDOUT):
        sys.stdout.write((safe_line(text) if is_terminal(sys.stdout) else _escaped_line(text)) + "\n")


def write_rows(title: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Write rows to stdout: a table on a terminal, else one JSON line a row. All rows have the same keys."""
    if not is_terminal(sys.stdout):
        for row in rows:
            write_line(row)
        return
    listed = list(rows)
    Console().print(_table(title, listed) if listed else Text(f"{title}: none"))


def note(text: str) -> None:
    """Tell the person something on stderr; it is not part of the output."""
    Console(stderr=True, soft_wrap=True).print(Text(safe(text)))


def report(facts: Mapping[str, object], text: str) -> None:
    """Tell something on stderr: `text` on a terminal, else one JSON line of `facts`."""
    sys.stderr.write(safe_line(text) + "\n" if is_terminal(sys.stderr) else json_line(facts).decode())
    sys.stderr.flush()


def progress_bar(label: str, total_bytes: int | None) -> tuple[Progress, Any]:
    """Make a progress bar over bytes on stderr and its task; it shows only where stderr alone is a terminal's.

    Where the output itself goes to a terminal, a bar would be drawn into it.
    """
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=not is_terminal(sys.stderr) or is_terminal(sys.stdout),
        transient=True,
    )
    return progress, progress.add_task(label, total=total_bytes)


def _table(title: str, rows: Sequence[Mapping[str, object]]) -> Table:
    table = Table(title=title, title_justify="left")
    for name, value in rows[0].items():
        table.add_column(
            name.replace("_", " "), justify="right" if isinstance(value, int | float) else "left", overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text("-" if value is None else safe(str(value))) for value in row.values()))
    return table


def _escaped_line(text: str) -> str:
    return _CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _escape(match: re.Match[bytes]) -> bytes:
    return f"\\u{ord(match[0].decode()):04x}".encode()
