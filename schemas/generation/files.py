"""Every generated file, by its path in the repository: what it should hold, and whether it does."""

import json
from pathlib import Path

from broadsheet_schemas.json_schemas import EVENT_TOPICS, json_schema, versioned_name
from generation.asyncapi import asyncapi
from generation.errors_page import errors_page
from generation.events_page import events_page

JSON_FOLDER = "schemas/json"


def generated_files() -> dict[str, str]:
    """Give the text of every generated file by its path from the repository root."""
    schemas = {
        f"{JSON_FOLDER}/{versioned_name(topic)}.json": json.dumps(json_schema(topic), indent=2, ensure_ascii=False)
        + "\n"
        for topic in EVENT_TOPICS.values()
    }
    return {
        **schemas,
        "schemas/asyncapi.yaml": asyncapi(),
        "docs/events.md": events_page(),
        "docs/errors.md": errors_page(),
    }


def write(root: Path) -> list[str]:
    """Write the files that differ from what they should hold, remove schemas of no event, and name both."""
    files = generated_files()
    changed = stale(root)
    for name in changed:
        if name not in files:
            (root / name).unlink()
            continue
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(files[name], encoding="utf-8")
    return changed


def stale(root: Path) -> list[str]:
    """Name the files under `root` that are missing, differ from what they should hold, or belong to no event."""
    files = generated_files()
    differing = [name for name, text in files.items() if not _holds(root / name, text)]
    return differing + [name for name in _schemas_present(root) if name not in files]


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _schemas_present(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in (root / JSON_FOLDER).glob("*"))
