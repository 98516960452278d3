"""The closed sets of values that labels of metrics come from: nothing a page says can make a new series.

What is none of the set's values is counted as `other`, so a hostile or newer producer adds one series and no more.
"""

from collections.abc import Collection
from typing import get_args

from broadsheet.runtime.progress import State
from broadsheet_schemas.accepted import ContentType
from broadsheet_schemas.enriched import Tagger
from broadsheet_schemas.errors import ERRORS, ErrorCode
from broadsheet_schemas.receipt import IndexAction
from broadsheet_schemas.segmented import NoArticleReason

OTHER = "other"
"""Counts everything that is none of a set's values."""

OUTCOMES = ("emitted", "dead_letter")
DIRECTIONS = ("in", "out")
RESTART_REASONS = ("died", "time_limit", "grown")
RETRY_CAUSES: tuple[str, ...] = (ErrorCode.BROKER_UNAVAILABLE, ErrorCode.INDEX_UNAVAILABLE)
DEAD_LETTER_CODES: tuple[str, ...] = tuple(code for code, description in ERRORS.items() if description.document)
STATES: tuple[str, ...] = tuple(State)
INDEX_REQUESTS = ("read", "documents", "teasers")
"""What the indexer asks of OpenSearch: which versions it holds, documents to write, sightings to merge into teasers."""

INDEX_WRITES = ("documents", "teasers")
"""Those of them that write, in bulk."""

WRITE_ENDINGS = ("done", "refused", "busy", "missing")
"""How one write of a bulk request ends, see `indexer.bulk.Ending`; a test holds the two together."""

CONTENT_TYPES: tuple[str, ...] = get_args(ContentType)
NO_ARTICLE_REASONS: tuple[str, ...] = get_args(NoArticleReason)
COVERAGES: tuple[str, ...] = get_args(Tagger.model_fields["coverage"].annotation)
INDEX_ACTIONS: tuple[str, ...] = get_args(IndexAction)

_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et"
    " eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk"
    " kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny"
    " oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl"
    " tn to tr ts tt ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
LANGUAGES: tuple[str, ...] = (*_CODES.split(), "und")
"""The codes that intake gives: those of ISO 639-1 that are in use, and `und`. A test compares them with the libraries'."""


def bounded(value: str, values: Collection[str]) -> str:
    """Give `value` if it is one of `values`, else `other`."""
    return value if value in values else OTHER
