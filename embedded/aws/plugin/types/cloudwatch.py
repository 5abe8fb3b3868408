"""CloudWatch alarms on metrics, and what all alarms have in common."""

from collections.abc import Mapping
from typing import Any

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.diffing import is_zero
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.shapes import pick, tag_list, tag_map
from embedded.aws.plugin.values import Bag

ACTIONS = {
    "AlarmActions": "alarmActions",
    "InsufficientDataActions": "insufficientDataActions",
    "OKActions": "okActions",
}
_METRIC = {
    "AlarmName": "name",
    "AlarmDescription": "alarmDescription",
    "ComparisonOperator": "comparisonOperator",
    "DatapointsToAlarm": "datapointsToAlarm",
    "EvaluateLowSampleCountPercentile": "evaluateLowSampleCountPercentiles",
    "EvaluationPeriods": "evaluationPeriods",
    "ExtendedStatistic": "extendedStatistic",
    "MetricName": "metricName",
    "Namespace": "namespace",
    "Period": "period",
    "Statistic": "statistic",
    "ThresholdMetricId": "thresholdMetricId",
    "TreatMissingData": "treatMissingData",
    "Unit": "unit",
    **ACTIONS,
}
_QUERY = {
    "Id": "id",
    "AccountId": "accountId",
    "Expression": "expression",
    "Label": "label",
    "Period": "period",
}
_STAT = {"Period": "period", "Stat": "stat", "Unit": "unit"}
_NAMED = {"MetricName": "metricName", "Namespace": "namespace"}


def request_of(new: Bag, names: Mapping[str, str]) -> Bag:
    """Return the arguments of a request; empty values are left out, as the provider leaves them out."""
    return {api: new[name] for api, name in names.items() if not is_zero(new.get(name))}


def state_of(answer: Mapping[str, Any], names: Mapping[str, str]) -> Bag:
    """Return the properties of an answer, without empty values."""
    return {name: value for name, value in pick(answer, names).items() if not is_zero(value)}


def _dimensions(dimensions: Mapping[str, str] | None) -> Bag:
    pairs = [{"Name": name, "Value": value} for name, value in (dimensions or {}).items()]
    return {"Dimensions": pairs} if pairs else {}


def _read_dimensions(live: Mapping[str, Any]) -> Bag:
    dimensions = {pair["Name"]: pair["Value"] for pair in live.get("Dimensions") or []}
    return {"dimensions": dimensions} if dimensions else {}


def _query(query: Bag) -> Bag:
    """Return one metric or expression of an alarm in the API's form."""
    request = {**request_of(query, _QUERY), "ReturnData": bool(query.get("returnData"))}
    metric = query.get("metric")
    if metric:
        metric_name = {**request_of(metric, _NAMED), **_dimensions(metric.get("dimensions"))}
        request["MetricStat"] = {**request_of(metric, _STAT), "Metric": metric_name}
    return request


def _read_query(live: Bag) -> Bag:
    query = {**state_of(live, _QUERY), "returnData": bool(live.get("ReturnData"))}
    stat = live.get("MetricStat")
    if stat:
        metric = stat.get("Metric") or {}
        query["metric"] = {**state_of(stat, _STAT), **state_of(metric, _NAMED), **_read_dimensions(metric)}
    return query


def put(aws: Aws, name: str, _old: Bag, new: Bag, **request: object) -> None:
    """Write the whole alarm: what is left out goes, and without a metric of thresholds there is a number."""
    threshold = {} if new.get("thresholdMetricId") else {"Threshold": float(new.get("threshold") or 0)}
    queries = (
        {"Metrics": [_query(query) for query in new["metricQueries"]]} if new.get("metricQueries") else {}
    )
    aws.client("cloudwatch").put_metric_alarm(
        **{**request_of(new, _METRIC), "AlarmName": name},
        ActionsEnabled=new["actionsEnabled"],
        **_dimensions(new.get("dimensions")),
        **threshold,
        **queries,
        **request,
    )


def tagged(new: Bag) -> Bag:
    """Return the tags argument of a new alarm; AWS ignores it for an existing one."""
    return {"Tags": tag_list(new["tagsAll"])} if new.get("tagsAll") else {}


def create(aws: Aws, new: Bag) -> str:
    """Create the alarm with its tags."""
    put(aws, new["name"], {}, new, **tagged(new))
    return str(new["name"])


def describe(aws: Aws, name: str, kind: str) -> Mapping[str, Any] | None:
    """Return an alarm of a kind, `MetricAlarm` or `CompositeAlarm`, or None if there is none of the name."""
    answer = aws.client("cloudwatch").describe_alarms(AlarmNames=[name], AlarmTypes=[kind])
    return next(iter(answer[f"{kind}s"]), None)


def common_state(aws: Aws, live: Mapping[str, Any]) -> Bag:
    """Return what all alarms have in common: ARN, whether actions are enabled, and tags."""
    tags = aws.client("cloudwatch").list_tags_for_resource(ResourceARN=live["AlarmArn"])["Tags"]
    return {"arn": live["AlarmArn"], "actionsEnabled": live["ActionsEnabled"], "tags": tag_map(tags)}


def read(aws: Aws, name: str) -> Bag | None:
    """Return the live state of the alarm."""
    live = describe(aws, name, "MetricAlarm")
    if live is None:
        return None
    return {
        **state_of(live, _METRIC),
        **common_state(aws, live),
        **_read_dimensions(live),
        "threshold": live.get("Threshold"),
        "treatMissingData": live.get("TreatMissingData") or "missing",
        "metricQueries": [_read_query(query) for query in live.get("Metrics") or []] or None,
    }


def delete(aws: Aws, name: str, _state: Bag) -> None:
    """Delete the alarm."""
    aws.client("cloudwatch").delete_alarms(AlarmNames=[name])


def retag(aws: Aws, _name: str, state: Bag, new_tags: dict[str, str], removed_keys: list[str]) -> None:
    """Change the alarm's tags."""
    if removed_keys:
        aws.client("cloudwatch").untag_resource(ResourceARN=state["arn"], TagKeys=removed_keys)
    if new_tags:
        aws.client("cloudwatch").tag_resource(ResourceARN=state["arn"], Tags=tag_list(new_tags))


MODELS = {
    "aws:cloudwatch/metricAlarm:MetricAlarm": Model(
        page="cloudwatch_metric_alarm",
        create=create,
        read=read,
        update=put,
        delete=delete,
        retag=retag,
        replaces=frozenset({"name", "region"}),
        defaults={"actionsEnabled": True, "treatMissingData": "missing", "metricQueries.returnData": False},
        computed=frozenset({"evaluateLowSampleCountPercentiles", "region"}),
        sets={**dict.fromkeys(ACTIONS.values(), ""), "metricQueries": "id"},
        refused=frozenset(
            {"evaluationCriteria", "evaluationInterval", "evaluationWindow", "warmUpConfiguration"}
        ),
        missing=frozenset({"ResourceNotFoundException"}),
    ),
}
