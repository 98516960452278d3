"""Settings of the tagger."""

from broadsheet.runtime.settings import ProcessorSettings


class TaggerSettings(ProcessorSettings):
    """What the tagger can be told; its rules have no knobs, so this is what every processor has."""
