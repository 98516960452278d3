"""A real processor around the toy stage, as a process: settings come from the environment like any processor's.

`TOY_TRANSFORM` names the function of `toy_stage` that it runs, `TOY_STAGE` the stage whose topics it is bound to.
"""

import asyncio
import os
import sys

import toy_stage
from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.logs import configure_logging
from broadsheet.runtime.service import ProcessorService
from broadsheet.runtime.settings import ProcessorSettings, load
from broadsheet.runtime.stage import Stage
from broadsheet_schemas.processors import PROCESSORS

PLACES = {processor.name: processor for processor in PROCESSORS}


async def serve() -> None:
    """Run until told to stop."""
    settings = load(ProcessorSettings)
    bound = PLACES[os.environ.get("TOY_STAGE", "segmenter")]
    configure_logging(settings, bound.name)
    transform = getattr(toy_stage, os.environ.get("TOY_TRANSFORM", "transform"))
    await ProcessorService(Stage(bound.name, bound.reads, bound.writes, transform), settings).run()


if __name__ == "__main__":
    try:
        asyncio.run(serve())
    except OperatorError as error:
        sys.exit(f"error[{error.code}]: {error}")
