"""Whether Kafka allows this client what it needs, asked of Kafka itself before anything is tried.

Kafka tells on request which operations a client may do on a topic or group (KIP-430, Kafka 2.3 and newer). So all that is
missing is named at once, at the start, and a topic that a client may not see is told apart from one that does not exist.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aiokafka.client import AIOKafkaClient, CoordinationType
from aiokafka.errors import GroupAuthorizationFailedError, for_code

from broadsheet.runtime.access_requests import AskGroups, AskTopics
from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.permissions import Operation, Permission
from broadsheet_schemas.errors import ErrorCode

BITS = {
    Operation.READ: 3,
    Operation.WRITE: 4,
    Operation.CREATE: 5,
    Operation.DESCRIBE: 8,
    Operation.DESCRIBE_CONFIGS: 10,
}
"""Where each operation stands in an answer, by Kafka's `AclOperation`."""

NOT_TOLD = -(2**31)
"""Kafka's answer where it does not tell; what is needed then counts as allowed."""

NO_SUCH_TOPIC = 3
TOPIC_DENIED = 29
GROUP_DENIED = 30


@dataclass(frozen=True, slots=True)
class Access:
    """What Kafka says of this client's needs.

    Attributes:
        denied: what it does not allow.
        absent: topics that do not exist.
    """

    denied: tuple[Permission, ...]
    absent: tuple[str, ...]


async def look(client: AIOKafkaClient, needs: Sequence[Permission]) -> Access:
    """Ask which of the needs are not allowed. Those on transactional ids and of creating cannot be asked for.

    Raises:
        KafkaError: the broker cannot be reached, or is not ready to answer.
    """
    topics = {need.name for need in needs if need.kind == "topic"}
    groups = {need.name for need in needs if need.kind == "group"}
    allowed: dict[tuple[str, str], int] = {}
    absent = []
    for code, name, bits in await _topics(client, sorted(topics)):
        allowed["topic", name] = 0 if code == TOPIC_DENIED else bits
        if code == NO_SUCH_TOPIC:
            absent.append(name)
    for name in groups:
        allowed["group", name] = await _group(client, name)
    denied = [
        need for need in needs if need.name not in absent and not _allows(need, allowed.get((need.kind, need.name)))
    ]
    return Access(tuple(denied), tuple(absent))


def denied(needs: Iterable[Permission], servers: str) -> OperatorError:
    """Make the error that names what is not allowed."""
    return OperatorError(
        ErrorCode.ACCESS_DENIED, f"Kafka at {servers} does not allow this client: {', '.join(map(str, needs))}"
    )


def _allows(need: Permission, bits: int | None) -> bool:
    if bits is None or bits == NOT_TOLD or need.operation is Operation.CREATE:
        return True
    return bool(bits >> BITS[need.operation] & 1)


async def _topics(client: AIOKafkaClient, names: list[str]) -> list[tuple[int, str, int]]:
    """Give error code, name and operations of each topic."""
    if not names:
        return []
    answer = await client.send(client.get_random_node(), AskTopics(names))
    return [(topic[0], topic[1], topic[4]) for topic in answer.topics]


async def _group(client: AIOKafkaClient, name: str) -> int:
    """Give the operations of a group; it need not exist."""
    try:
        coordinator = await client.coordinator_lookup(CoordinationType.GROUP, name)
    except GroupAuthorizationFailedError:
        return 0
    answer = await client.send(coordinator, AskGroups([name]))
    code, bits = answer.groups[0][0], answer.groups[0][-1]
    if code == GROUP_DENIED:
        return 0
    if code:
        raise for_code(code)(name)
    return int(bits)
