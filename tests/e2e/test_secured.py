"""The whole road behind TLS, users and the authorizer, logging all it can: it works, and no secret is ever shown."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from broadsheet.cli import demo_road
from broadsheet.local.opensearch import OpenSearch
from broadsheet.local.processors import Processors, run_command
from broadsheet.runtime.permissions import COMMAND_NEEDS, Operation, on_topics, processor_needs
from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.topics import create_topics
from broadsheet_schemas.processors import PROCESSORS
from broadsheet_schemas.topics import INDEXED
from secured_kafka import PASSWORDS, SecuredKafka, variables
from secured_opensearch import API_KEY, PASSWORD, USER, Front

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

SECRETS = (*PASSWORDS.values(), API_KEY, PASSWORD, "wrong-sesame")
PAGE = demo_road.SAMPLES / "harbour-bridge.txt"
LOUD = {"log_level": "debug", "debug": "1"}
"""Everything is logged, and commands show tracebacks."""


def shows_no_secret(text: str) -> None:
    """Fail if a text holds a secret, as it is or as Python shows its bytes."""
    shown = [secret for secret in SECRETS if secret in text or repr(secret.encode())[2:-1] in text]
    assert not shown, text


async def broadsheet(*arguments: str, **settings: str) -> tuple[int, str]:
    """Run the command as a process of its own; gives its exit status, and what it prints on either stream."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "broadsheet",
        *arguments,
        env=os.environ | variables(LOUD | settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await asyncio.wait_for(process.communicate(), 120)
    text = output.decode()
    shows_no_secret(text)
    assert process.returncode is not None
    return process.returncode, text


@pytest.fixture
async def front(opensearch: OpenSearch, secured: SecuredKafka) -> AsyncIterator[tuple[Front, str]]:
    """The front of the index, and its address."""
    made = Front(opensearch.url)
    async with made.secured(secured.authority.issue("front")[0]) as url:
        yield made, url


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """The file of each user's password, and of the API key."""
    secrets = PASSWORDS | {"key": API_KEY}
    for name, secret in secrets.items():
        (tmp_path / name).write_text(f"{secret}\n")
    return {name: str(tmp_path / name) for name in secrets}


@pytest.fixture
def given(
    secured: SecuredKafka, topic_prefix: str, front: tuple[Front, str], files: Mapping[str, str]
) -> dict[str, str]:
    """Settings for every processor, without whose credentials they come with."""
    common = {
        "topic_prefix": topic_prefix,
        "opensearch_url": front[1],
        "opensearch_ca_file": str(secured.authority.ca_file),
        "opensearch_api_key_file": files["key"],
        "index_prefix": topic_prefix + "index",
    }
    return common | LOUD


@pytest.fixture
async def road(
    secured: SecuredKafka, given: Mapping[str, str], files: Mapping[str, str], tmp_path: Path
) -> AsyncIterator[Processors]:
    """The four processors, each with exactly what it needs: one by certificate, one by PLAIN, two by SCRAM-SHA-512."""
    prefix = given["topic_prefix"]
    plain = KafkaSettings(bootstrap_servers=secured.kafka.bootstrap_servers, topic_prefix=prefix)
    await create_topics(plain, partitions=1, replication=1)
    ways = {name: secured.by_password(name) | {"sasl_password_file": files[name]} for name in PASSWORDS}
    for way in ways.values():
        del way["sasl_password"]
    ways["intake"]["sasl_mechanism"] = "PLAIN"
    ways["tagger"] = secured.by_certificate("tagger")

    def command(stage: str) -> list[str]:
        return ["env", *(f"{name}={value}" for name, value in variables(ways[stage]).items()), *run_command(stage)]

    processors = Processors(tmp_path, variables(given), command=command)
    for processor in PROCESSORS:
        await secured.grant(processor.name, processor_needs(processor, prefix))
        processors.add(processor.name)
    try:
        await processors.start()
        await processors.wait_until_ready()
        yield processors
    finally:
        await processors.stop()


async def test_a_page_goes_through_a_secured_road_and_no_log_line_shows_a_secret(
    secured: SecuredKafka, road: Processors, given: Mapping[str, str]
) -> None:
    prefix = given["topic_prefix"]
    await secured.grant("visitor", COMMAND_NEEDS["publish"](prefix))
    await secured.grant("visitor", on_topics(Operation.READ, [INDEXED], prefix))
    visitor = dict(given) | secured.by_certificate("visitor")
    assert (await broadsheet("publish", str(PAGE), "--document-id", "bridge", **visitor))[0] == 0
    status, text = await broadsheet("consume", "indexed", "--follow", "--limit", "1", **visitor)
    assert status == 0
    assert '"action":"created"' in text

    async with asyncio.timeout(120):
        while '"id":"bridge"' not in (await broadsheet("search", "bridge", **given))[1]:
            continue  # the index shows what it has taken after a second
    await road.stop()
    for processor in road.all:
        log = processor.child.log.read_text()
        assert '"level":"debug"' in log.replace(" ", ""), "the processors log all they can"
        shows_no_secret(log)


WRONG = "wrong-sesame"


async def test_a_wrong_password_for_kafka_is_told_and_not_shown(
    secured: SecuredKafka, given: Mapping[str, str]
) -> None:
    wrong = dict(given) | secured.by_password("indexer") | {"sasl_password": WRONG, "sasl_mechanism": "PLAIN"}
    for arguments in (("run", "indexer"), ("publish", str(PAGE))):
        status, text = await broadsheet(*arguments, **wrong)
        assert status == 1
        assert "error[credentials_refused]: Kafka at" in text


async def test_a_wrong_key_for_opensearch_is_told_and_not_shown(secured: SecuredKafka, given: dict[str, str]) -> None:
    prefix = given["topic_prefix"]
    plain = KafkaSettings(bootstrap_servers=secured.kafka.bootstrap_servers, topic_prefix=prefix)
    await create_topics(plain, partitions=1, replication=1)
    await secured.grant("indexer", processor_needs(PROCESSORS[-1], prefix))
    del given["opensearch_api_key_file"]
    wrong = given | secured.by_password("indexer") | {"opensearch_api_key": WRONG, "http_port": "0"}
    for arguments in (("run", "indexer"), ("search", "bridge")):
        status, text = await broadsheet(*arguments, **wrong)
        assert status == 1
        assert "error[credentials_refused]: OpenSearch" in text


async def test_an_opensearch_that_is_away_is_told_without_the_password(given: dict[str, str]) -> None:
    del given["opensearch_api_key_file"]
    away = given | {
        "opensearch_url": "https://127.0.0.1:1",
        "opensearch_username": USER,
        "opensearch_password": PASSWORD,
    }
    status, text = await broadsheet("search", "bridge", **away)
    assert status == 1
    assert "error[index_unavailable]" in text


async def test_help_shows_no_secret() -> None:
    secrets = {"sasl_password": PASSWORDS["intake"], "opensearch_api_key": API_KEY, "ssl_key_password": PASSWORD}
    for arguments in (("--help",), ("run", "--help")):
        assert (await broadsheet(*arguments, **secrets))[0] == 0


async def test_a_secret_in_a_setting_that_cannot_be_used_is_not_shown() -> None:
    status, text = await broadsheet(
        "status", sasl_password=f"{PASSWORDS['intake']}\n{API_KEY}", security_protocol="SASL_SSL"
    )
    assert status == 1
    assert "error[configuration]: " in text
    assert "BROADSHEET_SASL_PASSWORD" in text
