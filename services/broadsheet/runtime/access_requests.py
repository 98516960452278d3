"""The requests that ask Kafka what this client may do, as the protocol writes them.

aiokafka 0.14 has none: its newest metadata request has no field for it, and its request for groups names the wrong form of the
answer. The newest versions without tagged fields are used; every broker since Kafka 2.3 speaks them.
"""

from aiokafka.protocol.admin import DescribeGroupsResponse_v3
from aiokafka.protocol.api import Request, RequestStruct, Response
from aiokafka.protocol.types import Array, Boolean, Int16, Int32, Schema, String


class TopicsResponse(Response):  # type: ignore[misc]  # aiokafka has no types
    """Metadata, version 8: of each topic, what this client may do with it."""

    API_KEY = 3
    API_VERSION = 8
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        ("brokers", Array(("id", Int32), ("host", String("utf-8")), ("port", Int32), ("rack", String("utf-8")))),
        ("cluster_id", String("utf-8")),
        ("controller_id", Int32),
        (
            "topics",
            Array(
                ("error_code", Int16),
                ("topic", String("utf-8")),
                ("is_internal", Boolean),
                (
                    "partitions",
                    Array(
                        ("error_code", Int16),
                        ("partition", Int32),
                        ("leader", Int32),
                        ("leader_epoch", Int32),
                        ("replicas", Array(Int32)),
                        ("isr", Array(Int32)),
                        ("offline_replicas", Array(Int32)),
                    ),
                ),
                ("operations", Int32),
            ),
        ),
        ("cluster_operations", Int32),
    )


class TopicsRequest(RequestStruct):  # type: ignore[misc]  # aiokafka has no types
    """Metadata, version 8."""

    API_KEY = 3
    API_VERSION = 8
    RESPONSE_TYPE = TopicsResponse
    SCHEMA = Schema(
        ("topics", Array(String("utf-8"))),
        ("allow_auto_topic_creation", Boolean),
        ("include_cluster_operations", Boolean),
        ("include_topic_operations", Boolean),
    )


class AskTopics(Request[TopicsRequest]):  # type: ignore[misc]  # aiokafka has no types
    """Asks for topics by name; none of them is made by being asked for."""

    API_KEY = 3

    def __init__(self, names: list[str]) -> None:
        self._names = names

    def build(self, request_struct_class: type[TopicsRequest]) -> TopicsRequest:
        """Fill in the request."""
        return request_struct_class(self._names, False, False, True)


class GroupsRequest(RequestStruct):  # type: ignore[misc]  # aiokafka has no types
    """DescribeGroups, version 3."""

    API_KEY = 15
    API_VERSION = 3
    RESPONSE_TYPE = DescribeGroupsResponse_v3
    SCHEMA = Schema(("groups", Array(String("utf-8"))), ("include_operations", Boolean))


class AskGroups(Request[GroupsRequest]):  # type: ignore[misc]  # aiokafka has no types
    """Asks for groups by name, and what this client may do with them."""

    API_KEY = 15

    def __init__(self, names: list[str]) -> None:
        self._names = names

    def build(self, request_struct_class: type[GroupsRequest]) -> GroupsRequest:
        """Fill in the request."""
        return request_struct_class(self._names, True)
