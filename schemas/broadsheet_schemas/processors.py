"""The four processors of the road, each with the topics that it reads and writes: the one place for who does what."""

from dataclasses import dataclass

from broadsheet_schemas.topics import ACCEPTED, DEAD_LETTER, ENRICHED, INDEXED, RAW, SEGMENTED, Topic


@dataclass(frozen=True, slots=True)
class Processor:
    """One stream processor. Besides `writes`, each writes what it cannot process to `dead_letters`.

    Attributes:
        name: the stage it runs; `broadsheet run NAME` starts it.
        reads: the topic it consumes.
        writes: the topic of its events.
        summary: what it does, in a sentence.
        dead_letters: where records go that it can never process.
    """

    name: str
    reads: Topic
    writes: Topic
    summary: str
    dead_letters: Topic = DEAD_LETTER


PROCESSORS: tuple[Processor, ...] = (
    Processor("intake", RAW, ACCEPTED, "Checks and decodes a page, gives it its identity and its language."),
    Processor("segmenter", ACCEPTED, SEGMENTED, "Tells title, body, teasers and the rest of a page apart."),
    Processor("tagger", SEGMENTED, ENRICHED, "Finds the entities of body and teasers, apart."),
    Processor("indexer", ENRICHED, INDEXED, "Writes the document to OpenSearch and a receipt of what the index holds."),
)
"""All processors, in the order of the road."""
