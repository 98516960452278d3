"""Settings of the segmenter."""

from broadsheet.runtime.settings import ProcessorSettings


class SegmenterSettings(ProcessorSettings):
    """What the segmenter can be told; its rules have no knobs, so this is what every processor has."""
