"""Segmenter: `AcceptedDocument` in, `SegmentedDocument` out: title, body, teasers, rest."""
