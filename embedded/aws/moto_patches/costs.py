"""Patches of moto's Cost Explorer."""

import json
from typing import Any
from uuid import uuid4

from moto.ce.responses import CostExplorerResponse
from moto.core.exceptions import JsonRESTError

_KINDS = {
    "Monitor": ("MonitorArn", "anomalymonitor"),
    "Subscription": ("SubscriptionArn", "anomalysubscription"),
}
"""What anomaly detection is made of: the field that names one, and how its ARN begins."""


class _CostError(JsonRESTError):
    code = 400


def detect_anomalies() -> None:
    """Anomaly monitors and subscriptions exist.

    AWS: CreateAnomalyMonitor, CreateAnomalySubscription and what reads, changes and deletes them. One monitor
    of all services is allowed (docs.aws.amazon.com/cost-management/latest/userguide/management-limits.html);
    a subscription has a threshold, and one that tells at once has topics alone
    (docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_AnomalySubscription.html,
    docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html).
    moto: it has none of them.
    """
    for kind in _KINDS:
        operations = {
            f"create_anomaly_{kind.lower()}": _creating(kind),
            f"get_anomaly_{kind.lower()}s": _getting(kind),
            f"update_anomaly_{kind.lower()}": _updating(kind),
            f"delete_anomaly_{kind.lower()}": _deleting(kind),
        }
        for name, operation in operations.items():
            setattr(CostExplorerResponse, name, operation)


def _kept(response: CostExplorerResponse, kind: str) -> dict[str, dict[str, Any]]:
    """Monitors or subscriptions of an account by ARN, which go with the rest when moto is reset."""
    backend: Any = response.ce_backend
    if not hasattr(backend, "anomalies"):
        backend.anomalies = {name: {} for name in _KINDS}
    return backend.anomalies[kind]


def _one(response: CostExplorerResponse, kind: str, arn: str) -> dict[str, Any]:
    record = _kept(response, kind).get(arn)
    if record is None:
        raise _CostError(f"Unknown{kind}Exception", f"No {kind.lower()} of the ARN {arn} exists")
    return record


def _creating(kind: str) -> Any:  # noqa: ANN401 - an operation of moto's
    arn_field, prefix = _KINDS[kind]

    def create(self: CostExplorerResponse) -> str:
        body = json.loads(self.body)
        record = body[f"Anomaly{kind}"]
        (_refuse_monitor if kind == "Monitor" else _refuse_subscription)(self, record)
        account = self.current_account
        arn = f"arn:{self.partition}:ce::{account}:{prefix}/{uuid4()}"
        owner = {"AccountId": account} if kind == "Subscription" else {}
        _kept(self, kind)[arn] = {**owner, **record, arn_field: arn}
        self.ce_backend.tag_resource(arn, body.get("ResourceTags") or [])
        return json.dumps({arn_field: arn})

    return create


def _refuse_monitor(response: CostExplorerResponse, monitor: dict[str, Any]) -> None:
    dimension = monitor.get("MonitorDimension")
    dimensions = {existing.get("MonitorDimension") for existing in _kept(response, "Monitor").values()}
    if dimension == "SERVICE" and dimension in dimensions:
        message = "Limit exceeded on dimensional spend monitor creation"
        raise _CostError("LimitExceededException", message)


def _refuse_subscription(response: CostExplorerResponse, subscription: dict[str, Any]) -> None:
    for arn in subscription["MonitorArnList"]:
        _one(response, "Monitor", arn)
    if ("Threshold" in subscription) == ("ThresholdExpression" in subscription):
        raise _CostError("ValidationException", "One of Threshold or ThresholdExpression is required")
    subscriber_types = {subscriber["Type"] for subscriber in subscription["Subscribers"]}
    if subscription["Frequency"] == "IMMEDIATE" and subscriber_types != {"SNS"}:
        raise _CostError("ValidationException", "Immediate alerts support SNS subscribers only")
    if subscription["Frequency"] != "IMMEDIATE" and subscriber_types != {"EMAIL"}:
        raise _CostError("ValidationException", "Daily and weekly alerts support email subscribers only")


def _getting(kind: str) -> Any:  # noqa: ANN401 - an operation of moto's
    arn_field, _ = _KINDS[kind]

    def get(self: CostExplorerResponse) -> str:
        arns = json.loads(self.body).get(f"{arn_field}List")
        records = [_one(self, kind, arn) for arn in arns] if arns else [*_kept(self, kind).values()]
        return json.dumps({f"Anomaly{kind}s": records})

    return get


def _updating(kind: str) -> Any:  # noqa: ANN401 - an operation of moto's
    arn_field, _ = _KINDS[kind]

    def update(self: CostExplorerResponse) -> str:
        body = json.loads(self.body)
        record = _one(self, kind, body[arn_field])
        changed = {**record, **body}
        if kind == "Subscription":
            _refuse_subscription(self, changed)
        record.update(changed)
        return json.dumps({arn_field: body[arn_field]})

    return update


def _deleting(kind: str) -> Any:  # noqa: ANN401 - an operation of moto's
    arn_field, _ = _KINDS[kind]

    def delete(self: CostExplorerResponse) -> str:
        arn = json.loads(self.body)[arn_field]
        _one(self, kind, arn)
        del _kept(self, kind)[arn]
        self.ce_backend.tagger.delete_all_tags_for_resource(arn)
        return "{}"

    return delete
