"""How a command that failed says so: one clear line and what to do, on stderr."""

import errno
import os
import sys
import traceback

from broadsheet.runtime.errors import BroadsheetError, OperatorError, UnavailableError
from broadsheet_schemas.errors import ErrorCode

# A command that succeeds, and --help, need none of what telling an error needs.
# ruff: noqa: PLC0415

DEBUG_VARIABLE = "BROADSHEET_DEBUG"
"""Set (and not `0`) to see tracebacks."""


FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""Why a write fails that named no file; Typer's own, as of --help, is one."""


def tell(error: BroadsheetError) -> None:
    """Print an expected error: its code, what was wrong, and what to do about it."""
    _print(error.code, error.message, error.action)


def tell_unexpected(error: Exception) -> None:
    """Print an error that nobody raised on purpose: of the Kafka client or of a file for what it means, else as a bug."""
    known = _client_error(error) or _file_error(error)
    if known is not None:
        tell(known)
    elif os.environ.get(DEBUG_VARIABLE) not in (None, "", "0"):
        _print_traceback(error)
    else:
        _print(
            ErrorCode.BUG, f"{type(error).__name__}: {error}", "Run it again with --debug and report what it prints."
        )


def _print_traceback(error: Exception) -> None:
    """Print a traceback; an exception may quote a page or a record."""
    from broadsheet.cli.console import safe

    sys.stderr.write(safe("".join(traceback.format_exception(error))))


def _client_error(error: Exception) -> BroadsheetError | None:
    """Give the error that a Kafka client's error means to a person, or None where it is not one."""
    if "aiokafka" not in sys.modules:
        return None
    from aiokafka.errors import IllegalArgumentError, IllegalStateError, KafkaConnectionError, KafkaError

    from broadsheet.runtime.refusals import denial
    from broadsheet.runtime.settings import KafkaSettings, load

    ours = (IllegalArgumentError, IllegalStateError)
    if not isinstance(error, KafkaError) or isinstance(error, ours):
        return None
    away = f"no Kafka broker can be reached at {load(KafkaSettings).bootstrap_servers}"
    return denial(error, "Kafka") or UnavailableError(
        ErrorCode.BROKER_UNAVAILABLE, away if isinstance(error, KafkaConnectionError) else str(error)
    )


def _file_error(error: Exception) -> BroadsheetError | None:
    """Give the error that the operating system's error about a file means, or None where it is about none."""
    if not isinstance(error, OSError):
        return None
    if error.filename is not None:
        return OperatorError(ErrorCode.FILE_UNREADABLE, f"{error.filename}: {error.strerror}")
    if error.errno in FULL:
        return OperatorError(ErrorCode.FILE_UNREADABLE, f"stdout or a file cannot be written: {error.strerror}")
    return None


def _print(code: ErrorCode, message: str, action: str) -> None:
    from broadsheet.cli.console import note

    note(f"error[{code}]: {message}")
    note(action)
