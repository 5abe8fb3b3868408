"""Metric filters of log groups.

A metric filter's id is its import id; the published provider keeps the filter's name alone in the state,
which does not name the group.
"""

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.shapes import pick
from embedded.aws.plugin.types.logs import GONE
from embedded.aws.plugin.values import Bag

_NO_UNIT = "None"


_TRANSFORMATION = {
    "metricName": "name",
    "metricNamespace": "namespace",
    "metricValue": "value",
    "unit": "unit",
}


def same_pattern(first: str, second: str) -> bool:
    """Return whether two filter patterns match the same events; the provider strips spaces around them.

    Args:
        first: A filter pattern.
        second: A filter pattern.

    Returns:
        True when they find the same events.
    """
    return first.strip() == second.strip()


def _number(value: float) -> str:
    """Return a number as text, as the provider writes it: whole ones without a point."""
    return str(int(value)) if float(value).is_integer() else str(value)


def _key(filter_id: str) -> dict[str, str]:
    group, _, name = filter_id.partition(":")
    return {"logGroupName": group, "filterName": name}


def put_filter(aws: Aws, filter_id: str, _old: Bag, new: Bag) -> None:
    """Write the whole filter: what is left out goes."""
    transformation = new["metricTransformation"]
    request: Bag = {
        api: transformation[name] for api, name in _TRANSFORMATION.items() if transformation.get(name)
    }
    request["unit"] = transformation.get("unit") or _NO_UNIT
    if transformation.get("defaultValue"):
        request["defaultValue"] = float(transformation["defaultValue"])
    if transformation.get("dimensions"):
        request["dimensions"] = transformation["dimensions"]
    aws.client("logs").put_metric_filter(
        **_key(filter_id),
        filterPattern=new["pattern"].strip(),
        metricTransformations=[request],
        **pick(new, {"applyOnTransformedLogs": "applyOnTransformedLogs"}),
    )


def create_filter(aws: Aws, new: Bag) -> str:
    """Add the filter to its group."""
    filter_id = f"{new['logGroupName']}:{new['name']}"
    put_filter(aws, filter_id, {}, new)
    return filter_id


def read_filter(aws: Aws, filter_id: str) -> Bag | None:
    """Return the live state of the filter; AWS searches filters by prefix."""
    key = _key(filter_id)
    pages = (
        aws.client("logs")
        .get_paginator("describe_metric_filters")
        .paginate(logGroupName=key["logGroupName"], filterNamePrefix=key["filterName"])
    )
    filters = (metric_filter for page in pages for metric_filter in page["metricFilters"])
    live = next(
        (metric_filter for metric_filter in filters if metric_filter["filterName"] == key["filterName"]), None
    )
    if live is None:
        return None
    transformation = live["metricTransformations"][0]
    default = transformation.get("defaultValue")
    return {
        "logGroupName": live["logGroupName"],
        "name": live["filterName"],
        "pattern": live.get("filterPattern", ""),
        "applyOnTransformedLogs": live.get("applyOnTransformedLogs", False),
        "metricTransformation": {
            **pick(transformation, {**_TRANSFORMATION, "dimensions": "dimensions"}),
            **({} if default is None else {"defaultValue": _number(default)}),
        },
    }


def delete_filter(aws: Aws, filter_id: str, _state: Bag) -> None:
    """Take the filter off its group."""
    aws.client("logs").delete_metric_filter(**_key(filter_id))


MODELS = {
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": Model(
        page="cloudwatch_log_metric_filter",
        create=create_filter,
        read=read_filter,
        update=put_filter,
        delete=delete_filter,
        replaces=frozenset({"name", "logGroupName", "region"}),
        defaults={"metricTransformation.unit": _NO_UNIT},
        computed=frozenset({"applyOnTransformedLogs", "region"}),
        texts={"pattern": same_pattern},
        missing=GONE,
    ),
}
