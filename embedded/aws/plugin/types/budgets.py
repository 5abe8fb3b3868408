"""Budgets: amount, period and filters."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.shapes import inverse, pick, tag_list, tag_map
from embedded.aws.plugin.types.budget_notifications import (
    budget_key,
    put_notifications,
    read_notification,
    with_sorted_notifications,
)
from embedded.aws.plugin.types.cost_expressions import BUDGET, expand, flatten
from embedded.aws.plugin.values import Bag

_GONE = frozenset({"NotFoundException"})
_TIME = "%Y-%m-%d_%H:%M"
_PLAIN = {"budgetType": "BudgetType", "timeUnit": "TimeUnit", "billingViewArn": "BillingViewArn"}
_COUNTED = {
    f"include{name}": f"Include{name}"
    for name in (
        "Credit",
        "Discount",
        "OtherSubscription",
        "Recurring",
        "Refund",
        "Subscription",
        "Support",
        "Tax",
        "Upfront",
    )
}
_COSTS = {**_COUNTED, "useAmortized": "UseAmortized", "useBlended": "UseBlended"}


def _same_amount(first: str, second: str) -> bool:
    """Return whether two texts are the same number: AWS gives `100.0` for `100`."""
    try:
        return Decimal(first) == Decimal(second)
    except InvalidOperation:
        return first == second


def _arn(aws: Aws, budget_id: str) -> str:
    account, _, name = budget_id.partition(":")
    return f"arn:{aws.partition}:budgets::{account}:budget/{name}"


def _moment(text: str) -> datetime:
    return datetime.strptime(text, _TIME).replace(tzinfo=UTC)


def _budget(new: Bag) -> Bag:
    """Return the budget without its notifications, in the form of the API."""
    period = {"Start": new.get("timePeriodStart"), "End": new["timePeriodEnd"]}
    budget: Bag = {
        "BudgetName": new["name"],
        **pick(new, _PLAIN),
        "TimePeriod": {name: _moment(text) for name, text in period.items() if text},
    }
    if new.get("plannedLimits"):
        budget["PlannedBudgetLimits"] = {
            str(int(_moment(one["startTime"]).timestamp())): {"Amount": one["amount"], "Unit": one["unit"]}
            for one in new["plannedLimits"]
        }
    elif new.get("limitAmount") and new.get("limitUnit"):
        budget["BudgetLimit"] = {"Amount": new["limitAmount"], "Unit": new["limitUnit"]}
    if new.get("costFilters"):
        budget["CostFilters"] = {one["name"]: one["values"] for one in new["costFilters"]}
    if new.get("costTypes"):
        chosen = {**dict.fromkeys(_COUNTED, True), **new["costTypes"]}
        budget["CostTypes"] = {api: chosen.get(name, False) for name, api in _COSTS.items()}
    if new.get("filterExpression"):
        budget["FilterExpression"] = expand(new["filterExpression"], BUDGET)
    if new.get("metrics"):
        budget["Metrics"] = [new["metrics"]]
    return budget


def create(aws: Aws, new: Bag) -> str:
    """Create the budget; its notifications follow in `settle`."""
    account = new.get("accountId") or aws.account
    aws.client("budgets").create_budget(
        AccountId=account, Budget=_budget(new), ResourceTags=tag_list(new.get("tagsAll") or {})
    )
    return f"{account}:{new['name']}"


def update(aws: Aws, budget_id: str, old: Bag, new: Bag) -> None:
    """Write the whole budget, and the notifications that differ."""
    computed = ("timePeriodStart", "costFilters", "costTypes", "limitAmount", "limitUnit")
    chosen = {name: old[name] for name in computed if old.get(name)}
    key = budget_key(budget_id)
    budget = _budget({**chosen, **new, "name": key["BudgetName"]})
    aws.client("budgets").update_budget(AccountId=key["AccountId"], NewBudget=budget)
    put_notifications(aws, budget_id, old, new)


def _read_limits(live: Bag) -> Bag:
    limit = live.get("BudgetLimit") or {}
    planned = [
        {"startTime": f"{datetime.fromtimestamp(int(start), UTC):{_TIME}}", **_amount(spend)}
        for start, spend in sorted((live.get("PlannedBudgetLimits") or {}).items())
    ]
    return {
        **pick(limit, {"Amount": "limitAmount", "Unit": "limitUnit"}),
        "plannedLimits": planned or None,
    }


def _amount(spend: Bag) -> Bag:
    return pick(spend, {"Amount": "amount", "Unit": "unit"})


def read(aws: Aws, budget_id: str) -> Bag | None:
    """Return the live state of the budget."""
    client, key = aws.client("budgets"), budget_key(budget_id)
    live: Bag = client.describe_budget(**key)["Budget"]
    notifications = client.describe_notifications_for_budget(**key).get("Notifications") or []
    tagged = client.list_tags_for_resource(ResourceARN=_arn(aws, budget_id)).get("ResourceTags") or []
    filters = live.get("CostFilters") or {}
    return {
        **pick(live, inverse(_PLAIN)),
        **_read_limits(live),
        "accountId": key["AccountId"],
        "arn": _arn(aws, budget_id),
        "name": live["BudgetName"],
        "costFilters": [{"name": name, "values": values} for name, values in sorted(filters.items())],
        "costTypes": pick(live.get("CostTypes") or {}, inverse(_COSTS)) or None,
        "filterExpression": flatten(live["FilterExpression"], BUDGET)
        if live.get("FilterExpression")
        else None,
        "metrics": next(iter(live.get("Metrics") or ()), None),
        "timePeriodStart": f"{live['TimePeriod']['Start'].astimezone(UTC):{_TIME}}",
        "timePeriodEnd": f"{live['TimePeriod']['End'].astimezone(UTC):{_TIME}}",
        "notifications": [read_notification(client, key, notification) for notification in notifications]
        or None,
        "tags": tag_map(tagged),
    }


def delete(aws: Aws, budget_id: str, _state: Bag) -> None:
    """Delete the budget with its notifications."""
    aws.client("budgets").delete_budget(**budget_key(budget_id))


def retag(aws: Aws, budget_id: str, _state: Bag, new_tags: dict[str, str], removed_keys: list[str]) -> None:
    """Change the budget's tags."""
    client, arn = aws.client("budgets"), _arn(aws, budget_id)
    if removed_keys:
        client.untag_resource(ResourceARN=arn, ResourceTagKeys=removed_keys)
    if new_tags:
        client.tag_resource(ResourceARN=arn, ResourceTags=tag_list(new_tags))


MODELS = {
    "aws:budgets/budget:Budget": Model(
        page="budgets_budget",
        create=create,
        settle=put_notifications,
        read=read,
        update=update,
        delete=delete,
        retag=retag,
        replaces=frozenset({"accountId", "name", "namePrefix"}),
        defaults={
            "timePeriodEnd": "2087-06-15_00:00",
            **{f"costTypes.{name}": True for name in _COUNTED},
            "costTypes.useAmortized": False,
            "costTypes.useBlended": False,
        },
        computed=frozenset(
            {
                "accountId",
                "costFilters",
                "costTypes",
                "limitAmount",
                "limitUnit",
                "name",
                "namePrefix",
                "timePeriodStart",
            }
        ),
        texts={"limitAmount": _same_amount, "plannedLimits.amount": _same_amount},
        sets={"costFilters": "name", "plannedLimits": "startTime"},
        refused=frozenset({"autoAdjustData"}),  # it is made of what was spent, and nothing is spent here
        missing=_GONE,
        canonical=with_sorted_notifications,
    ),
}
