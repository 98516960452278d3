"""`docs/errors.md`: every error code, what it means and what to do, from `broadsheet_schemas.errors`."""

from broadsheet_schemas.errors import ERRORS
from generation.markdown import page, table

INTRODUCTION = """# Errors

Every error has a code. It stands in dead letters, logs, metric labels and the messages of the command, and is never
given another meaning."""

OF_PAGES = """## Codes of pages

The record becomes a dead letter, its neighbours go on. The code is in the header `broadsheet-error-code`;
`broadsheet dead-letters list` groups dead letters by it."""

OF_COMMANDS = """## Codes of commands and processors

A command ends with `error[code]: message` and exit status 1; a processor stops, or waits until the world is back."""


def errors_page() -> str:
    """Give the text of `docs/errors.md`."""
    return page(INTRODUCTION, OF_PAGES, _codes(of_pages=True), OF_COMMANDS, _codes(of_pages=False))


def _codes(*, of_pages: bool) -> str:
    rows = [(f"`{code}`", error.meaning, error.action) for code, error in ERRORS.items() if error.document is of_pages]
    return table(("code", "what happened", "what to do"), rows)
