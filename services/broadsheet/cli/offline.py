"""`broadsheet segment`, `tag` and `enrich`: the stages' pure functions on files, without Kafka."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path
from time import perf_counter
from typing import Annotated, Protocol

import typer

from broadsheet.cli.console import json_bytes_line, json_line, progress_bar, report
from broadsheet.cli.documents import STDIN, Document, Format, read_documents, total_bytes
from broadsheet.cli.offline_run import DeadLetterLine, Job, run_job
from broadsheet.cli.offline_transforms import enrich_record, segment_record, tag_record, warm_up_all
from broadsheet.cli.output import opened_output
from broadsheet.runtime.records import Record
from broadsheet.runtime.settings import ENV_PREFIX, ProcessorSettings
from broadsheet.runtime.stage import Product
from broadsheet_schemas.topics import MAX_PAGE_BYTES, MAX_RECORD_BYTES

DEFAULT_TIMEOUT: float = ProcessorSettings.model_fields["page_timeout_seconds"].default

STDIN_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""When a page from stdin counts as received if it does not tell: a constant, so that the output is always the same."""

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help=".jsonl[.gz], .txt, .html, folders of them, or - for stdin.")
]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write, packed if .gz; stdout if absent.")
]
DeadLetters = Annotated[
    str | None, typer.Option(metavar="FILE", help="Where bad documents are told; stderr if absent.")
]
Processes = Annotated[int, typer.Option("--processes", "-p", min=1, max=256, metavar="N", help="Worker processes.")]
Form = Annotated[Format, typer.Option("--format", help="What stdin and files with other names hold.")]
Language = Annotated[
    str | None, typer.Option(metavar="CODE", help="Language of documents that do not tell theirs; detected if absent.")
]
PageBytes = Annotated[
    int, typer.Option(min=1, metavar="BYTES", envvar="BROADSHEET_MAX_PAGE_BYTES", help="Largest page.")
]
PageTimeout = Annotated[
    float,
    typer.Option(
        min=0.001, metavar="SECONDS", envvar="BROADSHEET_PAGE_TIMEOUT_SECONDS", help="Time limit of one page."
    ),
]


class _Work(Protocol):
    """What a command does with one document."""

    def __call__(self, record: Record, *, max_page_bytes: int, language: str | None, engines: str) -> Product: ...


def _command(work: _Work, description: str) -> Callable[..., None]:
    """Make the command that does `work` on every document."""

    def command(
        paths: Paths,
        *,
        output: Output = None,
        dead_letters: DeadLetters = None,
        processes: Processes = 1,
        form: Form = "auto",
        language: Language = None,
        max_page_bytes: PageBytes = MAX_PAGE_BYTES,
        page_timeout: PageTimeout = DEFAULT_TIMEOUT,
    ) -> None:
        job = Job(
            transform=partial(work, max_page_bytes=max_page_bytes, language=language, engines=_engines()),
            warm_up=partial(warm_up_all, _engines()),
            processes=processes,
            page_timeout_seconds=page_timeout,
            received_at=_received_at,
        )
        _run(job, paths, form=form, max_bytes=_line_limit(max_page_bytes), output=output, dead_letters=dead_letters)

    command.__doc__ = f"{description}\n\n{_COMMON}"
    return command


_COMMON = """The input's order is kept. A bad document never stops the run: it becomes a line with document_id, code, message,
path and line, on stderr or in the file that --dead-letters names; the exit status is 0 when all documents have been read."""

_RECEIVED = """A page counts as received at its fetched_at, else its published_at, else when its file was modified (from
stdin: 1970-01-01); dates such as "yesterday" are read from there."""

_ENGINES = "Names in languages other than English: BROADSHEET_TAGGER_ENGINES, as for the tagger."

segment = _command(
    segment_record,
    "Tell title, body and teasers of pages apart: RawDocument lines or pages in, SegmentedDocument lines out.\n\n"
    + _RECEIVED,
)
enrich = _command(
    enrich_record,
    "Segment and tag pages: RawDocument lines or pages in, EnrichedDocument lines out.\n\n"
    + _RECEIVED
    + "\n\n"
    + _ENGINES,
)
tag = _command(
    tag_record,
    'Tag texts: {"id", "text"} lines in, {"id", "entities": [[start, end, type], ...]} lines out.\n\n'
    'Offsets count code points of exactly that text. A line may give its "language"; the id of a .txt file is its path.\n\n'
    + _ENGINES,
)


def _run(
    job: Job, paths: list[str], *, form: Format, max_bytes: int, output: str | None, dead_letters: str | None
) -> None:
    started = perf_counter()
    documents = read_documents(paths, max_bytes=max_bytes, form=form)
    progress, task = progress_bar("working", total_bytes(paths))
    counts = {"documents": 0, "dead_letters": 0}
    with (
        opened_output(output) as lines,
        _opened_dead_letters(dead_letters) as letters,
        progress,
        closing(run_job(job, documents)) as results,
    ):
        for document, result in results:
            counts["documents"] += 1
            if isinstance(result, DeadLetterLine):
                counts["dead_letters"] += 1
                letters(json_line(asdict(result)))
            else:
                lines.write(json_bytes_line(result.data))
            progress.advance(task, len(document.value) if isinstance(document, Document) else 0)
    seconds = round(perf_counter() - started, 2)
    text = f"{counts['documents']} documents, {counts['dead_letters']} dead letters, {seconds} s"
    report({"summary": counts | {"seconds": seconds}}, text)


@contextmanager
def _opened_dead_letters(path: str | None) -> Iterator[Callable[[bytes], object]]:
    """Give what writes a line about a dead letter: to the file, or to stderr as text, above a progress bar."""
    if path is None:
        yield lambda line: sys.stderr.write(line.decode())
        return
    with opened_output(path) as file:
        yield file.write


def _engines() -> str:
    """Give which engine tags which language: the tagger's setting, read as its processor reads it."""
    return os.environ.get(f"{ENV_PREFIX}TAGGER_ENGINES", "")


def _line_limit(max_page_bytes: int) -> int:
    """Give the largest line of JSON that is read: a page's limit, with room for escapes as a topic's records have."""
    return max_page_bytes * (MAX_RECORD_BYTES // MAX_PAGE_BYTES)


def _received_at(document: Document) -> datetime:
    return STDIN_TIME if document.path == STDIN else _modified_at(document.path)


@lru_cache(maxsize=1)  # the documents of one file come one after another
def _modified_at(path: str) -> datetime:
    return datetime.fromtimestamp(int(Path(path).stat().st_mtime), UTC)
