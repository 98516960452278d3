"""The Helm chart, rendered by Helm itself with each of the values files that lie with it."""

import subprocess
from pathlib import Path
from typing import Any

import yaml

from unit.deploy.go_tools import HELM, ROOT, built

CHART = ROOT / "deploy/helm/broadsheet"
VALUES = {path.name.removesuffix("-values.yaml"): path for path in sorted((CHART / "ci").glob("*-values.yaml"))}

Manifest = dict[str, Any]


def helm(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(built(HELM)), *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def template(values: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return helm("template", "news", str(CHART), "--namespace", "press", "--values", str(values), *arguments)


def rendered(values: Path, *arguments: str) -> list[Manifest]:
    answer = template(values, *arguments)
    assert answer.returncode == 0, answer.stderr
    return [manifest for manifest in yaml.safe_load_all(answer.stdout) if manifest]


def of_kind(manifests: list[Manifest], kind: str) -> dict[str, Manifest]:
    """Give the manifests of a kind by the name they have in the release."""
    return {
        manifest["metadata"]["name"].removeprefix("news-broadsheet").removeprefix("-"): manifest
        for manifest in manifests
        if manifest["kind"] == kind
    }


def pod_specs(manifests: list[Manifest]) -> dict[str, Any]:
    """Give the specification of every pod, by the component it is."""
    found = {}
    for manifest in manifests:
        spec = manifest.get("spec", {})
        template = spec.get("jobTemplate", {}).get("spec", spec).get("template")
        if template:
            found[template["metadata"]["labels"]["app.kubernetes.io/component"]] = template["spec"]
    return found


def environment(pod: Any) -> dict[str, Any]:
    """Give the variables of a pod's one container: the value, or where it comes from."""
    (container,) = pod["containers"]
    return {entry["name"]: entry.get("value", entry.get("valueFrom")) for entry in container["env"]}
