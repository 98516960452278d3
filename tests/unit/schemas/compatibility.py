"""What a change of a JSON Schema breaks: the rules of docs/decisions/0005, as a comparison of two schemas.

Two promises are checked. Today's readers read what was written by the old schema; readers of the old schema read what is
written by the new one. An event that only we read (`read_by_others=False`) owes the first alone: it may ask for less.
"""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]

ANNOTATIONS = {"title", "description", "examples", "default", "$schema", "$id", "$defs"}
COMPARED_APART = {"properties", "required", "items", "anyOf", "enum"}


def inlined(schema: Schema) -> Schema:
    """Give the schema with every `$ref` replaced by what it names, and without annotations."""
    return _inlined(schema, schema.get("$defs", {}))  # type: ignore[no-any-return] # a schema stays a schema


def _inlined(node: Any, parts: Schema) -> Any:
    if isinstance(node, list):
        return [_inlined(item, parts) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _inlined(parts[node["$ref"].rpartition("/")[2]], parts)
    return {
        key: {name: _inlined(field, parts) for name, field in value.items()}
        if key == "properties"
        else _inlined(value, parts)
        for key, value in node.items()
        if key not in ANNOTATIONS
    }


def fields(schema: Schema, path: str = "") -> Iterator[tuple[str, Schema]]:
    """Give every field of an inlined schema by its path (`body[].text`), at every level."""
    for choice in schema.get("anyOf", []):
        yield from fields(choice, path)
    if "items" in schema:
        yield from fields(schema["items"], f"{path}[]")
    for name, field in schema.get("properties", {}).items():
        below = f"{path}.{name}" if path else name
        yield below, field
        yield from fields(field, below)


def breaks(old: Schema, new: Schema, *, read_by_others: bool, path: str = "event") -> Iterator[str]:
    """Name everything in the inlined schema `new` that breaks a reader or writer of `old`; nothing when all is well."""
    yield from _field_breaks(old, new, read_by_others=read_by_others, path=path)
    yield from _enum_breaks(old, new, read_by_others=read_by_others, path=path)
    for key in sorted((set(old) | set(new)) - COMPARED_APART):
        if old.get(key) != new.get(key):
            yield f"{path}: {key} was {old.get(key)}, is {new.get(key)}"
    for before, after, below in _children(old, new, path):
        if before is None or after is None:
            yield f"{below}: another type"
        else:
            yield from breaks(before, after, read_by_others=read_by_others, path=below)


def _field_breaks(old: Schema, new: Schema, *, read_by_others: bool, path: str) -> Iterator[str]:
    for name in sorted(set(old.get("properties", {})) - set(new.get("properties", {}))):
        yield f"{path}.{name}: removed"
    needed, needs = set(old.get("required", [])), set(new.get("required", []))
    for name in sorted(needs - needed):
        yield f"{path}.{name}: now required"
    for name in sorted(needed - needs if read_by_others else ()):
        yield f"{path}.{name}: no longer required"


def _enum_breaks(old: Schema, new: Schema, *, read_by_others: bool, path: str) -> Iterator[str]:
    had, has = set(old.get("enum", [])), set(new.get("enum", []))
    for value in sorted(had - has):
        yield f"{path}: no longer {value!r}"
    for value in sorted(has - had if read_by_others or not had else ()):
        yield f"{path}: can now be {value!r}"


def _children(old: Schema, new: Schema, path: str) -> Iterator[tuple[Schema | None, Schema | None, str]]:
    for name in sorted(set(old.get("properties", {})) & set(new.get("properties", {}))):
        yield old["properties"][name], new["properties"][name], f"{path}.{name}"
    if "items" in old or "items" in new:
        yield old.get("items"), new.get("items"), f"{path}[]"
    choices = old.get("anyOf", []), new.get("anyOf", [])
    if len(choices[0]) != len(choices[1]):
        yield None, None, path
        return
    for before, after in zip(*choices, strict=True):
        yield before, after, path
