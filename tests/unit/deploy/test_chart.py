"""The Helm chart: valid by Helm and by Kubernetes, hardened, and clear about what is wrong with values."""

from typing import Any

import jsonschema
import kubernetes_validate
import pytest

from unit.deploy.charts import CHART, VALUES, Manifest, environment, helm, of_kind, pod_specs, rendered, template
from unit.deploy.custom_resources import SCHEMAS
from unit.deploy.go_tools import BUILD_SECONDS

pytestmark = [pytest.mark.processes, pytest.mark.timeout(BUILD_SECONDS)]

KUBERNETES = ("1.29.0", kubernetes_validate.latest_version())
"""The oldest version that the chart takes, and the newest whose schemas there are."""

STAGES = {"intake", "segmenter", "tagger", "indexer"}


@pytest.fixture(scope="module")
def manifests() -> dict[str, list[Manifest]]:
    """What Helm makes of each values file."""
    return {name: rendered(path) for name, path in VALUES.items()}


@pytest.fixture(params=VALUES)
def chart(request: pytest.FixtureRequest, manifests: dict[str, list[Manifest]]) -> list[Manifest]:
    return manifests[request.param]


@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES)
def test_the_chart_passes_helms_linter(values: Any) -> None:
    answer = helm("lint", "--strict", str(CHART), "--values", str(values))
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize("version", KUBERNETES)
def test_every_manifest_is_valid(chart: list[Manifest], version: str) -> None:
    assert len(chart) > len(STAGES)
    for manifest in chart:
        own = SCHEMAS.get((manifest["apiVersion"], manifest["kind"]))
        if own is None:
            kubernetes_validate.validate(manifest, version, strict=True)
        else:
            jsonschema.validate(manifest, own)


def test_every_custom_resource_is_rendered_by_some_values(manifests: dict[str, list[Manifest]]) -> None:
    kinds = {(manifest["apiVersion"], manifest["kind"]) for chart in manifests.values() for manifest in chart}
    assert SCHEMAS.keys() <= kinds
    assert {("batch/v1", "Job"), ("batch/v1", "CronJob"), ("networking.k8s.io/v1", "NetworkPolicy")} <= kinds


def test_what_is_switched_off_is_not_there(manifests: dict[str, list[Manifest]]) -> None:
    assert not of_kind(manifests["no-keda"], "ScaledObject")
    for kind in ("ServiceMonitor", "PrometheusRule", "NetworkPolicy", "PodDisruptionBudget", "Job"):
        assert of_kind(manifests["default"], kind)
        assert not of_kind(manifests["no-monitoring"], kind)


def test_every_pod_is_hardened(chart: list[Manifest]) -> None:
    pods = pod_specs(chart)
    assert pods.keys() >= STAGES
    for pod in pods.values():
        assert pod["automountServiceAccountToken"] is False
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        (container,) = pod["containers"]
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert {"requests", "limits"} == container["resources"].keys()
        assert "cpu" not in container["resources"]["limits"]  # a throttled processor misses its heartbeats


@pytest.mark.parametrize(("name", "least"), [("tls-sasl", 5), ("api-key", 3)])
def test_no_secret_is_in_the_chart_and_every_one_is_read_from_a_file(
    name: str, least: int, manifests: dict[str, list[Manifest]]
) -> None:
    for pod in pod_specs(manifests[name]).values():
        (container,) = pod["containers"]
        mounts = {mount["name"]: mount["mountPath"] for mount in container["volumeMounts"]}
        files = {
            f"{mounts[volume['name']]}/{item['path']}"
            for volume in pod["volumes"]
            if "secret" in volume
            for item in volume["secret"]["items"]
        }
        variables = environment(pod)
        named = {value for name, value in variables.items() if name.endswith("_FILE")}
        assert named == files
        assert len(files) >= least
        assert not [variable for variable in variables if variable.endswith(("PASSWORD", "KEY"))]
    assert not of_kind(manifests[name], "Secret")


def test_each_client_of_kafka_may_have_a_user_of_its_own(manifests: dict[str, list[Manifest]]) -> None:
    chart = manifests["tls-sasl"]
    users = {
        component: environment(pod)["BROADSHEET_SASL_USERNAME"]["secretKeyRef"]["name"]
        for component, pod in pod_specs(chart).items()
    }
    assert users == dict.fromkeys(users, "broadsheet-kafka") | {
        "segmenter": "broadsheet-segmenter",
        "topics": "broadsheet-topics",
    }
    for component, pod in pod_specs(chart).items():
        mounted = {volume["name"]: volume.get("secret", {}).get("secretName") for volume in pod["volumes"]}
        assert mounted["kafka-credentials"] == users[component]
    (keda,) = of_kind(chart, "TriggerAuthentication").values()
    names = {entry["parameter"]: entry["name"] for entry in keda["spec"]["secretTargetRef"]}
    assert (names["username"], names["password"], names["ca"]) == ("keda-kafka", "keda-kafka", "kafka-ca")


def test_a_processor_has_a_name_that_outlives_its_pod(chart: list[Manifest]) -> None:
    sets = of_kind(chart, "StatefulSet")
    assert sets.keys() == STAGES
    for stage, manifest in sets.items():
        pod = manifest["spec"]["template"]["spec"]
        assert environment(pod)["BROADSHEET_INSTANCE"] == {"fieldRef": {"fieldPath": "metadata.name"}}
        assert manifest["spec"]["podManagementPolicy"] == "Parallel"
        assert manifest["spec"]["serviceName"] in {f"news-broadsheet-{name}" for name in of_kind(chart, "Service")}
        assert pod["containers"][0]["args"] == ["run", stage]


def test_keda_alone_decides_the_number_of_processors_where_it_is_there(manifests: dict[str, list[Manifest]]) -> None:
    for manifest in of_kind(manifests["default"], "StatefulSet").values():
        assert "replicas" not in manifest["spec"]
    fixed = of_kind(manifests["no-keda"], "StatefulSet")
    assert {stage: manifest["spec"]["replicas"] for stage, manifest in fixed.items()} == {
        "intake": 1,
        "segmenter": 2,
        "tagger": 4,
        "indexer": 1,
    }


def test_a_stage_never_gets_more_processors_than_partitions(manifests: dict[str, list[Manifest]]) -> None:
    limits = {
        name: {stage: manifest["spec"]["maxReplicaCount"] for stage, manifest in of_kind(chart, "ScaledObject").items()}
        for name, chart in manifests.items()
    }
    assert limits["default"] == dict.fromkeys(STAGES, 8)
    assert limits["tls-sasl"] == dict.fromkeys(STAGES, 16) | {"tagger": 12}


def test_only_what_speaks_to_opensearch_may_reach_it(manifests: dict[str, list[Manifest]]) -> None:
    for chart in (manifests["default"], manifests["tls-sasl"]):
        policy = of_kind(chart, "NetworkPolicy")["opensearch"]["spec"]
        (choice,) = policy["podSelector"]["matchExpressions"]
        assert choice["values"] == ["indexer", "retention"]
        for component, pod in pod_specs(chart).items():
            assert ("BROADSHEET_OPENSEARCH_URL" in environment(pod)) == (component in choice["values"])


def test_the_ports_of_the_brokers_and_of_opensearch_are_open(manifests: dict[str, list[Manifest]]) -> None:
    policies = of_kind(manifests["tls-sasl"], "NetworkPolicy")
    ports = [{port["port"] for port in rule["ports"]} for rule in policies[""]["spec"]["egress"]]
    assert ports == [{53}, {9093, 9094}, {4318}]
    assert policies["opensearch"]["spec"]["egress"][0]["ports"] == [{"protocol": "TCP", "port": 443}]
    plain = of_kind(manifests["default"], "NetworkPolicy")["opensearch"]
    assert plain["spec"]["egress"][0]["ports"] == [{"protocol": "TCP", "port": 9200}]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("kafka.bootstrapServers=", "say where Kafka is"),
        ("opensearch.url=", "say where OpenSearch is"),
        ("kafka.bootstrapServers=kafka", "bootstrapServers"),
        ("kafka.securityProtocol=SASL_SSL", "SASL needs a secret"),
        ("kafka.securityProtocol=TLS", "securityProtocol"),
        ("opensearch.url=https://user:secret@search:9200", "opensearch/url"),
        ("settings.SASL_PASSWORD=secret", "SASL_PASSWORD"),
        ("stages.tagger.settings.OPENSEARCH_API_KEY=secret", "OPENSEARCH_API_KEY"),
        ("stages.tagger.settings.INSTANCE=0", "INSTANCE"),
        ("stages.tagger.replicas=9", "9 processors for 8 partitions"),
        ("stages.tagger.maxReplicas=9", "9 processors for 8 partitions"),
        ("stages.tagger.minReplicas=0", "minReplicas"),
        ("stages.sorter.replicas=1", "sorter"),
        ("nodeSelectors.arch=arm64", "nodeSelectors"),
    ],
)
def test_values_that_cannot_work_are_refused_with_the_reason(wrong: str, told: str) -> None:
    answer = template(VALUES["default"], "--set", wrong)
    assert answer.returncode != 0
    assert told in answer.stderr
