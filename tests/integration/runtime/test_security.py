"""Processors and a broker that lets in only whom it knows and allows each only what it needs."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from aiokafka.errors import TopicAuthorizationFailedError

from broadsheet.runtime.admission import admit
from broadsheet.runtime.clients import opened
from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.kafka import new_producer
from broadsheet.runtime.permissions import Permission, processor_needs
from broadsheet.runtime.refusals import refusal
from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.topics import create_topics
from broadsheet_schemas.processors import PROCESSORS
from secured_kafka import PASSWORDS, Authority, SecuredKafka, variables
from toy_road import PARTITIONS, Road, ToyProcessor

pytestmark = [pytest.mark.integration, pytest.mark.timeout(400)]

SEGMENTER = next(processor for processor in PROCESSORS if processor.name == "segmenter")

Given = Mapping[str, str]


@pytest.fixture
def needs(topic_prefix: str) -> tuple[Permission, ...]:
    """What a segmenter needs."""
    return processor_needs(SEGMENTER, topic_prefix)


@pytest.fixture
async def road(secured: SecuredKafka, topic_prefix: str, tmp_path: Path) -> AsyncIterator[Road]:
    """Fresh topics on it, in the hands of its super user."""
    settings = KafkaSettings(bootstrap_servers=secured.kafka.bootstrap_servers, topic_prefix=topic_prefix)
    await create_topics(settings, partitions=PARTITIONS, replication=1)
    with ExitStack() as stack:
        yield Road(settings, tmp_path, stack)


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority that the broker does not know."""
    return Authority(tmp_path_factory.mktemp("stranger"))


async def ended(processor: ToyProcessor) -> str:
    """Wait until a processor has ended by an error; gives its log."""
    assert await asyncio.to_thread(processor.process.wait, 120) == 1, processor.log.read_text()
    return processor.log.read_text()


async def works(road: Road, processor: ToyProcessor) -> None:
    """See a page go through a processor."""
    await road.publish(["a page"])
    assert [record.value for record in await road.outputs(1)] == [b"A PAGE"], processor.log.read_text()
    await processor.until("health/ready", 200)


async def test_a_password_from_a_file_lets_a_processor_in_with_exactly_what_it_needs(
    secured: SecuredKafka, road: Road, needs: tuple[Permission, ...], tmp_path: Path
) -> None:
    await secured.grant("segmenter", needs)
    (tmp_path / "password").write_text(f"{PASSWORDS['segmenter']}\n")
    settings = secured.by_password("segmenter") | {"sasl_password_file": str(tmp_path / "password")}
    del settings["sasl_password"]
    await works(road, road.start(variables=variables(settings)))


async def test_a_log_at_its_most_talkative_holds_nothing_of_how_a_processor_was_let_in(
    secured: SecuredKafka, road: Road, needs: tuple[Permission, ...]
) -> None:
    await secured.grant("segmenter", needs)
    processor = road.start(variables=variables(secured.by_password("segmenter")) | {"BROADSHEET_LOG_LEVEL": "debug"})
    await works(road, processor)
    log = processor.log.read_text()
    assert '"level": "debug"' in log
    assert PASSWORDS["segmenter"] not in log
    # What aiokafka writes of each request: with PLAIN the password, with SCRAM its proof.
    assert "sasl_auth_bytes" not in log


async def test_a_certificate_lets_a_processor_in_and_what_is_taken_from_it_ends_it(
    secured: SecuredKafka, road: Road, needs: tuple[Permission, ...]
) -> None:
    await secured.grant("certified", needs)
    processor = road.start(variables=variables(secured.by_certificate("certified")))
    await works(road, processor)

    taken = [need for need in needs if need.kind == "group"]
    await secured.revoke("certified", taken)
    log = await ended(processor)
    assert "error[access_denied]: Kafka at" in log
    assert taken[0].name in log


async def test_a_right_that_is_taken_from_an_idle_processor_ends_it(
    secured: SecuredKafka, road: Road, needs: tuple[Permission, ...]
) -> None:
    await secured.grant("idle", needs)
    processor = road.start(variables=variables(secured.by_certificate("idle")))
    await processor.until("health/ready", 200)
    await secured.revoke("idle", needs[-1:])
    assert f"does not allow this client: {needs[-1]}" in await ended(processor)


@pytest.mark.parametrize("lacking", range(4))
@pytest.mark.usefixtures("road")
async def test_every_permission_that_is_missing_is_named(
    secured: SecuredKafka, needs: tuple[Permission, ...], lacking: int
) -> None:
    user = f"lacks-{lacking}"
    await secured.grant(user, [need for need in needs if need is not needs[lacking]])
    settings = KafkaSettings.model_validate(secured.by_certificate(user))
    with pytest.raises(OperatorError) as caught:
        await admit(settings, "test", needs)
    assert caught.value.code == "access_denied"
    assert caught.value.message.endswith(f"does not allow this client: {needs[lacking]}")


async def test_a_processor_that_lacks_permissions_ends_and_names_all_of_them(
    secured: SecuredKafka, road: Road, needs: tuple[Permission, ...]
) -> None:
    log = await ended(road.start(variables=variables(secured.by_certificate("nobody"))))
    assert "error[access_denied]: Kafka at" in log
    assert ", ".join(map(str, needs)) in log


Client = Callable[[SecuredKafka, Authority], Given]


def wrong_password(secured: SecuredKafka, _: Authority) -> Given:
    return {**secured.by_password("segmenter"), "sasl_password": "wrong-sesame"}


def expired_certificate(secured: SecuredKafka, _: Authority) -> Given:
    return secured.by_certificate("segmenter", expired=True)


def unknown_certificate(secured: SecuredKafka, stranger: Authority) -> Given:
    return secured.by_certificate("segmenter", stranger)


def no_certificate(secured: SecuredKafka, _: Authority) -> Given:
    given = secured.by_certificate("segmenter")
    return {name: value for name, value in given.items() if name not in ("ssl_cert_file", "ssl_key_file")}


def expired_broker(secured: SecuredKafka, _: Authority) -> Given:
    return {**secured.by_password("segmenter"), "bootstrap_servers": secured.expired.address}


def unknown_broker(secured: SecuredKafka, stranger: Authority) -> Given:
    return {**secured.by_password("segmenter"), "ssl_ca_file": str(stranger.ca_file)}


def other_host(secured: SecuredKafka, _: Authority) -> Given:
    return {**secured.by_password("segmenter"), "bootstrap_servers": f"localhost:{secured.password.port}"}


def no_tls(secured: SecuredKafka, _: Authority) -> Given:
    return {"bootstrap_servers": secured.mutual.address}


def no_password(secured: SecuredKafka, _: Authority) -> Given:
    given = secured.by_password("segmenter")
    return {**given, "security_protocol": "SSL"}


def other_mechanism(secured: SecuredKafka, _: Authority) -> Given:
    return {**secured.by_password("segmenter"), "sasl_mechanism": "SCRAM-SHA-256"}


@pytest.mark.parametrize(
    ("client", "code", "cause"),
    [
        (wrong_password, "credentials_refused", "BROADSHEET_SASL_PASSWORD"),
        (expired_certificate, "tls_failed", "the server does not accept this client's certificate"),
        (unknown_certificate, "tls_failed", "the server does not accept this client's certificate"),
        (no_certificate, "tls_failed", "certificate required"),
        (expired_broker, "tls_failed", "this client does not accept the server's certificate: certificate has expired"),
        (unknown_broker, "tls_failed", "BROADSHEET_SSL_CA_FILE"),
        (other_host, "tls_failed", "localhost"),
        (no_tls, "configuration", "speaks TLS; check BROADSHEET_SECURITY_PROTOCOL"),
        (no_password, "configuration", "it may want a user and password: check BROADSHEET_SECURITY_PROTOCOL"),
        (other_mechanism, "configuration", "does not offer BROADSHEET_SASL_MECHANISM"),
    ],
)
async def test_a_client_that_is_not_let_in_is_told_why(
    secured: SecuredKafka, stranger: Authority, client: Client, code: str, cause: str
) -> None:
    settings = KafkaSettings.model_validate(client(secured, stranger))
    told = await refusal(settings)
    assert told is not None
    assert told.code == code
    assert cause in told.message


@pytest.mark.parametrize(
    ("client", "code"),
    [(wrong_password, "credentials_refused"), (unknown_certificate, "tls_failed")],
)
async def test_a_processor_that_is_not_let_in_ends_at_once(
    secured: SecuredKafka, stranger: Authority, road: Road, client: Client, code: str
) -> None:
    log = await ended(road.start(variables=variables(client(secured, stranger))))
    assert f"error[{code}]: Kafka at" in log
    assert "sesame" not in log


async def test_a_segmenters_credentials_cannot_write_what_the_tagger_writes(
    secured: SecuredKafka, road: Road, needs: tuple[Permission, ...]
) -> None:
    await secured.grant("segmenter", needs)
    prefix = road.settings.topic_prefix
    settings = KafkaSettings.model_validate({**secured.by_password("segmenter"), "topic_prefix": prefix})
    async with opened(new_producer(settings, "test")) as producer:
        await producer.send_and_wait(f"{prefix}documents.segmented", b"its own")
        with pytest.raises(TopicAuthorizationFailedError):
            await producer.send_and_wait(f"{prefix}documents.enriched", b"the tagger's")
