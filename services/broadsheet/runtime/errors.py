"""The errors of Broadsheet: a small tree, each with a stable code from `broadsheet_schemas.errors`."""

from broadsheet_schemas.errors import ERRORS, ErrorCode


class BroadsheetError(Exception):
    """Base of every error that Broadsheet raises on purpose.

    Attributes:
        code: the stable code.
        message: what was wrong, with what value and where.
    """

    def __init__(self, code: ErrorCode, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message

    @property
    def action(self) -> str:
        """What to do about it, from the table of codes."""
        return ERRORS[self.code].action


class DocumentError(BroadsheetError):
    """One page can never be processed; it becomes a dead letter and its neighbours go on."""


class OperatorError(BroadsheetError):
    """A command or a processor cannot go on until a person acts; it ends with one clear line."""


class UnavailableError(BroadsheetError):
    """The world is away (broker, index): the same work will succeed later, so it is retried and nothing is skipped."""
