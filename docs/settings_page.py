"""`docs/settings.md`, made from the settings classes.

Every `settings.py` of the package `broadsheet` is read, so a new stage's settings appear by themselves.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

import broadsheet

INTRODUCTION = """\
<!-- Written by docs/generate_pages.py from the settings classes; not to be edited by hand. -->

# Settings

Everything that a processor or a command can be told is an environment variable. The defaults are the addresses that
`broadsheet up` listens on, so on one machine nothing needs to be set. A value that cannot be used ends the command
before it starts, with a line that names the variable. A stage's table holds what it adds, and what has another default there.
"""

HEAD = """\
| variable | default | values | meaning |
| --- | --- | --- | --- |
"""

ELSEWHERE = f"""
## Elsewhere

Variables that no settings class holds, since they matter before there is one.

{HEAD}| `BROADSHEET_JARS_DIR` | `.jars` in a checkout, else the user's cache folder | path | Where the jars of the local stack lie. |
| `BROADSHEET_JARS_REPOSITORY` | the public one | text | Maven repository to fetch the jars from, for machines that reach only a mirror. |
| `BROADSHEET_DEBUG` | unset | `1` | Show the tracebacks of errors of a command, as `--debug` does. |
"""


def settings_classes() -> Iterator[type[BaseSettings]]:
    """Find the settings classes: those that a `settings` module of the package defines, the runtime's first."""
    names = [
        module.name
        for module in pkgutil.walk_packages(broadsheet.__path__, "broadsheet.")
        if module.name.endswith(".settings")
    ]
    for name in sorted(names, key=lambda name: (name != "broadsheet.runtime.settings", name)):
        for value in vars(importlib.import_module(name)).values():
            if isinstance(value, type) and issubclass(value, BaseSettings) and value.__module__ == name:
                yield value


def variables(settings: type[BaseSettings]) -> dict[str, dict[str, Any]]:
    """Give the variables that a class adds or gives another default, by name, each with its field's JSON Schema."""
    inherited: dict[str, FieldInfo] = {}
    for base in reversed(settings.__mro__[1:]):  # the nearest last, as it decides
        inherited |= getattr(base, "model_fields", {})
    prefix = str(settings.model_config.get("env_prefix", ""))
    properties = settings.model_json_schema()["properties"]
    return {
        f"{prefix}{name}".upper(): properties[name]
        for name, field in settings.model_fields.items()
        if name not in inherited or field.default != inherited[name].default
    }


def render() -> str:
    """Give the whole page."""
    return INTRODUCTION + "".join(_section(settings) for settings in settings_classes()) + ELSEWHERE


def _section(settings: type[BaseSettings]) -> str:
    title = settings.__name__.removesuffix("Settings")
    text = (settings.__doc__ or "").strip().splitlines()[0]
    rows = "".join(_row(name, schema) for name, schema in variables(settings).items())
    return f"\n## {title}\n\n{text}\n" + (f"\n{HEAD}{rows}" if rows else "")


def _row(name: str, schema: dict[str, Any]) -> str:
    meaning = schema.get("description", "").replace("|", "\\|")
    return f"| `{name}` | {_default(schema)} | {_values(schema)} | {meaning} |\n"


def _default(schema: dict[str, Any]) -> str:
    if "default" not in schema:
        return "required"
    value = schema["default"]
    return {None: "unset", "": "empty"}[value] if value in (None, "") else f"`{str(value).strip()}`"


def _values(schema: dict[str, Any]) -> str:
    """Say in words what the field's schema allows."""
    schema = {**next((part for part in schema.get("anyOf", ()) if part.get("type") != "null"), {}), **schema}
    if choices := schema.get("enum"):
        return ", ".join(f"`{choice}`" for choice in choices)
    bounds = {
        "minimum": "at least",
        "exclusiveMinimum": "more than",
        "maximum": "at most",
        "exclusiveMaximum": "less than",
    }
    limits = [f"{words} {schema[key]}" for key, words in bounds.items() if key in schema]
    if pattern := schema.get("pattern"):
        limits.append("`" + pattern.replace("|", "\\|") + "`")
    kind = {"integer": "whole number", "number": "number", "boolean": "true or false"}.get(
        schema.get("type", ""), "text"
    )
    kind = {"path": "path", "password": "secret"}.get(schema.get("format", ""), kind)
    return ", ".join([kind, *limits])
