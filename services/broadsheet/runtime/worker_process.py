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
from broadsheet_schemas.errors import ErrorCode


class Loaded:
    """What a worker process holds: set by `prepare` before the first page."""

    transform: Transform
    error: Exception | None = None


def prepare(transform: Transform, warm_up: Callable[[], None] | None) -> None:
    """Make this process a worker: it ends with its parent, and keeps what went wrong for `check` to report."""
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    Loaded.transform = transform
    try:
        if warm_up is not None:
            warm_up()
    except Exception as error:  # noqa: BLE001 - any error of the stage's loading is reported by check
        Loaded.error = error


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
    return [_run_one(record) for record in records]


def _run_one(record: Record) -> Outcome:
    started = time.perf_counter()
    result: Product | Failure
    try:
        result = Loaded.transform(record)
    except DocumentError as error:
        result = Failure(error.code, error.message, type(error).__name__)
    except Exception as error:  # noqa: BLE001 - a bug on one page must cost that page alone
        result = Failure(ErrorCode.BUG, f"{type(error).__name__}: {error}", type(error).__name__, _place(error))
    return Outcome(result, time.perf_counter() - started)


def _place(error: Exception) -> str:
    """Say where an error was raised, without its message, which may hold page text."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}"
