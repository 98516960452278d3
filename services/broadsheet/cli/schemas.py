"""`broadsheet schemas`: the contracts of the events."""

import json
from typing import Annotated

import typer

from broadsheet.cli.console import write_rows, write_text
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.json_schemas import EVENT_TOPICS, json_schema

app = typer.Typer(no_args_is_help=True, help="Show the contracts of the events.")


@app.command("list")
def list_schemas() -> None:
    """List the events: name, ce_type, topic, and what each carries. JSON Lines where stdout is no terminal."""
    write_rows(
        "Events",
        (
            {"name": name, "ce_type": topic.event_type, "topic": topic.name, "summary": topic.summary}
            for name, topic in EVENT_TOPICS.items()
        ),
    )


@app.command()
def show(name: Annotated[str, typer.Argument(help="The event's name, as `list` gives it: raw-document.")]) -> None:
    """Print the JSON Schema (2020-12) of an event."""
    topic = EVENT_TOPICS.get(name)
    if topic is None:
        raise OperatorError(
            ErrorCode.NOT_FOUND, f"no event is called {name[:80]!r}; there are {', '.join(EVENT_TOPICS)}"
        )
    for line in json.dumps(json_schema(topic), indent=2, ensure_ascii=False).splitlines():
        write_text(line)
