"""Inside a worker process: the stage's function, loaded once, and run on one page after the other."""

import multiprocessing
import os
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.outcomes import Failure, Outcome
from broadsheet.runtime.records import Record
from broadsheet.runtime.stage import Product, Transform
from broadsheet.runtime.worker_memory import held_bytes, is_out_of_memory, limit_memory
from broadsheet_schemas.errors import ErrorCode

RETIRED = os.EX_TEMPFAIL
"""Exit status of a worker that makes place for a fresh one: it has begun no page of the chunk that it was given."""

RETIRE_SHARE = 0.5
"""Share of the memory limit at which a worker retires. Memory that pages leave behind (a segmenter holds 200 MiB after pages
of 8 MB and 122 MiB before them) must not be held against the next page."""

ACKNOWLEDGED_SECONDS = 0.25
"""Time for the pool to note which worker took a chunk: it does not see whose chunk is lost when the worker ends before."""


class Loaded:
    """What a worker process holds: set by `prepare` before the first page."""

    transform: Transform
    max_memory_bytes: int
    error: Exception | None = None


def prepare(transform: Transform, warm_up: Callable[[], None] | None, max_memory_bytes: int) -> None:
    """Make this process a worker: it ends with its parent, and keeps what went wrong for `check` to report."""
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    Loaded.transform = transform
    Loaded.max_memory_bytes = max_memory_bytes
    limit_memory(max_memory_bytes)
    try:
        if warm_up is not None:
            warm_up()
    except Exception as error:  # noqa: BLE001 - any error of the stage's loading is reported by check
        Loaded.error = MemoryError(_too_little()) if is_out_of_memory(error) else error


def _too_little() -> str:
    return (
        f"the stage needs more than the {Loaded.max_memory_bytes} bytes of BROADSHEET_WORKER_MAX_MEMORY_BYTES to load"
    )


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def check() -> None:
    """Raise what went wrong when this process was prepared, if anything did."""
    if Loaded.error is not None:
        raise Loaded.error


def run_pages(records: list[Record]) -> list[Outcome]:
    """Run the stage's function on each page; an error of one page is its outcome, not an exception."""
    check()
    _retire_if_grown()
    return [_run_one(record) for record in records]


def _retire_if_grown() -> None:
    if held_bytes() > RETIRE_SHARE * Loaded.max_memory_bytes:
        time.sleep(ACKNOWLEDGED_SECONDS)
        os._exit(RETIRED)


def _run_one(record: Record) -> Outcome:
    started_ns, started = time.time_ns(), time.perf_counter()
    result: Product | Failure
    try:
        result = Loaded.transform(record)
    except DocumentError as error:
        result = Failure(error.code, error.message, type(error).__name__)
    except Exception as error:  # noqa: BLE001 - a bug on one page must cost that page alone
        result = _unexpected(error, record)
    return Outcome(result, time.perf_counter() - started, started_ns)


def _unexpected(error: Exception, record: Record) -> Failure:
    if is_out_of_memory(error):
        limit = Loaded.max_memory_bytes
        message = f"the page ({record.size} bytes) needs more memory than a worker may take ({limit} bytes)"
        return Failure(ErrorCode.MEMORY_LIMIT, message, type(error).__name__, _place(error))
    return Failure(ErrorCode.BUG, f"{type(error).__name__}: {error}", type(error).__name__, _place(error))


def _place(error: Exception) -> str:
    """Say where an error was raised, without its message, which may hold page text."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}"
