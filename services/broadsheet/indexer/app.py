"""The indexer, bound to its topics."""

from broadsheet.indexer.settings import IndexerSettings
from broadsheet.indexer.transform import index_record
from broadsheet.indexer.writer import IndexEffect
from broadsheet.runtime.stage import Stage
from broadsheet_schemas.topics import ENRICHED, INDEXED


def stage(settings: IndexerSettings) -> Stage:
    """Give the stage: enriched documents in, index receipts out."""
    return Stage(
        name="indexer",
        reads=ENRICHED,
        writes=INDEXED,
        transform=index_record,
        effect=IndexEffect(settings),
    )
