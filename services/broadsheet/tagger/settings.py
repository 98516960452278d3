"""Settings of the tagger."""

from pydantic import Field, field_validator

from broadsheet.runtime.settings import ProcessorSettings
from broadsheet.tagger.engines import parse_engines


class TaggerSettings(ProcessorSettings):
    """What the tagger can be told, beside what every processor can."""

    tagger_engines: str = Field(
        default="",
        description="What finds names in languages other than English: `LANGUAGE=spacy:PACKAGE`, comma-separated, as in "
        "`de=spacy:de_core_news_sm`. The package must be installed beside `broadsheet[spacy]`.",
    )

    @field_validator("tagger_engines")
    @classmethod
    def _known_form(cls, engines: str) -> str:
        parse_engines(engines)
        return engines
