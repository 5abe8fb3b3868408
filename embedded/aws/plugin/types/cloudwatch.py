"""CloudWatch alarms, alone and composed of others, and dashboards."""

from collections.abc import Mapping
from typing import Any

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.diffing import is_zero
from embedded.aws.plugin.model import Json, Model
from embedded.aws.plugin.shapes import inverse, pick, tag_list, tag_map
from embedded.aws.plugin.values import Bag

_ACTIONS = {
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
    **_ACTIONS,
}
_COMPOSITE = {
    "AlarmName": "alarmName",
    "AlarmDescription": "alarmDescription",
    "AlarmRule": "alarmRule",
    **_ACTIONS,
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
_SUPPRESSOR = {
    "ActionsSuppressor": "alarm",
    "ActionsSuppressorExtensionPeriod": "extensionPeriod",
    "ActionsSuppressorWaitPeriod": "waitPeriod",
}


def _given(new: Bag, names: Mapping[str, str]) -> Bag:
    """What a request holds; what says nothing is left out, as the provider leaves it out."""
    return {api: new[name] for api, name in names.items() if not is_zero(new.get(name))}


def _live(answer: Mapping[str, Any], names: Mapping[str, str]) -> Bag:
    """What an answer holds, without empty lists."""
    return {name: value for name, value in pick(answer, names).items() if not is_zero(value)}


def _dimensions(dimensions: Mapping[str, str] | None) -> Bag:
    pairs = [{"Name": name, "Value": value} for name, value in (dimensions or {}).items()]
    return {"Dimensions": pairs} if pairs else {}


def _read_dimensions(live: Mapping[str, Any]) -> Bag:
    dimensions = {pair["Name"]: pair["Value"] for pair in live.get("Dimensions") or []}
    return {"dimensions": dimensions} if dimensions else {}


def _query(query: Bag) -> Bag:
    """One metric or expression of an alarm in the API's form."""
    request = {**_given(query, _QUERY), "ReturnData": bool(query.get("returnData"))}
    metric = query.get("metric")
    if metric:
        metric_name = {**_given(metric, _NAMED), **_dimensions(metric.get("dimensions"))}
        request["MetricStat"] = {**_given(metric, _STAT), "Metric": metric_name}
    return request


def _read_query(live: Bag) -> Bag:
    query = {**_live(live, _QUERY), "returnData": bool(live.get("ReturnData"))}
    stat = live.get("MetricStat")
    if stat:
        metric = stat.get("Metric") or {}
        query["metric"] = {**_live(stat, _STAT), **_live(metric, _NAMED), **_read_dimensions(metric)}
    return query


def put(aws: Aws, name: str, _old: Bag, new: Bag, **request: object) -> None:
    """Write the whole alarm: what is left out goes, and without a metric of thresholds there is a number."""
    threshold = {} if new.get("thresholdMetricId") else {"Threshold": float(new.get("threshold") or 0)}
    queries = (
        {"Metrics": [_query(query) for query in new["metricQueries"]]} if new.get("metricQueries") else {}
    )
    aws.client("cloudwatch").put_metric_alarm(
        **{**_given(new, _METRIC), "AlarmName": name},
        ActionsEnabled=new["actionsEnabled"],
        **_dimensions(new.get("dimensions")),
        **threshold,
        **queries,
        **request,
    )


def _tagged(new: Bag) -> Bag:
    """Tags of a new alarm; AWS does not look at those of one that is there already."""
    return {"Tags": tag_list(new["tagsAll"])} if new.get("tagsAll") else {}


def create(aws: Aws, new: Bag) -> str:
    """Create the alarm with its tags."""
    put(aws, new["name"], {}, new, **_tagged(new))
    return str(new["name"])


def _described(aws: Aws, name: str, kind: str) -> Mapping[str, Any] | None:
    answer = aws.client("cloudwatch").describe_alarms(AlarmNames=[name], AlarmTypes=[kind])
    return next(iter(answer[f"{kind}s"]), None)


def _common(aws: Aws, live: Mapping[str, Any]) -> Bag:
    tags = aws.client("cloudwatch").list_tags_for_resource(ResourceARN=live["AlarmArn"])["Tags"]
    return {"arn": live["AlarmArn"], "actionsEnabled": live["ActionsEnabled"], "tags": tag_map(tags)}


def read(aws: Aws, name: str) -> Bag | None:
    """The alarm as it is."""
    live = _described(aws, name, "MetricAlarm")
    if live is None:
        return None
    return {
        **_live(live, _METRIC),
        **_common(aws, live),
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


def put_composite(aws: Aws, name: str, _old: Bag, new: Bag, **request: object) -> None:
    """Write the whole alarm: what is left out goes."""
    aws.client("cloudwatch").put_composite_alarm(
        **{**_given(new, _COMPOSITE), "AlarmName": name},
        ActionsEnabled=new["actionsEnabled"],
        **pick(new.get("actionsSuppressor") or {}, inverse(_SUPPRESSOR)),
        **request,
    )


def create_composite(aws: Aws, new: Bag) -> str:
    """Create the alarm with its tags."""
    put_composite(aws, new["alarmName"], {}, new, **_tagged(new))
    return str(new["alarmName"])


def read_composite(aws: Aws, name: str) -> Bag | None:
    """The alarm as it is."""
    live = _described(aws, name, "CompositeAlarm")
    if live is None:
        return None
    suppressor = pick(live, _SUPPRESSOR) if live.get("ActionsSuppressor") else None
    return {**_live(live, _COMPOSITE), **_common(aws, live), "actionsSuppressor": suppressor}


def put_dashboard(aws: Aws, name: str, _old: Bag, new: Bag) -> None:
    """Write the dashboard."""
    aws.client("cloudwatch").put_dashboard(DashboardName=name, DashboardBody=new["dashboardBody"])


def create_dashboard(aws: Aws, new: Bag) -> str:
    """Create the dashboard."""
    put_dashboard(aws, new["dashboardName"], {}, new)
    return str(new["dashboardName"])


def read_dashboard(aws: Aws, name: str) -> Bag | None:
    """The dashboard as it is."""
    names = {
        "DashboardArn": "dashboardArn",
        "DashboardBody": "dashboardBody",
        "DashboardName": "dashboardName",
    }
    return pick(aws.client("cloudwatch").get_dashboard(DashboardName=name), names)


def delete_dashboard(aws: Aws, name: str, _state: Bag) -> None:
    """Delete the dashboard."""
    aws.client("cloudwatch").delete_dashboards(DashboardNames=[name])


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
        sets={**dict.fromkeys(_ACTIONS.values(), ""), "metricQueries": "id"},
        refused=frozenset(
            {"evaluationCriteria", "evaluationInterval", "evaluationWindow", "warmUpConfiguration"}
        ),
        missing=frozenset({"ResourceNotFoundException"}),
    ),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": Model(
        page="cloudwatch_composite_alarm",
        create=create_composite,
        read=read_composite,
        update=put_composite,
        delete=delete,
        retag=retag,
        replaces=frozenset({"alarmName", "actionsEnabled", "region"}),
        defaults={"actionsEnabled": True},
        computed=frozenset({"region"}),
        sets=dict.fromkeys(_ACTIONS.values(), ""),
        missing=frozenset({"ResourceNotFound", "ResourceNotFoundException"}),
        name="alarmName",
    ),
    "aws:cloudwatch/dashboard:Dashboard": Model(
        page="cloudwatch_dashboard",
        create=create_dashboard,
        read=read_dashboard,
        update=put_dashboard,
        delete=delete_dashboard,
        replaces=frozenset({"dashboardName", "region"}),
        computed=frozenset({"region"}),
        texts={"dashboardBody": Json},
        missing=frozenset({"ResourceNotFound", "DashboardNotFoundError"}),
        name="dashboardName",
    ),
}
