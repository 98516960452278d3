"""What the brokers themselves must let through, beside the limits of the topics."""

from collections.abc import Mapping, Sequence

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from broadsheet_schemas.topics import MAX_DEAD_LETTER_BYTES

BROKER_FLOORS: Mapping[str, str] = {"socket.request.max.bytes": str(2 * MAX_DEAD_LETTER_BYTES)}
"""Settings of a broker that must be at least as large.

A request of a producer carries the outputs of one batch for all partitions of a broker: the largest record, or what a batch of
16 MiB grew to. A broker closes the connection on a larger one, which no client can tell from a broker that is away. Kafka's
own 100 MiB suffice. `message.max.bytes` counts for topics without a limit of their own, which ours have, and
`replica.fetch.max.bytes` is no bound: a replica takes the first batch whatever its size.
"""


async def broker_settings(
    admin: AIOKafkaAdminClient, names: Sequence[str] = tuple(BROKER_FLOORS)
) -> dict[int, dict[str, str]]:
    """Give those settings of each broker; of one that does not show them to this client (DescribeConfigs on the cluster), nothing.

    Raises:
        KafkaError: the brokers cannot be reached.
    """
    brokers = [broker["node_id"] for broker in (await admin.describe_cluster())["brokers"]]
    wanted = dict.fromkeys(names, "")
    asked = [ConfigResource(ConfigResourceType.BROKER, str(broker), configs=wanted) for broker in brokers]
    answers = await admin.describe_configs(asked)
    return {
        int(resource[3]): {entry[0]: entry[1] for entry in resource[4]}
        for answer in answers
        for resource in answer.resources
        if resource[0] == 0
    }
