"""The segmenter, bound to its topics."""

from broadsheet.runtime.stage import Stage
from broadsheet.segmenter.segment import warm_up
from broadsheet.segmenter.settings import SegmenterSettings
from broadsheet.segmenter.transform import segment_record
from broadsheet_schemas.topics import ACCEPTED, SEGMENTED


def stage(_settings: SegmenterSettings) -> Stage:
    """Give the stage: accepted pages in, segmented pages out."""
    return Stage(
        name="segmenter",
        reads=ACCEPTED,
        writes=SEGMENTED,
        transform=segment_record,
        warm_up=warm_up,
    )
