"""Indexer: `EnrichedDocument` in, OpenSearch and `IndexReceipt` out; search."""
