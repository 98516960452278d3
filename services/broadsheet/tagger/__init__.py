"""Tagger: `SegmentedDocument` in, `EnrichedDocument` out: entities of each part."""
