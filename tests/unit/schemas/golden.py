"""The golden files: events as they were once written, and the schemas of the last release."""

import json
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parents[2] / "golden"
REPOSITORY = GOLDEN.parents[1]


def samples(folder: str) -> dict[str, Any]:
    """Give the samples of an event (`raw-document.v1`) by their names."""
    return {path.stem: load(path) for path in sorted((GOLDEN / folder).glob("*.json"))}


def released_schema(name: str) -> dict[str, Any]:
    """Give the JSON Schema of an event (`raw-document.v1`) as the last release had it."""
    schema: dict[str, Any] = load(GOLDEN / "schemas" / f"{name}.json")
    return schema


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
