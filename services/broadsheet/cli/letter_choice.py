"""The options that say which dead letters a command means."""

import re
from collections.abc import Sequence
from typing import Annotated

import typer

from broadsheet.cli.letters import Choice
from broadsheet.cli.starts import parse_time
from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.quoting import quote
from broadsheet_schemas.errors import ErrorCode

Code = Annotated[ErrorCode | None, typer.Option(help="Only dead letters of this code.")]
Stage = Annotated[str | None, typer.Option(metavar="STAGE", help="Only dead letters of this stage.")]
Doc = Annotated[str | None, typer.Option("--document", metavar="ID", help="Only dead letters of this document.")]
Since = Annotated[str | None, typer.Option(metavar="TIME", help="Only those that failed then or later, ISO 8601.")]
Until = Annotated[str | None, typer.Option(metavar="TIME", help="Only those that failed before then, ISO 8601.")]
Ids = Annotated[
    list[str] | None,
    typer.Option("--id", metavar="PARTITION:OFFSET", help="Only this dead letter, by its `id`; may be given again."),
]

POSITION = re.compile(r"[0-9]{1,10}:[0-9]{1,19}")
"""The id of a dead letter: Kafka counts partitions in 32 bits and offsets in 64."""


def choice_of(
    *,
    code: ErrorCode | None = None,
    stage: str | None = None,
    document: str | None = None,
    since: str | None = None,
    until: str | None = None,
    ids: Sequence[str] | None = None,
) -> Choice:
    """Read the options.

    Raises:
        OperatorError: a time is not ISO 8601, or an id is not `PARTITION:OFFSET` (`usage`).
    """
    for which in ids or ():
        if not POSITION.fullmatch(which):
            raise OperatorError(
                ErrorCode.USAGE, f"--id takes PARTITION:OFFSET as `list` and `show` print it, not {quote(which)}"
            )
    return Choice(
        code,
        stage,
        document,
        since=parse_time(since, "--since takes an ISO 8601 time") if since else None,
        until=parse_time(until, "--until takes an ISO 8601 time") if until else None,
        positions=frozenset(ids) if ids else None,
    )
