"""`broadsheet consume`: the records of a topic as JSON Lines."""

import asyncio
import base64
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated, Any

import orjson
import typer

from broadsheet.cli.console import write_line
from broadsheet.cli.reading import read_topic
from broadsheet.cli.starts import parse_start
from broadsheet.runtime.records import Headers, Record
from broadsheet.runtime.settings import KafkaSettings, load
from broadsheet_schemas import headers as names
from broadsheet_schemas.topics import TOPICS_BY_NAME


def consume(
    topic: Annotated[str, typer.Argument(help="The topic, without prefix: documents.enriched, or enriched for short.")],
    *,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Wait for new records at the end.")] = False,
    start: Annotated[
        str, typer.Option("--from", metavar="WHERE", help="earliest, latest, an offset, or an ISO 8601 time.")
    ] = "earliest",
    document: Annotated[str | None, typer.Option(metavar="ID", help="Only records of this document.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Stop after N records.")] = None,
    values_only: Annotated[bool, typer.Option("--values-only", help="Print the values alone, one a line.")] = False,
) -> None:
    """Print the records of a topic as JSON Lines.

    Each line has topic, partition, offset, timestamp, key, headers, encoding and value. The encoding is `json` where the
    value is JSON (it stands there parsed), `text` where it is other UTF-8 text, and `base64` for any other bytes. A header
    that stands there more than once has a list of its values. Without --follow it ends where the topic ended when
    the command was started.
    """
    settings = load(KafkaSettings)
    records = read_topic(settings, settings.topic_prefix + full_name(topic), start=parse_start(start), follow=follow)
    asyncio.run(_print(records, document=document, limit=limit, values_only=values_only, flush=follow))


def full_name(topic: str) -> str:
    """Give the name of one of our topics for its last word (`enriched`); any other name as it is."""
    return f"documents.{topic}" if f"documents.{topic}" in TOPICS_BY_NAME else topic


def record_as_json(record: Record) -> dict[str, Any]:
    """Give a record as one JSON object, with nothing of it lost."""
    encoding, value = decoded(record.value)
    return {
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "timestamp": record.timestamp,
        "key": _text(record.key),
        "headers": headers_as_json(record.headers),
        "encoding": encoding,
        "value": value,
    }


def decoded(value: bytes | None) -> tuple[str, Any]:
    """Give a value's encoding (`json`, `text` or `base64`) and the value in it; a missing value is JSON's null."""
    if value is None:
        return "json", None
    try:
        return "json", orjson.loads(value)
    except orjson.JSONDecodeError:
        pass
    try:
        return "text", value.decode()
    except UnicodeDecodeError:
        return "base64", base64.b64encode(value).decode()


def headers_as_json(headers: Headers) -> dict[str, str | list[str | None] | None]:
    """Give headers by name; where a name repeats, its values as a list. Bytes that are not UTF-8 are escaped."""
    found: dict[str, list[str | None]] = {}
    for name, value in headers:
        found.setdefault(name, []).append(_text(value))
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def is_about(record: Record, document: str) -> bool:
    """Tell whether a record is of this document: by its subject, its `document-id` header or its key."""
    key = record.key.decode("utf-8", errors="replace") if record.key else None
    return document in (record.header(names.CE_SUBJECT), record.header(names.DOCUMENT_ID), key)


async def _print(
    records: AsyncGenerator[Record, None], *, document: str | None, limit: int | None, values_only: bool, flush: bool
) -> None:
    printed = 0
    async with aclosing(records) as reading:
        async for record in reading:
            if document is not None and not is_about(record, document):
                continue
            write_line(decoded(record.value)[1] if values_only else record_as_json(record), flush=flush)
            printed += 1
            if printed == limit:
                return


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("utf-8", errors="backslashreplace")
