"""Running a stage's function over documents without Kafka: in worker processes, in the input's order, in bounded memory.

The worker processes are the processors' own (`runtime.workers`), so a page that crashes or hangs costs that page alone
here too.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson

from broadsheet.cli.background import background_loop
from broadsheet.cli.documents import Document, Input, Refused
from broadsheet.cli.raw_records import raw_record
from broadsheet.runtime.outcomes import Failure, Outcome
from broadsheet.runtime.records import Record
from broadsheet.runtime.stage import Product, Transform
from broadsheet.runtime.workers import Workers
from broadsheet_schemas.errors import ErrorCode

BATCH_RECORDS_PER_PROCESS = 16
"""Documents that a worker gets at once: 16 pages of 1 to 20 ms each make the hand-over (0.3 ms) cheap."""

BATCH_BYTES = 16 * 1024 * 1024
"""Most bytes in a batch; a single larger document is a batch of its own."""

BATCHES_IN_FLIGHT = 2
"""One is worked on while the next is read; results wait here until those before them are written."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done.

    Attributes:
        transform: makes the output of one document from its record; importable by name in a fresh process.
        warm_up: called once in each worker before its first document, or None.
        processes: how many worker processes.
        page_timeout_seconds: time limit of one document.
        received_at: gives the time at which a document counts as received, aware, where it does not tell itself.
    """

    transform: Transform
    warm_up: Callable[[], None] | None
    processes: int
    page_timeout_seconds: float
    received_at: Callable[[Document], datetime]


@dataclass(frozen=True, slots=True)
class DeadLetterLine:
    """A document that has no output, and why.

    Attributes:
        document_id: the id it was given; None where it has none or it cannot be read.
        code: the error's code.
        message: what was wrong.
        path: the file it stands in; `-` for stdin.
        line: number of its line, from 1; None for a file that is a page.
    """

    document_id: str | None
    code: ErrorCode
    message: str
    path: str
    line: int | None


Result = tuple[Input, Product | DeadLetterLine]


def run_job(job: Job, documents: Iterator[Input]) -> Generator[Result, None, None]:
    """Give for each document of the input, in order, its product or its dead letter.

    Raises:
        OperatorError: the stage cannot be loaded in a worker process (`configuration`).
    """
    with background_loop() as submit:
        workers = Workers(
            job.transform,
            warm_up=job.warm_up,
            processes=job.processes,
            page_timeout_seconds=job.page_timeout_seconds,
        )
        try:
            submit(workers.start()).result()
            pending: deque[tuple[list[Input], Future[list[Outcome]]]] = deque()
            for batch in _batches(documents, job.processes * BATCH_RECORDS_PER_PROCESS):
                records = [_record(document, job) for document in batch if isinstance(document, Document)]
                pending.append((batch, submit(workers.run(records))))
                if len(pending) >= BATCHES_IN_FLIGHT:
                    yield from _results(*pending.popleft())
            while pending:
                yield from _results(*pending.popleft())
        finally:
            submit(workers.stop()).result()


def _batches(documents: Iterator[Input], most: int) -> Iterator[list[Input]]:
    batch: list[Input] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.value) if isinstance(document, Document) else 0
        if len(batch) >= most or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _record(document: Document, job: Job) -> Record:
    """Give a document as the record that intake would read; its key is the path, which names a file without an id."""
    received_ms = round(job.received_at(document).timestamp() * 1000)
    return replace(raw_record(document, timestamp_ms=received_ms), key=document.path.encode(errors="surrogateescape"))


def _results(batch: Sequence[Input], future: Future[list[Outcome]]) -> Iterator[Result]:
    outcomes = iter(future.result())
    for document in batch:
        if isinstance(document, Refused):
            yield document, DeadLetterLine(None, document.code, document.message, document.path, document.line)
        else:
            result = next(outcomes).result
            yield document, _dead_letter(document, result) if isinstance(result, Failure) else result


def _dead_letter(document: Document, failure: Failure) -> DeadLetterLine:
    return DeadLetterLine(_given_id(document), failure.code, failure.message, document.path, document.line)


def _given_id(document: Document) -> str | None:
    """Read the id that a line of JSON gives its document, if any."""
    try:
        found: Any = orjson.loads(document.value) if document.line is not None else None
    except orjson.JSONDecodeError:
        return None
    given = (found.get("document_id") or found.get("id")) if isinstance(found, dict) else None
    return str(given) if isinstance(given, str | int) else None
