"""`docs/kafka-access.md`, made from what the processors check at their start."""

from collections.abc import Iterable

from broadsheet.runtime.permissions import COMMAND_NEEDS, Permission, processor_needs
from broadsheet_schemas.processors import PROCESSORS

INTRODUCTION = """\
<!-- Written by docs/generate_pages.py from runtime/permissions.py; not to be edited by hand. -->

# Access to Kafka

What each processor and command must be allowed on the brokers, and no more: each processor runs in the tests with exactly
this. With a topic prefix (`BROADSHEET_TOPIC_PREFIX`), put it before every name here. How clients get in at all:
[secure.md](secure.md).

A processor asks the brokers at its start whether it has all of it, and every ten seconds while it runs. What is missing is
named at once, and the processor ends with `access_denied`; nothing is lost, and it goes on once it is granted and started.

Kafka lets whoever may Read or Write a topic Describe it, and whoever may Write any topic be idempotent; brokers before 2.8
need `--operation IdempotentWrite --cluster` for each processor and for `publish` too. Asking for metadata, with which every client
begins, needs nothing.

## Processors

Each by a user of its own, so that a segmenter's credentials cannot write what the tagger writes.

| processor | needs |
| --- | --- |
"""

COMMANDS = """
## Commands

| command | needs |
| --- | --- |
| `consume` | Read on the topic that is read |
"""

GRANTING = """
## Granting it

With the tool that comes with Kafka, for users named as the processors; a user who comes by certificate is called by its
name as `ssl.principal.mapping.rules` gives it. `--bootstrap-server` and `--command-config` are your own.

```
"""

END = """\
```

`dead-letters replay` writes in transactions, whose id is the `--transactional-id` above. `topics create` may be allowed
`--operation Create --cluster` instead; it is for the person who installs, not for a processor.
"""


def render() -> str:
    """Give the whole page."""
    processors = {processor.name: processor_needs(processor, "") for processor in PROCESSORS}
    commands = {name: needs("") for name, needs in COMMAND_NEEDS.items()}
    operators = {"operator": [need for name in ("status", "dead-letters replay") for need in commands[name]]}
    users = processors | {"publisher": commands["publish"]} | operators
    return (
        INTRODUCTION
        + "".join(_row(name, needs) for name, needs in processors.items())
        + COMMANDS
        + "".join(_row(name, needs) for name, needs in commands.items())
        + GRANTING
        + "\n".join("\n".join(grants(user, needs)) + "\n" for user, needs in users.items())
        + END
    )


def grants(user: str, needs: Iterable[Permission]) -> list[str]:
    """Give the commands that allow a user all of it: one for each operation on each kind of resource."""
    return [
        f"kafka-acls --add --allow-principal User:{user} --operation {operation} "
        + " ".join(f"--{kind} {name}" for name in names)
        for (operation, kind), names in _grouped(needs).items()
    ]


def _row(name: str, needs: Iterable[Permission]) -> str:
    phrases = [
        f"{operation} on {kind} {', '.join(f'`{resource}`' for resource in names)}"
        for (operation, kind), names in _grouped(needs).items()
    ]
    return f"| `{name}` | {'; '.join(phrases)} |\n"


def _grouped(needs: Iterable[Permission]) -> dict[tuple[str, str], list[str]]:
    """Give the names of resources, each once, by operation and kind."""
    names: dict[tuple[str, str], list[str]] = {}
    for need in dict.fromkeys(needs):
        names.setdefault((need.operation, need.kind), []).append(need.name)
    return names
