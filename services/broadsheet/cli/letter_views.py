"""How dead letters look: a line each, a row a group, one on a terminal, one as JSON."""

import base64
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from broadsheet.cli.console import safe, safe_line
from broadsheet.cli.consume import headers_as_json
from broadsheet.runtime.deadletters import DeadLetter
from broadsheet.runtime.quoting import shorten
from broadsheet.runtime.records import Record
from broadsheet_schemas.errors import ERRORS, ErrorCode

SHOWN_BYTES = 64 * 1024
"""Most bytes of a page that are decoded to show its first lines."""

SHOWN_COLUMNS = 400
"""Most characters of a line that are shown: five rows of a terminal. A page without line breaks would fill the screen."""

PAGE_FIELDS = ("content", "text")
"""Where a RawDocument and the events between the stages carry the page."""


@dataclass(slots=True)
class _Group:
    """The dead letters of one stage and code."""

    first: datetime
    last: datetime
    example: str
    document: str | None
    count: int = 0
    replayed: int = 0


async def group_rows(
    letters: AsyncIterator[tuple[Record, DeadLetter]], replayed: Callable[[Record], bool]
) -> list[dict[str, Any]]:
    """Group dead letters by stage and code; the example is the latest of each group."""
    groups: dict[tuple[str, str], _Group] = {}
    async for record, letter in letters:
        at = letter.failed_at
        group = groups.setdefault(
            (letter.stage, letter.code), _Group(first=at, last=at, example=letter.position, document=letter.document_id)
        )
        group.count += 1
        group.replayed += replayed(record)
        group.first = min(group.first, at)
        if at >= group.last:
            group.last, group.example, group.document = at, letter.position, letter.document_id
    return [{"stage": stage, "code": code} | _counts(group) for (stage, code), group in sorted(groups.items())]


def letter_row(letter: DeadLetter) -> dict[str, Any]:
    """Give what tells one dead letter from another, for a row or a line."""
    return {
        "id": letter.position,
        "document": letter.document_id,
        "stage": letter.stage,
        "code": letter.code,
        "message": letter.message,
        "attempts": letter.attempts,
        "failed_at": letter.failed_at,
    }


def letter_as_json(letter: DeadLetter) -> dict[str, Any]:
    """Give all of a dead letter, its value as base64 (null where the record had none)."""
    record = letter.record
    return letter_row(letter) | {
        "error_class": letter.error_class,
        "first_failed_at": letter.first_failed_at,
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "timestamp": record.timestamp_ms,
        "key": None if record.key is None else record.key.decode("utf-8", errors="backslashreplace"),
        "headers": headers_as_json(record.headers),
        "value": None if record.value is None else base64.b64encode(record.value).decode(),
    }


def print_letter(letter: DeadLetter, lines: int) -> None:
    """Print a dead letter for a person: error, what to do, headers, and the first lines of the page, made safe."""
    console = Console(highlight=False)
    table = Table(show_header=False, box=None, pad_edge=False)
    for name, value in _facts(letter).items():
        table.add_row(Text(safe_line(name), style="bold"), Text(safe_line(value)))
    console.print(table)
    console.print()
    for line in _first_lines(letter.record.value or b"", lines):
        console.print(Text(safe(line)), soft_wrap=True)


def _counts(group: _Group) -> dict[str, Any]:
    return {
        "count": group.count,
        "replayed": group.replayed,
        "first": group.first,
        "last": group.last,
        "example": group.example,
        "document": group.document,
    }


def _facts(letter: DeadLetter) -> dict[str, str]:
    record = letter.record
    row = {name.replace("_", " "): "-" if value is None else str(value) for name, value in letter_row(letter).items()}
    headers = {f"header {name}": value.decode("utf-8", errors="backslashreplace") for name, value in record.headers}
    return (
        row
        | {"what to do": _action(letter.code), "first failed at": str(letter.first_failed_at)}
        | {"came from": f"{record.topic} {record.partition}:{record.offset}"}
        | headers
        | {"value": f"{len(record.value or b''):,} bytes"}
    )


def _action(code: str) -> str:
    """Give what to do about a code; one of another release is not known here."""
    try:
        return ERRORS[ErrorCode(code)].action
    except ValueError:
        return "This release does not know the code; see the documentation of the one that wrote it."


def _first_lines(value: bytes, lines: int) -> list[str]:
    return [shorten(line, SHOWN_COLUMNS) for line in _page(value).splitlines()[:lines]]


def _page(value: bytes) -> str:
    """Give the start of the page that a record carries: of the text in its JSON, else of its bytes as they stand."""
    found = _json_object(value)
    if isinstance(found.get("data"), dict):  # a CloudEvent in structured mode
        found = found["data"]
    texts = (found[name] for name in PAGE_FIELDS if isinstance(found.get(name), str))
    return next((text[:SHOWN_BYTES] for text in texts), value[:SHOWN_BYTES].decode("utf-8", errors="replace"))


def _json_object(value: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(value) if value[:1] == b"{" else None
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}
