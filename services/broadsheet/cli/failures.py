"""How a command that failed says so: one clear line and what to do, on stderr."""

import os
import sys
import traceback

from broadsheet.runtime.errors import BroadsheetError, UnavailableError
from broadsheet_schemas.errors import ErrorCode

# A command that succeeds, and --help, need none of what telling an error needs.
# ruff: noqa: PLC0415

DEBUG_VARIABLE = "BROADSHEET_DEBUG"
"""Set (and not `0`) to see tracebacks."""


def tell(error: BroadsheetError) -> None:
    """Print an expected error: its code, what was wrong, and what to do about it."""
    _print(error.code, error.message, error.action)


def tell_unexpected(error: Exception) -> None:
    """Print an error that nobody raised on purpose: one of the Kafka client for what it means, any other as a bug."""
    known = _client_error(error)
    if known is not None:
        tell(known)
    elif os.environ.get(DEBUG_VARIABLE) not in (None, "", "0"):
        traceback.print_exception(error)
    else:
        _print(
            ErrorCode.BUG, f"{type(error).__name__}: {error}", "Run it again with --debug and report what it prints."
        )


def _client_error(error: Exception) -> BroadsheetError | None:
    """Give the error that a Kafka client's error means to a person, or None where it is not one."""
    if "aiokafka" not in sys.modules:
        return None
    from aiokafka.errors import IllegalArgumentError, IllegalStateError, KafkaConnectionError, KafkaError

    from broadsheet.runtime.settings import KafkaSettings, load

    ours = (IllegalArgumentError, IllegalStateError)
    if not isinstance(error, KafkaError) or isinstance(error, ours):
        return None
    away = f"no Kafka broker can be reached at {load(KafkaSettings).bootstrap_servers}"
    return UnavailableError(
        ErrorCode.BROKER_UNAVAILABLE, away if isinstance(error, KafkaConnectionError) else str(error)
    )


def _print(code: ErrorCode, message: str, action: str) -> None:
    from broadsheet.cli.console import note

    note(f"error[{code}]: {message}")
    note(action)
