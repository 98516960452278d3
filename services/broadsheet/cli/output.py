"""Files that commands write: plain or gzip by their name, or stdout."""

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode


@contextmanager
def opened_output(path: str | None) -> Iterator[BinaryIO]:
    """Open a file to write, replacing what it held; stdout for None and `-`.

    A `.gz` file carries neither name nor time, so that the same input gives the same bytes.

    Raises:
        OperatorError: the file cannot be opened (`file_unreadable`).
    """
    if path in (None, "-"):
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    with _create(Path(path)) as file:
        if path.lower().endswith(".gz"):
            with gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed:
                yield cast("BinaryIO", packed)
        else:
            yield file


def _create(path: Path) -> BinaryIO:
    try:
        return path.open("wb")
    except OSError as error:
        raise OperatorError(ErrorCode.FILE_UNREADABLE, f"{path} cannot be written: {error.strerror}") from error
