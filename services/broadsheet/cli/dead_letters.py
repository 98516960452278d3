"""`broadsheet dead-letters`: what failed and why, and sending it again."""

import asyncio
import sys
from contextlib import aclosing
from dataclasses import asdict
from typing import Annotated, Any

import typer

from broadsheet.cli import replay as replaying
from broadsheet.cli.console import is_terminal, json_line, report, write_line, write_rows
from broadsheet.cli.letter_choice import POSITION, Code, Doc, Ids, Since, Stage, Until, choice_of
from broadsheet.cli.letter_views import group_rows, letter_as_json, letter_row, print_letter
from broadsheet.cli.letters import (
    Choice,
    dead_letter_topic,
    is_replay_marker,
    is_replayed,
    read_letters,
    replayed_marks,
)
from broadsheet.cli.output import opened_output
from broadsheet.cli.reading import read_position
from broadsheet.cli.replay import MAX_ATTEMPTS
from broadsheet.cli.replay_run import Replayed
from broadsheet.runtime.deadletters import DeadLetter, parse_dead_letter
from broadsheet.runtime.errors import DocumentError, OperatorError
from broadsheet.runtime.settings import KafkaSettings, load
from broadsheet_schemas.errors import ErrorCode

app = typer.Typer(no_args_is_help=True, help="List, show, replay or export dead letters.")


@app.command("list")
def list_letters(
    *, code: Code = None, stage: Stage = None, document: Doc = None, since: Since = None, until: Until = None
) -> None:
    """Group the dead letters by stage and code: how many, how many of them replayed, first, last, and an example to show."""
    choice = choice_of(code=code, stage=stage, document=document, since=since, until=until)
    write_rows("Dead letters", asyncio.run(_grouped(load(KafkaSettings), choice)))


@app.command()
def show(
    which: Annotated[str, typer.Argument(metavar="ID", help="PARTITION:OFFSET as `list` gives it, or a document id.")],
    *,
    lines: Annotated[int, typer.Option(min=0, metavar="N", help="Lines of the page to show on a terminal.")] = 20,
) -> None:
    """Show one dead letter: its error, its headers, and the first lines of the page; of a document, the latest one."""
    found = asyncio.run(_find(load(KafkaSettings), which))
    if found is None:
        raise OperatorError(ErrorCode.NOT_FOUND, f"there is no dead letter {which!r:.100}")
    if is_terminal(sys.stdout):
        print_letter(found, lines)
    else:
        write_line(letter_as_json(found))


@app.command()
def replay(
    *,
    code: Code = None,
    stage: Stage = None,
    document: Doc = None,
    since: Since = None,
    until: Until = None,
    ids: Ids = None,
    max_attempts: Annotated[
        int, typer.Option(min=1, metavar="N", help="Leave alone what was tried as often as this, replays included.")
    ] = MAX_ATTEMPTS,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only print what would be sent, and what would be refused.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Send dead letters back to the topics they came from. Each is sent once: one that was replayed before is skipped.

    If it fails again it becomes a new dead letter, which counts its attempts on and can be replayed in its turn, until it was
    tried --max-attempts times. One that was, or that names no topic of this installation, is refused: it is named on stderr
    with the reason, and the exit status is 1.
    """
    settings = load(KafkaSettings)
    choice = choice_of(code=code, stage=stage, document=document, since=since, until=until, ids=ids)
    if dry_run or not yes:
        tell = _tell if dry_run else _tell_nobody
        found = asyncio.run(replaying.preview(settings, choice, tell, max_attempts=max_attempts))
        if dry_run:
            _report(found, "would be replayed")
            return
        _confirm(found.sent)
    _report(asyncio.run(replaying.replay(settings, choice, _tell, max_attempts=max_attempts)), "replayed")


@app.command()
def export(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to write: .jsonl, .jsonl.gz, or - for stdout.")],
    *,
    code: Code = None,
    stage: Stage = None,
    document: Doc = None,
    since: Since = None,
    until: Until = None,
    ids: Ids = None,
) -> None:
    """Write dead letters as JSON Lines: error, place, headers, and the value as base64."""
    choice = choice_of(code=code, stage=stage, document=document, since=since, until=until, ids=ids)
    count = asyncio.run(_export(load(KafkaSettings), choice, file))
    report({"summary": {"exported": count}}, f"exported {count} dead letters to {file}")


async def _grouped(settings: KafkaSettings, choice: Choice) -> list[dict[str, Any]]:
    marks = await replayed_marks(settings)
    return await group_rows(read_letters(settings, choice), lambda record: is_replayed(record, marks))


async def _find(settings: KafkaSettings, which: str) -> DeadLetter | None:
    if POSITION.fullmatch(which):
        partition, _, offset = which.partition(":")
        record = await read_position(settings, dead_letter_topic(settings), int(partition), int(offset))
        return None if record is None or is_replay_marker(record) else parse_dead_letter(record)
    found = None
    async for _record, letter in read_letters(settings, Choice(document=which)):
        if found is None or letter.failed_at >= found.failed_at:
            found = letter
    return found


def _tell(letter: DeadLetter, refusal: DocumentError | None) -> None:
    """Write the dead letter that was sent to stdout, or why it was not to stderr."""
    if refusal is None:
        write_line(letter_row(letter))
    else:
        report(
            {"id": letter.position, "code": refusal.code, "message": refusal.message},
            f"refused: {refusal.code}: {refusal.message}",
        )


def _tell_nobody(_letter: DeadLetter, _refusal: DocumentError | None) -> None:
    pass


def _report(done: Replayed, verb: str) -> None:
    """Tell what a replay did.

    Raises:
        typer.Exit: some were refused; exit status 1.
    """
    text = f"{verb} {done.sent}, skipped {done.skipped} replayed before, refused {done.refused}"
    report({"summary": asdict(done)}, text)
    if done.refused:
        raise typer.Exit(1)


def _confirm(count: int) -> None:
    """Ask whether to send so many dead letters back.

    Raises:
        OperatorError: nobody is there to answer (`usage`).
        typer.Abort: the answer is no.
    """
    if not is_terminal(sys.stdin):
        raise OperatorError(
            ErrorCode.USAGE, f"{count} dead letters would be replayed; --yes says so without a terminal"
        )
    typer.confirm(f"Replay {count} dead letters?", abort=True, err=True)


async def _export(settings: KafkaSettings, choice: Choice, file: str) -> int:
    count = 0
    with opened_output(file) as output:
        async with aclosing(read_letters(settings, choice)) as letters:
            async for _record, letter in letters:
                output.write(json_line(letter_as_json(letter)))
                count += 1
    return count
