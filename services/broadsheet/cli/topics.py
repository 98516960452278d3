"""`broadsheet topics`: making the topics, and comparing them with the design."""

import asyncio
from typing import Annotated

import typer

from broadsheet.cli.console import note, write_rows
from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.settings import KafkaSettings, load
from broadsheet.runtime.topics import Difference, check_topics, create_topics
from broadsheet_schemas.errors import ErrorCode

app = typer.Typer(no_args_is_help=True, help="Create the topics, or check them against the design.")

Partitions = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="Partitions of each topic; as designed if absent.")
]


@app.command()
def create(
    partitions: Partitions = None,
    replication_factor: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Replicas of each partition; 3, or one a broker if there are fewer."),
    ] = None,
) -> None:
    """Make the topics that do not exist yet; those that do are left as they are."""
    settings = load(KafkaSettings)
    made = asyncio.run(create_topics(settings, partitions=partitions, replication=replication_factor))
    write_rows("Topics", [{"topic": topic, "result": result} for topic, result in made])


@app.command()
def check(partitions: Partitions = None) -> None:
    """Say where the topics are not as designed; the exit status is 1 if they differ.

    More partitions than designed (or than --partitions) and a larger max.message.bytes are no difference.
    """
    differences = asyncio.run(check_topics(load(KafkaSettings), partitions=partitions))
    if not differences:
        note("all topics are as designed")
        return
    write_rows("Differences", [difference._asdict() for difference in differences])
    raise _error(differences)


def _error(differences: list[Difference]) -> OperatorError:
    missing = [difference.topic for difference in differences if difference.setting == "topic"]
    if missing:
        return OperatorError(ErrorCode.TOPIC_MISSING, f"missing: {', '.join(missing)}")
    topics = {difference.topic for difference in differences}
    return OperatorError(ErrorCode.TOPIC_DIFFERS, f"{len(differences)} settings differ, of {', '.join(sorted(topics))}")
