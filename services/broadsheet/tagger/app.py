"""The tagger, bound to its topics."""

from broadsheet.runtime.stage import Stage
from broadsheet.tagger.settings import TaggerSettings
from broadsheet.tagger.transform import tag_record
from broadsheet_schemas.topics import ENRICHED, SEGMENTED


def stage(_settings: TaggerSettings) -> Stage:
    """Give the stage: segmented pages in, enriched pages out."""
    return Stage(name="tagger", reads=SEGMENTED, writes=ENRICHED, transform=tag_record)
