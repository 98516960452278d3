"""Files that commands write: plain or gzip by their name, or stdout."""

import gzip
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

STDOUT = "stdout"
"""What messages call the standard output."""


class Output(Protocol):
    """Where lines are written."""

    def write(self, data: bytes, /) -> object:
        """Write bytes."""


class _File:
    """A file whose failures name it."""

    def __init__(self, name: str, stream: Output) -> None:
        self._name = name
        self._stream = stream

    def write(self, data: bytes, /) -> None:
        with naming(self._name):
            self._stream.write(data)


@contextmanager
def opened_output(path: str | None) -> Iterator[Output]:
    """Open a file to write, replacing what it held; stdout for None and `-`.

    A `.gz` file carries neither name nor time, so that the same input gives the same bytes.

    Raises:
        OperatorError: the file cannot be opened or written, as when the disk is full (`file_unreadable`).
    """
    if path in (None, "-"):
        yield _File(STDOUT, sys.stdout.buffer)
        return
    with naming(path):
        stack = ExitStack()
        stream = _open(Path(path), stack)
    try:
        yield _File(path, stream)
    except BaseException:
        with suppress(OSError):  # the first error is the one to tell
            stack.close()
        raise
    with naming(path):
        stack.close()  # writes what is left


@contextmanager
def naming(file: str) -> Iterator[None]:
    """Say of a write in the block that failed which file it was, as the system's own error does not.

    Raises:
        OperatorError: a write failed (`file_unreadable`).
        BrokenPipeError: the reader went away, which is its right: the command ends without a message.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OperatorError(ErrorCode.FILE_UNREADABLE, f"{file} cannot be written: {error.strerror}") from error


def abandon_broken_stdout() -> None:
    """Send what cannot be written to stdout nowhere, or Python would try again as it exits and print an error of its own."""
    try:
        sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _open(path: Path, stack: ExitStack) -> Output:
    file = stack.enter_context(path.open("wb"))
    if path.name.lower().endswith(".gz"):
        return stack.enter_context(gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0))
    return file
