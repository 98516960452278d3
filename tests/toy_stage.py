"""A stage for tests of the runtime: what it does with a page stands in the page."""

import ctypes
import os
import signal
import time

from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.records import Record
from broadsheet.runtime.stage import Product
from broadsheet_schemas.errors import ErrorCode


def transform(record: Record) -> Product:
    """Obey the page or else give it back in upper case.

    Orders are `reject`, `bug`, `crash`, `segfault`, `hang`, `sleep SECONDS ...`, `grow N` (the product's bytes), and
    `swallow BYTES` and `keep BYTES` of memory, for the page or for ever.
    """
    order, _, argument = (record.value or b"").decode().partition(" ")
    match order:
        case "reject":
            raise DocumentError(ErrorCode.EMPTY_PAGE, f"asked to reject {argument}")
        case "bug":
            return Product(document_id=str(1 / 0), data=b"", received_at_ms=0)
        case "crash":
            os.kill(os.getpid(), signal.SIGKILL)
        case "segfault":
            ctypes.string_at(0)
        case "swallow":
            _swallow(int(argument))
        case "keep":
            KEPT.append(bytearray(int(argument)))
        case "hang":
            time.sleep(3600)
        case "sleep":
            time.sleep(float(argument.split()[0]))
        case "grow":
            return Product(document_id="large", data=b"x" * int(argument), received_at_ms=record.timestamp_ms)
        case _:
            pass
    value = record.value or b""
    return Product(
        document_id=value.decode()[:40],
        data=value.upper(),
        received_at_ms=record.timestamp_ms,
        counts={"bytes": len(value)},
        labels={"content_type": "text/plain"},
    )


def broken(record: Record) -> Product:
    """Fail on every page, as a bad deploy does."""
    msg = f"nobody thought of {record.partition}"
    raise KeyError(msg)


KEPT: list[bytearray] = []
"""What `keep` leaves behind in its process: memory that is not given back."""

MEBIBYTE = 1024 * 1024


def _swallow(size: int) -> None:
    """Take memory bit by bit, as a page that swells does, and touch it."""
    taken = [b"x" * MEBIBYTE for _ in range(size // MEBIBYTE)]
    taken.clear()


def broken_warm_up() -> None:
    """Fail as a missing model would."""
    msg = "model.bin is missing"
    raise FileNotFoundError(msg)


def large_warm_up() -> None:
    """Take more memory than any test lets a worker have, as a large model would."""
    _swallow(512 * MEBIBYTE)
