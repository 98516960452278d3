"""`broadsheet run`: one processor."""

import asyncio
from collections.abc import Callable
from typing import Annotated

import typer

from broadsheet.runtime.logs import configure_logging
from broadsheet.runtime.service import ProcessorService
from broadsheet.runtime.settings import ProcessorSettings, load
from broadsheet.runtime.stage import Stage
from broadsheet_schemas.processors import PROCESSORS

NAMES = tuple(processor.name for processor in PROCESSORS)
"""The stages that can be run, in the order of the road."""


def _known(name: str) -> str:
    if name not in NAMES:
        raise typer.BadParameter(f"{name[:80]!r} is none of {', '.join(NAMES)}")
    return name


def run(
    name: Annotated[
        str,
        typer.Argument(metavar="|".join(NAMES), help="The stage.", callback=_known, autocompletion=lambda: list(NAMES)),
    ],
) -> None:
    """Run one processor until it is told to stop (SIGTERM, SIGINT)."""
    make, settings = _BINDINGS[name]()
    configure_logging(settings, name)
    asyncio.run(_serve(make, settings))


async def _serve(make: Callable[[], Stage], settings: ProcessorSettings) -> None:
    await ProcessorService(make(), settings).run()


Binding = tuple[Callable[[], Stage], ProcessorSettings]
"""How to make a stage (inside the event loop), and its settings."""


# A processor imports its own stage alone: a segmenter needs no index client in memory.
# ruff: noqa: PLC0415


def _intake() -> Binding:
    from broadsheet.intake.app import stage
    from broadsheet.intake.settings import IntakeSettings

    settings = load(IntakeSettings)
    return (lambda: stage(settings)), settings


def _segmenter() -> Binding:
    from broadsheet.segmenter.app import stage
    from broadsheet.segmenter.settings import SegmenterSettings

    settings = load(SegmenterSettings)
    return (lambda: stage(settings)), settings


def _tagger() -> Binding:
    from broadsheet.tagger.app import stage
    from broadsheet.tagger.settings import TaggerSettings

    settings = load(TaggerSettings)
    return (lambda: stage(settings)), settings


def _indexer() -> Binding:
    from broadsheet.indexer.app import stage
    from broadsheet.indexer.settings import IndexerSettings

    settings = load(IndexerSettings)
    return (lambda: stage(settings)), settings


_BINDINGS: dict[str, Callable[[], Binding]] = {
    "intake": _intake,
    "segmenter": _segmenter,
    "tagger": _tagger,
    "indexer": _indexer,
}
