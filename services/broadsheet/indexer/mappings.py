"""The mappings of the indices, read from their files, and the script that merges sightings."""

import hashlib
import json
from importlib.resources import files
from typing import Any, get_args

from broadsheet.indexer.languages import ANALYZERS
from broadsheet.indexer.names import Kind
from broadsheet_schemas.enriched import EntityType

FILES: dict[Kind, str] = {"documents": "mapping.json", "teasers": "teasers_mapping.json"}

EVERY_LANGUAGE = "*"
"""In a mapping's file, the member that stands for one of each language of `languages.ANALYZERS`."""

EVERY_TYPE = "TYPE"
"""The member that stands for one of each type of entity."""


def mapping(kind: Kind = "documents") -> dict[str, Any]:
    """Read the mapping of an index: `settings` and `mappings`, with a field of its own for each language and type.

    `_meta.sha256` is a digest of both, by which a running index is told to be of this release.
    """
    content: dict[str, Any] = json.loads(_text(FILES[kind]), object_hook=_spread)
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    content["mappings"]["_meta"]["sha256"] = digest
    return content


def mapping_version(kind: Kind) -> int:
    """Give the version of a mapping: of two, the one that an index cannot take in place has a higher number."""
    version: int = mapping(kind)["mappings"]["_meta"]["version"]
    return version


def merge_script() -> str:
    """Give the source of the script that adds sightings to a teaser's entry (Painless)."""
    return _text("merge.painless")


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _spread(member: dict[str, Any]) -> dict[str, Any]:
    """Put one member for each language, or type, in the place of the one that stands for all."""
    if EVERY_LANGUAGE in member:
        return {code: {**member[EVERY_LANGUAGE], "analyzer": analyzer} for code, analyzer in ANALYZERS.items()}
    if EVERY_TYPE in member:
        return dict.fromkeys(get_args(EntityType), member[EVERY_TYPE])
    return member
