"""`broadsheet publish`: pages to `documents.raw`."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from broadsheet.cli.console import progress_bar, report, write_text
from broadsheet.cli.documents import Document, Format, Input, Refused, is_jsonl, read_documents, total_bytes
from broadsheet.cli.raw_records import NO_FACTS, PageFacts, future_id, raw_record
from broadsheet.cli.sending import CLIENT_ID, Sent, Settled, sending
from broadsheet.runtime.admission import admit
from broadsheet.runtime.errors import DocumentError, OperatorError
from broadsheet.runtime.permissions import COMMAND_NEEDS
from broadsheet.runtime.publishing import OutputRecord
from broadsheet.runtime.records import Record
from broadsheet.runtime.settings import KafkaSettings, load
from broadsheet.runtime.tracing import open_tracing
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.topics import MAX_RECORD_BYTES, RAW

MAX_DOCUMENT_BYTES = MAX_RECORD_BYTES - 64 * 1024
"""Largest line or file that is sent, bytes: the record's limit without room for its key and headers."""


def publish(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders, .jsonl[.gz] of RawDocument, or - for stdin.")
    ],
    *,
    form: Annotated[
        Format, typer.Option("--format", help="What stdin and files with other names hold: JSON Lines, or one page.")
    ] = "auto",
    url: Annotated[str | None, typer.Option(help="Where the page was fetched; with a single page only.")] = None,
    document_id: Annotated[str | None, typer.Option(help="The page's id; with a single page only.")] = None,
    content_type: Annotated[str | None, typer.Option(help="The page's content type; with a single page only.")] = None,
) -> None:
    """Publish pages, and print the id of each document once the broker has it.

    A line of .jsonl or .jsonl.gz is sent as it stands; any other file is sent as the bytes of one page. Whether it can be
    read is for intake to judge: what it refuses becomes a dead letter. What is over the size limit of a record is
    refused here, the rest goes on, and the exit status is 1. On stdin, JSON Lines are recognised by the first line.
    """
    facts = PageFacts(url=url, document_id=document_id, content_type=content_type)
    if facts != NO_FACTS and not _is_one_page(paths, form):
        raise OperatorError(ErrorCode.USAGE, "--url, --document-id and --content-type describe one page: give one file")
    documents = read_documents(paths, max_bytes=MAX_DOCUMENT_BYTES, form=form, any_file=True)
    counts = _publish(load(KafkaSettings), documents, facts, total_bytes(paths))
    report({"summary": asdict(counts)}, f"published {counts.published} documents, refused {counts.refused}")
    if counts.refused:
        raise typer.Exit(1)


@dataclass(slots=True)
class _Counts:
    """What came of the input, in documents."""

    published: int = 0
    refused: int = 0


def _is_one_page(paths: list[str], form: Format) -> bool:
    return len(paths) == 1 and form != "jsonl" and not is_jsonl(paths[0]) and not Path(paths[0]).is_dir()


def _publish(settings: KafkaSettings, documents: Iterator[Input], facts: PageFacts, total: int | None) -> _Counts:
    topic = RAW.prefixed(settings.topic_prefix)
    # A topic that is missing would be made by the broker, or waited for.
    asyncio.run(admit(settings, CLIENT_ID, COMMAND_NEEDS["publish"](settings.topic_prefix)))
    counts = _Counts()
    progress, task = progress_bar("publishing", total)
    with progress, open_tracing(settings, "publish", client_id=CLIENT_ID) as tracing, sending(settings) as sender:
        for document in documents:
            if isinstance(document, Refused):
                _refuse(counts, document.path, document.line, document.code, document.message)
                continue
            record = raw_record(document, facts)
            document_id = _identify(record, document)
            key = document_id.encode() if document_id else None
            trace = tracing.publish(record, topic, document_id)
            output = OutputRecord(topic, key, record.value, (*record.headers, *trace.headers))
            for settled in sender.send(output, Sent(document_id, document.path, document.line, trace)):
                _settle(counts, settled)
            progress.advance(task, len(document.value))
        for settled in sender.finish():
            _settle(counts, settled)
    return counts


def _identify(record: Record, document: Document) -> str | None:
    """Give the id that the document will have; where intake will refuse it, say so and give None."""
    try:
        return future_id(record)
    except DocumentError as error:
        _report(document.path, document.line, error.code, f"sent, but intake will refuse it: {error.message}")
        return None


def _settle(counts: _Counts, settled: Settled) -> None:
    sent = settled.sent
    sent.trace.ended(None if settled.too_large is None else ErrorCode.PAGE_TOO_LARGE)
    if settled.too_large is not None:
        _refuse(counts, sent.path, sent.line, ErrorCode.PAGE_TOO_LARGE, settled.too_large)
        return
    counts.published += 1
    if sent.document_id is not None:
        write_text(sent.document_id)


def _refuse(counts: _Counts, path: str, line: int | None, code: ErrorCode, message: str) -> None:
    counts.refused += 1
    _report(path, line, code, message)


def _report(path: str, line: int | None, code: ErrorCode, message: str) -> None:
    where = path if line is None else f"{path} line {line}"
    report({"code": code, "message": message, "path": path, "line": line}, f"{where}: {code}: {message}")
