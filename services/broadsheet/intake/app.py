"""Intake, bound to its topics."""

from functools import partial

from broadsheet.intake.acceptance import accept_record, warm_up
from broadsheet.intake.settings import IntakeSettings
from broadsheet.runtime.stage import Stage
from broadsheet_schemas.topics import ACCEPTED, RAW


def stage(settings: IntakeSettings) -> Stage:
    """Make the intake stage: `documents.raw` in, `documents.accepted` out."""
    return Stage(
        name="intake",
        reads=RAW,
        writes=ACCEPTED,
        transform=partial(accept_record, max_page_bytes=settings.max_page_bytes),
        warm_up=warm_up,
    )
