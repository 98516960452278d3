"""The tagger, bound to its topics."""

from functools import partial

from broadsheet.runtime.stage import Stage
from broadsheet.tagger.english.model import describe_model
from broadsheet.tagger.settings import TaggerSettings
from broadsheet.tagger.tag import warm_up
from broadsheet.tagger.transform import tag_record
from broadsheet_schemas.topics import ENRICHED, SEGMENTED


def stage(settings: TaggerSettings) -> Stage:
    """Give the stage: segmented pages in, enriched pages out."""
    return Stage(
        name="tagger",
        reads=SEGMENTED,
        writes=ENRICHED,
        transform=partial(tag_record, engines=settings.tagger_engines),
        warm_up=partial(warm_up, settings.tagger_engines),
        model=describe_model(),
    )
