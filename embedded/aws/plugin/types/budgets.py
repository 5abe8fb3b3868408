"""Budgets with their notifications."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.errors import RefusedError
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.shapes import inverse, pick, tag_list, tag_map
from embedded.aws.plugin.types.cost_expressions import BUDGET, expand, flatten
from embedded.aws.plugin.values import Bag, contains_unknown

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
_NOTICE = {
    "comparisonOperator": "ComparisonOperator",
    "notificationType": "NotificationType",
    "threshold": "Threshold",
    "thresholdType": "ThresholdType",
}
_SUBSCRIBERS = {"subscriberEmailAddresses": "EMAIL", "subscriberSnsTopicArns": "SNS"}


def _same_amount(first: str, second: str) -> bool:
    """Whether two texts are the same number: AWS gives `100.0` for `100`."""
    try:
        return Decimal(first) == Decimal(second)
    except InvalidOperation:
        return first == second


def _named(budget_id: str) -> Bag:
    """Account and name out of an id."""
    account, _, name = budget_id.partition(":")
    return {"AccountId": account, "BudgetName": name}


def _arn(aws: Aws, budget_id: str) -> str:
    account, _, name = budget_id.partition(":")
    return f"arn:{aws.partition}:budgets::{account}:budget/{name}"


def _moment(text: str) -> datetime:
    return datetime.strptime(text, _TIME).replace(tzinfo=UTC)


def _budget(new: Bag) -> Bag:
    """The budget without its notifications, as AWS wants it."""
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


def _notice(notification: Bag) -> Bag:
    return {**pick(notification, _NOTICE), "Threshold": float(notification["threshold"])}


def _kept(old: Bag | None) -> set[str]:
    return {repr(_canonical_notice(notification)) for notification in (old or {}).get("notifications") or []}


def _put_notices(aws: Aws, budget_id: str, old: Bag, new: Bag) -> None:
    """Take away the notifications that differ, and make those that are new.

    Raises:
        RefusedError: A notification tells nobody, as the provider refuses it.
    """
    client, key = aws.client("budgets"), _named(budget_id)
    current, desired = _kept(old), _kept(new)
    for notification in old.get("notifications") or []:
        if repr(_canonical_notice(notification)) not in desired:
            client.delete_notification(**key, Notification=_notice(notification))
    for notification in new.get("notifications") or []:
        if repr(_canonical_notice(notification)) not in current:
            subscribers = [
                {"SubscriptionType": kind, "Address": address}
                for name, kind in _SUBSCRIBERS.items()
                for address in notification.get(name) or []
            ]
            if not subscribers:
                raise RefusedError("Budget notification must have at least one subscriber")
            client.create_notification(**key, Notification=_notice(notification), Subscribers=subscribers)


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
    key = _named(budget_id)
    budget = _budget({**chosen, **new, "name": key["BudgetName"]})
    aws.client("budgets").update_budget(AccountId=key["AccountId"], NewBudget=budget)
    _put_notices(aws, budget_id, old, new)


def _read_notice(client: Any, key: Bag, live: Bag) -> Bag:  # noqa: ANN401 - a boto client
    """A notification with those whom it tells; AWS leaves the type of a percentage out."""
    notification = pick(live, {name: name for name in _NOTICE.values()})
    subscribers = client.describe_subscribers_for_notification(**key, Notification=notification)[
        "Subscribers"
    ]
    by_kind = {
        name: [subscriber["Address"] for subscriber in subscribers if subscriber["SubscriptionType"] == kind]
        for name, kind in _SUBSCRIBERS.items()
    }
    return {"thresholdType": "PERCENTAGE", **pick(live, inverse(_NOTICE)), **by_kind}


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
    """The budget as it is."""
    client, key = aws.client("budgets"), _named(budget_id)
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
        "notifications": [_read_notice(client, key, notification) for notification in notifications] or None,
        "tags": tag_map(tagged),
    }


def delete(aws: Aws, budget_id: str, _state: Bag) -> None:
    """Delete the budget with its notifications."""
    aws.client("budgets").delete_budget(**_named(budget_id))


def retag(aws: Aws, budget_id: str, _state: Bag, new_tags: dict[str, str], removed_keys: list[str]) -> None:
    """Change the budget's tags."""
    client, arn = aws.client("budgets"), _arn(aws, budget_id)
    if removed_keys:
        client.untag_resource(ResourceARN=arn, ResourceTagKeys=removed_keys)
    if new_tags:
        client.tag_resource(ResourceARN=arn, ResourceTags=tag_list(new_tags))


def _canonical_notice(notification: Bag) -> Bag:
    """A notification in one form: who is told in order, and a threshold that is a fraction."""
    canonical_form = {
        name: notification[name] for name in sorted(notification) if notification[name] not in (None, [])
    }
    canonical_form |= {
        name: sorted(canonical_form[name])
        for name in _SUBSCRIBERS
        if isinstance(canonical_form.get(name), list)
    }
    threshold = canonical_form.get("threshold")
    return {**canonical_form, "threshold": float(threshold)} if isinstance(threshold, int) else canonical_form


def canonical(bag: Bag) -> Bag:
    """A budget with its notifications in one order; they are a set without a name for each.

    Args:
        bag: Inputs or state.

    Returns:
        The bag with sorted notifications.
    """
    notifications: object = bag.get("notifications")
    if not isinstance(notifications, list) or contains_unknown(notifications):
        return bag
    ordered = [_canonical_notice(notification) for notification in cast("list[Bag]", notifications)]
    return {**bag, "notifications": sorted(ordered, key=repr)}


MODELS = {
    "aws:budgets/budget:Budget": Model(
        page="budgets_budget",
        create=create,
        settle=_put_notices,
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
        canonical=canonical,
    ),
}
