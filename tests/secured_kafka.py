"""A broker that lets in only whom it knows: TLS, mutual TLS, SCRAM, and the authorizer, with certificates made here."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import trustme
from aiokafka.client import AIOKafkaClient
from aiokafka.protocol.admin import CreateAclsRequest, DeleteAclsRequest, DescribeAclsRequest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from broadsheet.local.kafka import Kafka
from broadsheet.local.listeners import Listener
from broadsheet.local.ports import HOST
from broadsheet.runtime.access import BITS
from broadsheet.runtime.permissions import Permission
from broadsheet.runtime.settings import ENV_PREFIX
from broadsheet_schemas.processors import PROCESSORS
from servers import vanishing_folder

AUTHORIZER = {
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "super.users": "User:ANONYMOUS",  # who comes in by the plain listener: the broker itself, and a test's own hands
}
PASSWORDS = {processor.name: f"sesame-{processor.name}-7f3a" for processor in PROCESSORS}
"""The users of the broker, named for the stages, and their passwords. They may do nothing until they are granted something."""

MECHANISMS = {
    "sasl.enabled.mechanisms": "SCRAM-SHA-512,PLAIN",
    "scram-sha-512.sasl.jaas.config": "org.apache.kafka.common.security.scram.ScramLoginModule required;",
    "plain.sasl.jaas.config": "org.apache.kafka.common.security.plain.PlainLoginModule required "
    + " ".join(f'user_{name}="{password}"' for name, password in PASSWORDS.items())
    + ";",
}
COMMON_NAME = {"ssl.principal.mapping.rules": "RULE:^.*CN=([^,]+).*$/$1/"}
"""The user of a certificate is its common name, instead of the whole of its distinguished name."""

KINDS = {"topic": 2, "group": 3, "transactional-id": 5}
LITERAL, ALLOW, ANYWHERE = 3, 3, "*"
"""As Kafka's protocol writes what an access control entry is on."""

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class Authority:
    """An authority that signs certificates, and the folder that their files lie in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._authority = trustme.CA()
        folder.mkdir(exist_ok=True)
        self.ca_file = folder / "ca.pem"
        self._authority.cert_pem.write_to_path(str(self.ca_file))

    def issue(self, name: str, host: str = HOST, *, expired: bool = False) -> tuple[Path, Path]:
        """Make a certificate for a name and a host; gives its file (with the key in it too) and the key's own file."""
        until = LONG_AGO + timedelta(days=1) if expired else None
        issued = self._authority.issue_cert(
            host, common_name=name, not_before=LONG_AGO if expired else None, not_after=until
        )
        key = load_pem_private_key(issued.private_key_pem.bytes(), None)
        key_file, cert_file = self._folder / f"{name}.key", self._folder / f"{name}.pem"
        key_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        cert_file.write_bytes(key_file.read_bytes() + b"".join(pem.bytes() for pem in issued.cert_chain_pems))
        return cert_file, key_file


@dataclass(frozen=True, slots=True)
class SecuredKafka:
    """The running broker.

    Attributes:
        kafka: it; its plain listener is the super user's.
        authority: signs what the broker trusts.
        mutual: listener with mutual TLS.
        password: listener with TLS and passwords, by SCRAM-SHA-512 or PLAIN.
        expired: as `password`, and its certificate has expired.
    """

    kafka: Kafka
    authority: Authority
    mutual: Listener
    password: Listener
    expired: Listener

    async def grant(self, user: str, needs: Iterable[Permission]) -> None:
        """Allow a user what is given, and no more; returns once the broker goes by it."""
        async with self._entries(user, needs) as (client, entries):
            for entry in entries:
                answer = await client.send(client.get_random_node(), CreateAclsRequest(*entry))
                assert answer.creation_responses[0][0] == 0, answer
                await _until(client, entry, present=True)

    async def revoke(self, user: str, needs: Iterable[Permission]) -> None:
        """Take from a user what was given; returns once the broker goes by it."""
        async with self._entries(user, needs) as (client, entries):
            for entry in entries:
                answer = await client.send(client.get_random_node(), DeleteAclsRequest(*entry))
                code, _, taken = answer.filter_responses[0]
                assert (code, len(taken)) == (0, 1), answer
                await _until(client, entry, present=False)

    @asynccontextmanager
    async def _entries(
        self, user: str, needs: Iterable[Permission]
    ) -> AsyncIterator[tuple[AIOKafkaClient, list[tuple[Any, ...]]]]:
        """Give a client of the super user, and the access control entries as the protocol writes them."""
        client = AIOKafkaClient(bootstrap_servers=self.kafka.bootstrap_servers)
        await client.bootstrap()
        try:
            yield (
                client,
                [
                    (KINDS[need.kind], need.name, LITERAL, f"User:{user}", ANYWHERE, BITS[need.operation], ALLOW)
                    for need in needs
                ],
            )
        finally:
            await client.close()

    def by_password(self, user: str) -> dict[str, str]:
        """Give the settings of a client with a user's password, without `BROADSHEET_`."""
        return {
            "bootstrap_servers": self.password.address,
            "security_protocol": "SASL_SSL",
            "ssl_ca_file": str(self.authority.ca_file),
            "sasl_username": user,
            "sasl_password": PASSWORDS[user],
        }

    def by_certificate(self, user: str, authority: Authority | None = None, *, expired: bool = False) -> dict[str, str]:
        """Give the settings of a client with a certificate of the broker's authority or another, without `BROADSHEET_`."""
        cert_file, key_file = (authority or self.authority).issue(user, expired=expired)
        return {
            "bootstrap_servers": self.mutual.address,
            "security_protocol": "SSL",
            "ssl_ca_file": str(self.authority.ca_file),
            "ssl_cert_file": str(cert_file),
            "ssl_key_file": str(key_file),
        }


async def _until(client: AIOKafkaClient, entry: tuple[Any, ...], *, present: bool) -> None:
    """Wait until the broker's authorizer has, or has no more, an entry: it follows the controller's log."""
    async with asyncio.timeout(30):
        while True:
            answer = await client.send(client.get_random_node(), DescribeAclsRequest(*entry))
            if bool(answer.resources) is present:
                return
            await asyncio.sleep(0.05)


def variables(settings: Mapping[str, str]) -> dict[str, str]:
    """Give settings as the environment variables that a process takes them from."""
    return {f"{ENV_PREFIX}{name}".upper(): value for name, value in settings.items()}


def _tls(authority: Authority, cert_file: Path) -> dict[str, str]:
    return {
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(cert_file),
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": str(authority.ca_file),
    }


@contextmanager
def secured_kafka() -> Iterator[SecuredKafka]:
    """Run a broker with the authorizer on."""
    with vanishing_folder() as folder:
        authority = Authority(folder / "certificates")
        tls = _tls(authority, authority.issue("broker")[0])
        outdated = _tls(authority, authority.issue("outdated", expired=True)[0])
        mutual = Listener("MUTUAL", "SSL", tls | COMMON_NAME | {"ssl.client.auth": "required"})
        password = Listener("PASSWORD", "SASL_SSL", tls | MECHANISMS)
        expired = Listener("EXPIRED", "SASL_SSL", outdated | MECHANISMS)
        listeners = [mutual, password, expired]
        kafka = Kafka(
            folder / "kafka", properties=AUTHORIZER, remove=folder, listeners=listeners, scram_users=PASSWORDS
        )
        with kafka:
            yield SecuredKafka(kafka, authority, mutual, password, expired)
