"""Structured logs: JSON lines, or columns on a terminal; the libraries' own lines go the same way.

Lines carry document ids, stage, topic, partition and offset, never text of a page.
"""

import logging
import sys

import structlog

from broadsheet.runtime.quoting import escaped
from broadsheet.runtime.settings import ProcessorSettings

CHATTY = ("faust", "mode", "aiokafka", "aiohttp.access", "opensearch")
"""Libraries whose information is of no use to an operator; their warnings are."""


def configure_logging(settings: ProcessorSettings, stage: str) -> None:
    """Send all logging to stderr in the form that the settings ask for, with `stage` on every line."""
    as_json = settings.log_format == "json" or (settings.log_format == "auto" and not sys.stderr.isatty())
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(stage=stage, instance=settings.instance)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_rendering(as_json=as_json)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def _rendering(*, as_json: bool) -> list[structlog.types.Processor]:
    """Give the last steps. Tracebacks come without local variables, which may hold pages and passwords."""
    if as_json:
        tracebacks = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        return [structlog.processors.ExceptionRenderer(tracebacks), structlog.processors.JSONRenderer()]
    console = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    return [structlog.processors.format_exc_info, _harmless, console]


def _harmless(_logger: object, _method: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    """Keep ids, URLs and exceptions, which others choose, from controlling the terminal or beginning a line of their own.

    JSON needs no such care: its strings are escaped.
    """
    return {
        name: escaped(value, keep="\n\t" if name == "exception" else "") if isinstance(value, str) else value
        for name, value in event.items()
    }
