"""A stage for tests of the runtime: what it does with a page stands in the page."""

import os
import signal
import time

from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.records import Record
from broadsheet.runtime.stage import Product
from broadsheet_schemas.errors import ErrorCode


def transform(record: Record) -> Product:
    """Obey the page: `reject`, `bug`, `crash`, `hang`, `sleep SECONDS`, `grow N`, or else give it back in upper case."""
    order, _, argument = (record.value or b"").decode().partition(" ")
    match order:
        case "reject":
            raise DocumentError(ErrorCode.EMPTY_PAGE, f"asked to reject {argument}")
        case "bug":
            return Product(document_id=str(1 / 0), data=b"", received_at_ms=0)
        case "crash":
            os.kill(os.getpid(), signal.SIGKILL)
        case "hang":
            time.sleep(3600)
        case "sleep":
            time.sleep(float(argument))
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


def broken_warm_up() -> None:
    """Fail as a missing model would."""
    msg = "model.bin is missing"
    raise FileNotFoundError(msg)
