"""The topics of an installation on a cluster: making them as designed, and telling where they differ."""

import operator
from collections.abc import Mapping
from typing import Literal, NamedTuple

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import TopicAlreadyExistsError, for_code
from tenacity import AsyncRetrying, RetryError, retry_if_result, stop_after_delay, wait_fixed

from broadsheet.runtime.access import denied
from broadsheet.runtime.admission import admit
from broadsheet.runtime.broker_limits import BROKER_FLOORS, broker_settings
from broadsheet.runtime.clients import opened
from broadsheet.runtime.errors import OperatorError, UnavailableError
from broadsheet.runtime.kafka import new_admin
from broadsheet.runtime.permissions import COMMAND_NEEDS, Operation, Permission
from broadsheet.runtime.refusals import DENIALS
from broadsheet.runtime.settings import KafkaSettings
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.topics import TOPICS, Topic

MOST_REPLICAS = 3
"""Replicas of a partition where the cluster has brokers enough and nobody says otherwise: one may be down for maintenance
and another fail."""

FLOORS = frozenset({"partitions", "max.message.bytes", *BROKER_FLOORS})
"""Settings of which a topic (or broker) may have more than designed: that is how an installation grows, and takes larger pages."""

READY_TIMEOUT_SECONDS = 30.0
"""How long `create_topics` waits until each new partition has a leader; a broker on one machine needs under 0.1 s."""

CLIENT_ID = "broadsheet-topics"

Made = Literal["created", "exists"]


class Difference(NamedTuple):
    """Where a topic is not as designed.

    Attributes:
        topic: its name with the installation's prefix; `broker N` where it is a broker's setting.
        setting: `topic`, `partitions`, or the name of a Kafka setting.
        wanted: the value designed.
        found: the value on the cluster; `missing` where there is none.
    """

    topic: str
    setting: str
    wanted: str
    found: str


async def create_topics(
    settings: KafkaSettings, *, partitions: int | None = None, replication: int | None = None
) -> list[tuple[str, Made]]:
    """Make the topics that do not exist, and wait until they can be used; those that exist are left as they are.

    Args:
        settings: which cluster, and which installation's topics.
        partitions: how many partitions each new topic gets; as designed when None.
        replication: replicas of each partition; `MOST_REPLICAS`, or as many as there are brokers, when None.

    Returns:
        Each topic's name with prefix, in the order of the road, and whether it was made now.

    Raises:
        OperatorError: the cluster refuses a topic (`usage`), for example for want of brokers to replicate to, or does not
            let this client make it (`access_denied`).
        UnavailableError: the cluster does not get a topic ready (`broker_unavailable`).
        KafkaError: the broker cannot be reached or refuses the client.
    """
    await admit(settings, CLIENT_ID, ())
    async with opened(new_admin(settings, CLIENT_ID)) as admin:
        replicas = replication or min(MOST_REPLICAS, len((await admin.describe_cluster())["brokers"]))
        new = [_new(topic, settings.topic_prefix, partitions or topic.partitions, replicas) for topic in TOPICS]
        answer = await admin.create_topics(new)
        made = {topic: _made(topic, code, message) for topic, code, message in answer.topic_errors}
        await _until_ready(admin, set(made))
    return [(topic.name, made[topic.name]) for topic in new]


async def check_topics(settings: KafkaSettings, *, partitions: int | None = None) -> list[Difference]:
    """Compare the cluster's topics, and its brokers' limits, with the design; gives where they differ.

    More partitions or larger records than designed are no difference (`FLOORS`); fewer are. Every other setting must be
    equal. Replication is the cluster's affair and is not compared.

    Args:
        settings: which cluster, and which installation's topics.
        partitions: how many partitions each topic must have at least; as designed when None.

    Raises:
        KafkaError: the broker cannot be reached or refuses the client.
    """
    needs = COMMAND_NEEDS["topics check"](settings.topic_prefix)
    await admit(settings, CLIENT_ID, needs, topics_may_be_missing=True)
    async with opened(new_admin(settings, CLIENT_ID)) as admin:
        found = await partition_numbers(admin)
        present = [topic for topic in TOPICS if topic.prefixed(settings.topic_prefix) in found]
        configs = await _configs(admin, [topic.prefixed(settings.topic_prefix) for topic in present])
        brokers = await broker_settings(admin)
    differences: list[Difference] = []
    for topic in TOPICS:
        name = topic.prefixed(settings.topic_prefix)
        if topic not in present:
            differences.append(Difference(name, "topic", "present", "missing"))
            continue
        actual = {"partitions": str(len(found[name]))} | configs[name]
        differences += compare(name, _wanted(topic, partitions), actual)
    return differences + compare_brokers(brokers)


def compare_brokers(found: Mapping[int, Mapping[str, str]]) -> list[Difference]:
    """Tell which settings of which broker are too small for the topics' records."""
    return [
        difference
        for broker, settings in sorted(found.items())
        for difference in compare(f"broker {broker}", BROKER_FLOORS, settings)
    ]


def compare(topic: str, wanted: Mapping[str, str], found: Mapping[str, str]) -> list[Difference]:
    """Tell which of a topic's settings are not as wanted; settings in `FLOORS` may be larger."""
    return [
        Difference(topic, setting, value, found.get(setting, "missing"))
        for setting, value in wanted.items()
        if not _satisfies(setting, value, found.get(setting))
    ]


async def partition_numbers(admin: AIOKafkaAdminClient) -> dict[str, list[int]]:
    """Give the partitions of every topic on the cluster; asking for all of them never makes a topic that is missing."""
    return {
        topic["topic"]: sorted(partition["partition"] for partition in topic["partitions"] if partition["leader"] >= 0)
        for topic in await admin.describe_topics(None)
    }


def _new(topic: Topic, prefix: str, partitions: int, replicas: int) -> NewTopic:
    return NewTopic(topic.prefixed(prefix), partitions, replicas, topic_configs=topic.settings())


def _wanted(topic: Topic, partitions: int | None) -> dict[str, str]:
    return {"partitions": str(partitions or topic.partitions)} | topic.settings()


def _satisfies(setting: str, wanted: str, found: str | None) -> bool:
    if setting in FLOORS and found is not None:
        return int(found) >= int(wanted)
    return found == wanted


async def _configs(admin: AIOKafkaAdminClient, topics: list[str]) -> dict[str, dict[str, str]]:
    resources = [ConfigResource(ConfigResourceType.TOPIC, topic) for topic in topics]
    answers = await admin.describe_configs(resources)
    return {
        resource[3]: {entry[0]: entry[1] for entry in resource[4]}
        for answer in answers
        for resource in answer.resources
    }


def _made(topic: str, code: int, message: str | None) -> Made:
    """Read the broker's answer for one topic."""
    if code == 0:
        return "created"
    error = for_code(code)
    if error is TopicAlreadyExistsError:
        return "exists"
    if error in DENIALS:
        raise denied([Permission(Operation.CREATE, "topic", topic)], "the cluster")
    kind = UnavailableError if error.retriable else OperatorError
    reason = ErrorCode.BROKER_UNAVAILABLE if error.retriable else ErrorCode.USAGE
    raise kind(reason, f"Kafka does not make the topic {topic}: {message or error.__name__}")


async def _until_ready(admin: AIOKafkaAdminClient, topics: set[str]) -> None:
    waiting = AsyncRetrying(
        retry=retry_if_result(operator.not_), stop=stop_after_delay(READY_TIMEOUT_SECONDS), wait=wait_fixed(0.05)
    )
    try:
        await waiting(_are_ready, admin, topics)
    except RetryError as error:
        raise UnavailableError(
            ErrorCode.BROKER_UNAVAILABLE, f"no leader for {', '.join(sorted(topics))} after {READY_TIMEOUT_SECONDS:g} s"
        ) from error


async def _are_ready(admin: AIOKafkaAdminClient, topics: set[str]) -> bool:
    found = await partition_numbers(admin)
    return all(found.get(topic) for topic in topics)
