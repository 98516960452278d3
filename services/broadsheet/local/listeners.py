"""The listeners of the broker on this machine: a plain one, the controller's, and those with TLS or passwords that tests ask for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from broadsheet.local.ports import HOST, free_port


@dataclass(frozen=True, slots=True)
class Listener:
    """A way into the broker beside the plain one.

    Attributes:
        name: what the broker calls it, in capitals.
        protocol: how clients speak there: `SSL`, `SASL_PLAINTEXT` or `SASL_SSL`.
        properties: of this listener alone, named without `listener.name.<name>.`.
        port: where it listens; a free one by default.
    """

    name: str
    protocol: str
    properties: Mapping[str, str]
    port: int = field(default_factory=free_port)

    @property
    def address(self) -> str:
        """Its address, as `BROADSHEET_BOOTSTRAP_SERVERS` takes it."""
        return f"{HOST}:{self.port}"

    def settings(self) -> dict[str, str]:
        """Give its properties as the broker's configuration names them."""
        return {f"listener.name.{self.name.lower()}.{name}": value for name, value in self.properties.items()}


def listening_settings(port: int, controller_port: int, further: Sequence[Listener] = ()) -> dict[str, str]:
    """Give what the broker's configuration says of listeners.

    Args:
        port: where the plain one listens.
        controller_port: where the broker's own controller listens.
        further: ways in beside the plain one.
    """
    advertised = ",".join([f"PLAINTEXT://{HOST}:{port}", *(f"{each.name}://{each.address}" for each in further)])
    protocols = {"CONTROLLER": "PLAINTEXT", "PLAINTEXT": "PLAINTEXT"} | {each.name: each.protocol for each in further}
    settings = {
        "listeners": f"{advertised},CONTROLLER://{HOST}:{controller_port}",
        "advertised.listeners": advertised,
        "listener.security.protocol.map": ",".join(f"{name}:{protocol}" for name, protocol in protocols.items()),
    }
    for each in further:
        settings |= each.settings()
    return settings
