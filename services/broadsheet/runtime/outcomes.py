"""What came of a page: a product, or why there will never be one."""

from dataclasses import dataclass

from broadsheet.runtime.stage import Product
from broadsheet_schemas.errors import ErrorCode


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a page can never be processed.

    Attributes:
        code: stable code.
        message: what was wrong; goes into the dead letter.
        error_class: name of the exception class.
        place: source location of the error, safe to log; empty when there is none.
        attempts: how often the page was tried in this delivery.
    """

    code: ErrorCode
    message: str
    error_class: str
    place: str = ""
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one record.

    Attributes:
        result: the product, or why there will never be one.
        seconds: time the stage's function took, 0 where it did not return.
        started_ns: when it was called, nanoseconds since the epoch, 0 where it did not return.
    """

    result: Product | Failure
    seconds: float = 0.0
    started_ns: int = 0
