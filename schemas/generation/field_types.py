"""The type of a field in words, from its JSON Schema."""

from typing import Any

Schema = dict[str, Any]


def type_text(schema: Schema) -> str:
    """Give the type of a field in Markdown: `string`, `list of [Block](#block)`, `integer, 0 or more; or null`.

    Raises:
        ValueError: the schema is of a form that the contracts do not have so far.
    """
    if "anyOf" in schema:
        return " or ".join(type_text(choice) for choice in schema["anyOf"])
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in schema:
        return "one of " + ", ".join(f"`{value}`" for value in schema["enum"])
    return _plain(schema)


def _plain(schema: Schema) -> str:
    match schema:
        case {"type": "array", "items": items}:
            return f"list of {type_text(items)}{_range(schema, 'minItems', 'maxItems')}"
        case {"type": "object", "additionalProperties": values}:
            return f"object of {type_text(values)} values"
        case {"type": "string", "format": str(form)}:
            return form
        case {"type": "string", "pattern": str(pattern)}:
            return f"string like `{pattern}`"
        case {"type": "string"}:
            return f"string{_range(schema, 'minLength', 'maxLength', ' characters')}"
        case {"type": "integer" | "number" | "null" as name}:
            return f"{name}{_range(schema, 'minimum', 'maximum')}"
    raise ValueError(f"no words for the type {schema}")


def _range(schema: Schema, lowest: str, highest: str, unit: str = "") -> str:
    """Give ` (1 to 512 characters)`, ` (0 or more)`, ` (64 characters)`, or nothing where there is no bound."""
    low, high = schema.get(lowest), schema.get(highest)
    if low is None and high is None:
        return ""
    if high is None:
        return f" ({low:g} or more{unit})"
    if low is None:
        return f" ({high:g} or fewer{unit})"
    return f" ({low:g}{unit})" if low == high else f" ({low:g} to {high:g}{unit})"
