"""Notifications of budgets, and their subscribers."""

from typing import Any, cast

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.errors import RefusedError
from embedded.aws.plugin.shapes import inverse, pick
from embedded.aws.plugin.values import Bag, contains_unknown

_NOTIFICATION = {
    "comparisonOperator": "ComparisonOperator",
    "notificationType": "NotificationType",
    "threshold": "Threshold",
    "thresholdType": "ThresholdType",
}


_SUBSCRIBERS = {"subscriberEmailAddresses": "EMAIL", "subscriberSnsTopicArns": "SNS"}


def budget_key(budget_id: str) -> Bag:
    """Return account and name of a budget's id, as the API's arguments."""
    account, _, name = budget_id.partition(":")
    return {"AccountId": account, "BudgetName": name}


def _request(notification: Bag) -> Bag:
    return {**pick(notification, _NOTIFICATION), "Threshold": float(notification["threshold"])}


def _canonical_set(old: Bag | None) -> set[str]:
    return {
        repr(_canonical_notification(notification)) for notification in (old or {}).get("notifications") or []
    }


def put_notifications(aws: Aws, budget_id: str, old: Bag, new: Bag) -> None:
    """Delete the notifications that differ, and create those that are new.

    Raises:
        RefusedError: A notification has no subscriber, which the provider refuses.
    """
    client, key = aws.client("budgets"), budget_key(budget_id)
    current, desired = _canonical_set(old), _canonical_set(new)
    for notification in old.get("notifications") or []:
        if repr(_canonical_notification(notification)) not in desired:
            client.delete_notification(**key, Notification=_request(notification))
    for notification in new.get("notifications") or []:
        if repr(_canonical_notification(notification)) not in current:
            subscribers = [
                {"SubscriptionType": kind, "Address": address}
                for name, kind in _SUBSCRIBERS.items()
                for address in notification.get(name) or []
            ]
            if not subscribers:
                raise RefusedError("Budget notification must have at least one subscriber")
            client.create_notification(**key, Notification=_request(notification), Subscribers=subscribers)


def read_notification(client: Any, key: Bag, live: Bag) -> Bag:  # noqa: ANN401 - a boto client
    """Return a notification with its subscribers; AWS leaves out the threshold type PERCENTAGE."""
    notification = pick(live, {name: name for name in _NOTIFICATION.values()})
    subscribers = client.describe_subscribers_for_notification(**key, Notification=notification)[
        "Subscribers"
    ]
    by_kind = {
        name: [subscriber["Address"] for subscriber in subscribers if subscriber["SubscriptionType"] == kind]
        for name, kind in _SUBSCRIBERS.items()
    }
    return {"thresholdType": "PERCENTAGE", **pick(live, inverse(_NOTIFICATION)), **by_kind}


def _canonical_notification(notification: Bag) -> Bag:
    """Return a notification in one form: subscribers sorted, the threshold as a float."""
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


def with_sorted_notifications(bag: Bag) -> Bag:
    """Return a budget with sorted notifications: they are a set without keys.

    Args:
        bag: Inputs or state.

    Returns:
        The bag with sorted notifications.
    """
    notifications: object = bag.get("notifications")
    if not isinstance(notifications, list) or contains_unknown(notifications):
        return bag
    ordered = [_canonical_notification(notification) for notification in cast("list[Bag]", notifications)]
    return {**bag, "notifications": sorted(ordered, key=repr)}
