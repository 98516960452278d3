"""JSON Schemas of the custom resources in the chart: the parts it uses, by the reference pages of KEDA and the operator."""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
TEXTS: Schema = {"type": "object", "additionalProperties": {"type": "string"}}
DURATION: Schema = {"type": "string", "pattern": r"^([0-9]+(ms|s|m|h|d|w|y))+$"}


def strict(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """An object with these fields and no others."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def listed(item: Schema) -> Schema:
    return {"type": "array", "minItems": 1, "items": item}


def whole(least: int, most: int | None = None) -> Schema:
    return {"type": "integer", "minimum": least} | ({} if most is None else {"maximum": most})


def resource(version: str, kind: str, spec: Schema) -> Schema:
    metadata = strict({"name": {"type": "string", "maxLength": 63, "pattern": "^[a-z0-9-]+$"}, "labels": TEXTS})
    return strict({"apiVersion": {"const": version}, "kind": {"const": kind}, "metadata": metadata, "spec": spec})


SCALING_RULE = strict(
    {
        "stabilizationWindowSeconds": whole(0, 3600),
        "policies": listed(
            strict({"type": {"enum": ["Pods", "Percent"]}, "value": whole(1), "periodSeconds": whole(1, 1800)})
        ),
    }
)

KAFKA_TRIGGER = strict(
    {
        "bootstrapServers": TEXT,
        "consumerGroup": TEXT,
        "topic": TEXT,
        "lagThreshold": {"type": "string", "pattern": "^[1-9][0-9]*$"},
        "version": {"type": "string", "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+$"},
        "offsetResetPolicy": {"enum": ["earliest", "latest"]},
        "allowIdleConsumers": {"enum": ["true", "false"]},
    },
    {"sasl": {"enum": ["plaintext", "scram_sha256", "scram_sha512"]}, "tls": {"enum": ["enable", "disable"]}},
)

SCALED_OBJECT = strict(
    {
        "scaleTargetRef": strict({"apiVersion": {"const": "apps/v1"}, "kind": {"const": "StatefulSet"}, "name": TEXT}),
        "pollingInterval": whole(1),
        "cooldownPeriod": whole(0),
        "minReplicaCount": whole(1),
        "maxReplicaCount": whole(1),
        "advanced": strict(
            {
                "horizontalPodAutoscalerConfig": strict(
                    {"behavior": strict({"scaleUp": SCALING_RULE, "scaleDown": SCALING_RULE})}
                )
            }
        ),
        "triggers": listed(
            strict(
                {"type": {"const": "kafka"}, "metadata": KAFKA_TRIGGER}, {"authenticationRef": strict({"name": TEXT})}
            )
        ),
    }
)

TRIGGER_AUTHENTICATION = strict(
    {
        "secretTargetRef": listed(
            strict(
                {
                    "parameter": {"enum": ["username", "password", "ca", "cert", "key", "keyPassword"]},
                    "name": TEXT,
                    "key": TEXT,
                },
            )
        )
    }
)

SERVICE_MONITOR = strict(
    {
        "jobLabel": TEXT,
        "selector": strict({"matchLabels": TEXTS}),
        "endpoints": listed(
            strict({"port": TEXT, "path": {"const": "/metrics"}, "interval": DURATION, "scrapeTimeout": DURATION})
        ),
    }
)

RULE: Schema = {
    **strict(
        {"expr": TEXT},
        {
            "record": TEXT,
            "alert": TEXT,
            "for": DURATION,
            "keep_firing_for": DURATION,
            "labels": TEXTS,
            "annotations": TEXTS,
        },
    ),
    "oneOf": [{"required": ["record"]}, {"required": ["alert"]}],
}

PROMETHEUS_RULE = strict(
    {"groups": listed(strict({"name": TEXT, "rules": listed(RULE)}, {"interval": DURATION, "labels": TEXTS}))}
)

SCHEMAS: dict[tuple[str, str], Schema] = {
    (version, kind): resource(version, kind, spec)
    for version, kind, spec in (
        ("keda.sh/v1alpha1", "ScaledObject", SCALED_OBJECT),
        ("keda.sh/v1alpha1", "TriggerAuthentication", TRIGGER_AUTHENTICATION),
        ("monitoring.coreos.com/v1", "ServiceMonitor", SERVICE_MONITOR),
        ("monitoring.coreos.com/v1", "PrometheusRule", PROMETHEUS_RULE),
    )
}
