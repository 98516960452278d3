"""Snippets: how OpenSearch is asked for them, and what marks the words in them that matched."""

from collections.abc import Sequence
from typing import Any

MARK_START, MARK_END = "\ufdd0", "\ufdd1"
"""Round what matched in a snippet: noncharacters, which Unicode keeps for a program's own use and no page holds.

Control characters would not do: OpenSearch trims them off the ends of a snippet.
"""

HIGHLIGHT_CHARACTERS = 1_000_000
"""How much of a long text is looked at for snippets: OpenSearch's own limit, which fails the search if exceeded."""

SNIPPETS = 2
TEASERS_SHOWN = 3


def highlight(fields: Sequence[str]) -> dict[str, Any]:
    """Ask for the snippets of these fields."""
    return {
        "pre_tags": [MARK_START],
        "post_tags": [MARK_END],
        "number_of_fragments": SNIPPETS,
        "max_analyzer_offset": HIGHLIGHT_CHARACTERS,
        "fields": {field: {} for field in fields},
    }
