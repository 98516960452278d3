"""What each processor and command needs to be allowed on Kafka: the one place for it.

A processor checks it at its start, tests grant exactly it, and `docs/kafka-access.md` is made from it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from broadsheet.runtime.groups import consumer_group
from broadsheet_schemas.processors import PROCESSORS, Processor
from broadsheet_schemas.topics import DEAD_LETTER, ENRICHED, RAW, TOPICS, Topic

ResourceKind = Literal["topic", "group", "transactional-id"]
"""What a permission is on, as the options of `kafka-acls` name it."""

REPLAY_ID = "broadsheet-replay"
"""Transactional id, without prefix, of the one that replays dead letters."""


class Operation(StrEnum):
    """What may be done, as `kafka-acls` names it. Read and Write let a client Describe too."""

    READ = "Read"
    WRITE = "Write"
    CREATE = "Create"
    DESCRIBE = "Describe"
    DESCRIBE_CONFIGS = "DescribeConfigs"


@dataclass(frozen=True, slots=True)
class Permission:
    """One operation on one resource.

    Attributes:
        operation: what may be done.
        kind: what it may be done to.
        name: of the topic, group or id, with the installation's prefix.
    """

    operation: Operation
    kind: ResourceKind
    name: str

    def __str__(self) -> str:
        return f"{self.operation} on {self.kind} {self.name}"


Needs = Callable[[str], tuple[Permission, ...]]
"""Gives what is needed in the installation with a topic prefix."""


def on_topics(operation: Operation, topics: Iterable[Topic], prefix: str) -> tuple[Permission, ...]:
    """Give the permissions for an operation on several topics."""
    return tuple(Permission(operation, "topic", topic.prefixed(prefix)) for topic in topics)


def stage_needs(name: str, reads: Topic, writes: Topic, prefix: str) -> tuple[Permission, ...]:
    """Give what a processor of a stage needs: to read its topic in its group, to write its own topic and the dead letters.

    Being idempotent needs nothing more from Kafka 2.8 on, nor does asking for metadata.
    """
    return (
        *on_topics(Operation.READ, [reads], prefix),
        Permission(Operation.READ, "group", consumer_group(name, prefix)),
        *on_topics(Operation.WRITE, [writes, DEAD_LETTER], prefix),
    )


def processor_needs(processor: Processor, prefix: str) -> tuple[Permission, ...]:
    """Give what one of the four processors needs."""
    return stage_needs(processor.name, processor.reads, processor.writes, prefix)


READ_BY_STAGES = tuple(processor.reads for processor in PROCESSORS)


def _status(prefix: str) -> tuple[Permission, ...]:
    groups = [consumer_group(processor.name, prefix) for processor in PROCESSORS]
    return (
        *on_topics(Operation.READ, [*READ_BY_STAGES, DEAD_LETTER], prefix),
        *(Permission(Operation.DESCRIBE, "group", group) for group in groups),
    )


def _replay(prefix: str) -> tuple[Permission, ...]:
    return (
        *on_topics(Operation.READ, [DEAD_LETTER], prefix),
        *on_topics(Operation.WRITE, [DEAD_LETTER, *READ_BY_STAGES], prefix),
        Permission(Operation.WRITE, "transactional-id", f"{prefix}{REPLAY_ID}"),
    )


COMMAND_NEEDS: Mapping[str, Needs] = {
    "topics create": lambda prefix: (
        *on_topics(Operation.CREATE, TOPICS, prefix),
        *on_topics(Operation.DESCRIBE, TOPICS, prefix),
    ),
    "topics check": lambda prefix: (
        *on_topics(Operation.DESCRIBE, TOPICS, prefix),
        *on_topics(Operation.DESCRIBE_CONFIGS, TOPICS, prefix),
    ),
    "publish": lambda prefix: on_topics(Operation.WRITE, [RAW], prefix),
    "status": _status,
    "dead-letters list, show, export": lambda prefix: on_topics(Operation.READ, [DEAD_LETTER], prefix),
    "dead-letters replay": _replay,
    "index rebuild": lambda prefix: on_topics(Operation.READ, [ENRICHED], prefix),
}
"""What each command needs; `consume` needs Read on the topic that it is given, and no group."""
