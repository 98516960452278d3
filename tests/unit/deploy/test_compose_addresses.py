"""The addresses of the compose file: where one service listens is where the others, the docs and the defaults look for it."""

import re
from typing import Any

import pytest
import yaml

from broadsheet.runtime.settings import DEFAULT_BOOTSTRAP_SERVERS, DEFAULT_HTTP_PORTS, DEFAULT_OPENSEARCH_URL
from unit.deploy.go_tools import ROOT
from unit.deploy.test_compose import services

SERVICES = services()
BROKER = SERVICES["kafka"]["environment"]
OURS = {
    name: service["environment"] for name, service in SERVICES.items() if service["image"].startswith("broadsheet:")
}
PAGE = (ROOT / "docs/containers.md").read_text("utf-8")


def published(service: str) -> tuple[str, int]:
    """Give the address on this machine and the port in the container of what a service publishes."""
    (mapping,) = SERVICES[service]["ports"]
    address, inside = mapping.rsplit(":", 1)
    return address, int(inside)


def listeners(variable: str) -> dict[str, str]:
    """Give the addresses of a variable of the broker, by the listener's name."""
    return dict(entry.split("://") for entry in BROKER[variable].split(","))


def port_of(address: str) -> int:
    return int(address.rsplit(":", 1)[1])


def health_port(service: str) -> int:
    """Give the port that a service's own health check asks, in its container."""
    (port,) = re.findall(r"localhost:(\d+)", " ".join(SERVICES[service]["healthcheck"]["test"]))
    return int(port)


def test_the_broker_tells_clients_the_ports_that_it_listens_on() -> None:
    bound, told = listeners("KAFKA_LISTENERS"), listeners("KAFKA_ADVERTISED_LISTENERS")
    controller = BROKER["KAFKA_CONTROLLER_LISTENER_NAMES"]
    assert bound.keys() == told.keys() | {controller}
    assert {name: port_of(bound[name]) for name in told} == {name: port_of(address) for name, address in told.items()}
    assert all(bound[name].startswith(":") for name in told), "on every address of the container"
    protocols = dict(entry.split(":") for entry in BROKER["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"].split(","))
    assert protocols.keys() == bound.keys()
    assert BROKER["KAFKA_CONTROLLER_QUORUM_VOTERS"] == f"{BROKER['KAFKA_NODE_ID']}@{bound[controller]}"


def test_the_containers_reach_the_broker_where_it_tells_them() -> None:
    inside = listeners("KAFKA_ADVERTISED_LISTENERS")[BROKER["KAFKA_INTER_BROKER_LISTENER_NAME"]]
    assert inside.split(":")[0] == "kafka"
    assert {settings["BROADSHEET_BOOTSTRAP_SERVERS"] for settings in OURS.values()} == {inside}
    assert health_port("kafka") == port_of(inside)


def test_this_machine_reaches_the_broker_where_it_tells_it() -> None:
    told = listeners("KAFKA_ADVERTISED_LISTENERS")
    del told[BROKER["KAFKA_INTER_BROKER_LISTENER_NAME"]]
    ((name, outside),) = told.items()
    address, inside = published("kafka")
    assert address == outside == DEFAULT_BOOTSTRAP_SERVERS
    assert inside == port_of(listeners("KAFKA_LISTENERS")[name])


def test_opensearch_is_asked_on_the_port_that_it_publishes() -> None:
    address, inside = published("opensearch")
    assert f"http://{address}" == DEFAULT_OPENSEARCH_URL
    assert {settings["BROADSHEET_OPENSEARCH_URL"] for settings in OURS.values()} == {f"http://opensearch:{inside}"}
    assert health_port("opensearch") == inside


@pytest.mark.parametrize("stage", DEFAULT_HTTP_PORTS)
def test_a_processor_is_watched_on_the_port_that_it_serves(stage: str) -> None:
    dockerfile = (ROOT / "deploy/Dockerfile").read_text("utf-8")
    (served,) = re.findall(r"BROADSHEET_HTTP_PORT=(\d+)", dockerfile)
    assert re.findall(r"^EXPOSE (\d+)$", dockerfile, re.MULTILINE) == [served]
    assert SERVICES[stage]["command"] == ["run", stage]
    assert not OURS[stage].keys() & {"BROADSHEET_HTTP_PORT", "BROADSHEET_HTTP_HOST"}, "the image's"
    assert published(stage) == (f"127.0.0.1:{DEFAULT_HTTP_PORTS[stage]}", int(served))
    assert f"{stage}:{served}" in targets()


def targets() -> list[str]:
    """Give what Prometheus scrapes."""
    (job,) = yaml_of("deploy/prometheus/prometheus.yml")["scrape_configs"]
    (static,) = job["static_configs"]
    return list(static["targets"])


def yaml_of(file: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / file).read_text("utf-8"))
    return content


def test_prometheus_watches_the_processors_and_nothing_else() -> None:
    assert [target.split(":")[0] for target in targets()] == list(DEFAULT_HTTP_PORTS)


def test_grafana_and_the_health_checks_ask_where_the_dashboards_are_served() -> None:
    (source,) = yaml_of("deploy/grafana/provisioning/datasources/prometheus.yml")["datasources"]
    assert source["url"] == f"http://prometheus:{published('prometheus')[1]}"
    for name in ("prometheus", "grafana"):
        assert health_port(name) == published(name)[1]


def test_the_page_tells_every_address_that_is_published() -> None:
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
    told = {name.split(":")[0].lower(): address.strip("`").removeprefix("http://") for name, address in rows}
    for name in ("kafka", "opensearch", "prometheus", "grafana"):
        assert told[name] == published(name)[0]
    ports = [str(port) for port in DEFAULT_HTTP_PORTS.values()]
    assert f"| `http://127.0.0.1:{ports[0]}` to `{ports[-1]}` |" in PAGE
