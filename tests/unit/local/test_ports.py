import os
import random
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from broadsheet.local.ports import HOST, free_port, listening, require_free
from broadsheet.runtime.errors import OperatorError


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server((HOST, 0)) as server:
        yield server.getsockname()[1]


def test_a_free_port_can_be_listened_on() -> None:
    port = free_port()
    assert not listening(port)
    with socket.create_server((HOST, port)):
        assert listening(port)


def test_a_port_is_none_that_an_outgoing_connection_may_take_before_it_is_used() -> None:
    ephemeral = Path("/proc/sys/net/ipv4/ip_local_port_range")
    first = int(ephemeral.read_text().split()[0]) if ephemeral.exists() else 49_152
    assert all(free_port() < first for _ in range(20))


def test_two_who_seed_the_common_generator_alike_choose_different_ports() -> None:
    chosen = set()
    for _ in range(4):
        random.seed(1)
        chosen.add(free_port())
    assert len(chosen) > 1


def test_only_candidates_are_given(taken: int) -> None:
    free = free_port()
    assert free_port([taken, free]) == free


def test_no_free_candidate_is_an_error(taken: int) -> None:
    with pytest.raises(OperatorError, match=f"no port of {taken} to {taken} is free"):
        free_port([taken])


def test_a_taken_port_is_an_error_that_names_it_and_its_holder(taken: int) -> None:
    with pytest.raises(
        OperatorError, match=rf"port {taken}, which Kafka needs, is in use by .*process {os.getpid()}\)"
    ):
        require_free(taken, "Kafka")
