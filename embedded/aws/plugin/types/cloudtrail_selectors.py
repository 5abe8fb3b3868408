"""Event and insight selectors of CloudTrail trails."""

from typing import Any

from embedded.aws.plugin.shapes import inverse, pick
from embedded.aws.plugin.values import Bag

_FIELD = {
    "field": "Field",
    "endsWiths": "EndsWith",
    "equals": "Equals",
    "notEndsWiths": "NotEndsWith",
    "notEquals": "NotEquals",
    "notStartsWiths": "NotStartsWith",
    "startsWiths": "StartsWith",
}


_DATA = {"type": "Type", "values": "Values"}


_DEFAULT_SELECTOR = {"IncludeManagementEvents": True, "ReadWriteType": "All"}


def _advanced_request(selector: Bag) -> Bag:
    """Return an advanced selector in the form of the API."""
    fields = [
        {api: value for api, value in pick(field, _FIELD).items() if value}
        for field in selector["fieldSelectors"]
    ]
    return {"Name": selector.get("name") or "", "FieldSelectors": fields}


def _read_advanced(live: Bag) -> Bag:
    fields = [pick(field, inverse(_FIELD)) for field in live["FieldSelectors"]]
    return {"name": live.get("Name") or None, "fieldSelectors": fields}


def _classic_request(selector: Bag) -> Bag:
    """Return a selector in the form of the API; management events are included by default."""
    excluded = selector.get("excludeManagementEventSources")
    return {
        "IncludeManagementEvents": selector.get("includeManagementEvents", True),
        "ReadWriteType": selector.get("readWriteType") or "All",
        "DataResources": [pick(resource, _DATA) for resource in selector.get("dataResources") or []],
        **({"ExcludeManagementEventSources": excluded} if excluded else {}),
    }


def _read_classic(live: Bag) -> Bag:
    return {
        "includeManagementEvents": live.get("IncludeManagementEvents", True),
        "readWriteType": live.get("ReadWriteType") or "All",
        "dataResources": [pick(resource, inverse(_DATA)) for resource in live.get("DataResources") or []]
        or None,
        "excludeManagementEventSources": live.get("ExcludeManagementEventSources") or None,
    }


def _is_default(selectors: list[Bag]) -> bool:
    """Return whether these are the selectors of a new trail, as the provider judges it."""
    return len(selectors) == 1 and not (
        selectors[0].get("DataResources")
        or selectors[0].get("ExcludeManagementEventSources")
        or selectors[0].get("ReadWriteType") != "All"
    )


def put_selectors(client: Any, arn: str, old: Bag, new: Bag) -> None:  # noqa: ANN401 - a boto client
    """Put the event selectors that differ; without any, the trail returns to all management events.

    Args:
        client: A CloudTrail client of the trail's home region.
        arn: The trail's ARN.
        old: The trail's state.
        new: The program's inputs.
    """
    request: Bag = {}
    if new.get("advancedEventSelectors") and new["advancedEventSelectors"] != old.get(
        "advancedEventSelectors"
    ):
        request = {
            "AdvancedEventSelectors": [
                _advanced_request(selector) for selector in new["advancedEventSelectors"]
            ]
        }
    elif new.get("eventSelectors") and new["eventSelectors"] != old.get("eventSelectors"):
        request = {"EventSelectors": [_classic_request(selector) for selector in new["eventSelectors"]]}
    elif _has_selectors(old) and not _has_selectors(new):
        request = {"EventSelectors": [{**_DEFAULT_SELECTOR, "DataResources": []}]}
    if request:
        client.put_event_selectors(TrailName=arn, **request)


def _has_selectors(bag: Bag) -> bool:
    return bool(bag.get("advancedEventSelectors") or bag.get("eventSelectors"))


def read_selectors(client: Any, live: Bag) -> Bag:  # noqa: ANN401 - a boto client
    """Return the selectors of a trail in the form of a resource, where a program chose any.

    Args:
        client: A CloudTrail client of the trail's home region.
        live: The trail as DescribeTrails returns it.
    """
    selectors: Bag = {}
    if live.get("HasCustomEventSelectors"):
        answer = client.get_event_selectors(TrailName=live["TrailARN"])
        classic = answer.get("EventSelectors") or []
        selectors["eventSelectors"] = (
            None if _is_default(classic) else [_read_classic(selector) for selector in classic] or None
        )
        advanced = [_read_advanced(selector) for selector in answer.get("AdvancedEventSelectors") or []]
        selectors["advancedEventSelectors"] = advanced or None
    if live.get("HasInsightSelectors"):
        insights = client.get_insight_selectors(TrailName=live["TrailARN"])["InsightSelectors"]
        selectors["insightSelectors"] = [{"insightType": selector["InsightType"]} for selector in insights]
    return selectors
