"""Settings of intake."""

from pydantic import Field

from broadsheet.runtime.settings import ProcessorSettings
from broadsheet_schemas.topics import MAX_PAGE_BYTES


class IntakeSettings(ProcessorSettings):
    """What intake can be told, beside what every processor can."""

    max_page_bytes: int = Field(
        default=MAX_PAGE_BYTES,
        ge=1,
        description="Largest page taken, in bytes; raise the topics' max.message.bytes with it.",
    )
