"""Patches of moto's Budgets."""

import functools
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from moto.budgets.exceptions import NotFoundException
from moto.budgets.models import Budget, BudgetsBackend
from moto.budgets.responses import BudgetsResponse
from moto.utilities.tagging_service import TaggingService

if TYPE_CHECKING:
    from collections.abc import Callable


def _asked(response: BudgetsResponse, name: str) -> Any:  # noqa: ANN401 - a request's parameter
    return response._get_param(name)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - moto has no other way


def _named(response: BudgetsResponse, name: str) -> Budget:
    """A budget of the account that a request names."""
    budget = response.backend.budgets[_asked(response, "AccountId")].get(name)
    if budget is None:
        raise NotFoundException(f"Unable to get budget: {name} - the budget doesn't exist.")
    return budget


def begin_this_month() -> None:
    """A budget without a beginning begins with this month.

    AWS: Start is the first day of the current period unless it is given
    (docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_TimePeriod.html).
    moto: only where no end is given either.
    """
    begin: Callable[..., None] = Budget.__init__

    @functools.wraps(begin)
    def complete(self: Budget, budget: dict[str, Any], notifications: list[dict[str, Any]]) -> None:
        begin(self, budget, notifications)
        month = datetime.now(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        self.budget["TimePeriod"].setdefault("Start", month.timestamp())

    Budget.__init__ = complete


def change_budgets() -> None:
    """A budget can be changed.

    AWS: UpdateBudget writes the whole budget and leaves its notifications
    (docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_UpdateBudget.html).
    moto: it has no such operation.
    """

    def update_budget(self: BudgetsResponse) -> str:
        budget = _asked(self, "NewBudget")
        changed: Any = Budget(budget, [])
        _named(self, budget["BudgetName"]).budget = changed.budget
        return "{}"

    BudgetsResponse.update_budget = update_budget  # pyright: ignore[reportAttributeAccessIssue] - moto finds operations by name


def tell_subscribers() -> None:
    """A notification gives back whom it tells, and is one of a kind.

    AWS: DescribeSubscribersForNotification and DescribeNotificationsForBudget
    (docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_DescribeSubscribersForNotification.html);
    both say NotFoundException of what is not there.
    moto: the first is missing, the second fails on a budget that is not there.
    """
    describe: Callable[..., str] = BudgetsResponse.describe_notifications_for_budget

    def describe_subscribers_for_notification(self: BudgetsResponse) -> str:
        key = _key(_asked(self, "Notification"))
        notifications: list[Any] = [*_named(self, _asked(self, "BudgetName")).notifications]
        notification = next(
            (candidate for candidate in notifications if _key(candidate.details) == key), None
        )
        if notification is None:
            raise NotFoundException("Unable to get subscribers - the notification doesn't exist.")
        return json.dumps({"Subscribers": notification.subscribers, "NextToken": None})

    @functools.wraps(describe)
    def refuse(self: BudgetsResponse) -> str:
        _named(self, _asked(self, "BudgetName"))
        return describe(self)

    BudgetsResponse.describe_subscribers_for_notification = describe_subscribers_for_notification  # pyright: ignore[reportAttributeAccessIssue] - moto finds operations by name
    BudgetsResponse.describe_notifications_for_budget = refuse


def _key(notification: dict[str, Any]) -> tuple[object, ...]:
    """What tells a notification of a budget from the others; a percentage unless it says otherwise."""
    names = ("NotificationType", "ComparisonOperator", "Threshold")
    return (*(notification[name] for name in names), notification.get("ThresholdType", "PERCENTAGE"))


def keep_tags() -> None:
    """A budget has tags.

    AWS: CreateBudget, TagResource, UntagResource and ListTagsForResource
    (docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_TagResource.html).
    moto: it has none of them.
    """
    create: Callable[..., str] = BudgetsResponse.create_budget
    delete: Callable[..., None] = BudgetsBackend.delete_budget

    @functools.wraps(create)
    def tagged(self: BudgetsResponse) -> str:
        answer = create(self)
        arn = _arn(self.partition, _asked(self, "AccountId"), _asked(self, "Budget")["BudgetName"])
        _tagger(self.backend).tag_resource(arn, _asked(self, "ResourceTags") or [])
        return answer

    @functools.wraps(delete)
    def forget(self: BudgetsBackend, account_id: str, budget_name: str) -> None:
        delete(self, account_id, budget_name)
        _tagger(self).delete_all_tags_for_resource(_arn(self.partition, account_id, budget_name))

    def tag_resource(self: BudgetsResponse) -> str:
        _tagger(self.backend).tag_resource(_asked(self, "ResourceARN"), _asked(self, "ResourceTags"))
        return "{}"

    def untag_resource(self: BudgetsResponse) -> str:
        arn, keys = _asked(self, "ResourceARN"), _asked(self, "ResourceTagKeys")
        _tagger(self.backend).untag_resource_using_names(arn, keys)
        return "{}"

    def list_tags_for_resource(self: BudgetsResponse) -> str:
        tags = _tagger(self.backend).list_tags_for_resource(_asked(self, "ResourceARN"))
        return json.dumps({"ResourceTags": tags["Tags"]})

    BudgetsResponse.create_budget = tagged
    BudgetsBackend.delete_budget = forget
    BudgetsResponse.tag_resource = tag_resource  # pyright: ignore[reportAttributeAccessIssue] - moto finds operations by name
    BudgetsResponse.untag_resource = untag_resource  # pyright: ignore[reportAttributeAccessIssue] - as above
    BudgetsResponse.list_tags_for_resource = list_tags_for_resource  # pyright: ignore[reportAttributeAccessIssue] - as above


def _arn(partition: str, account: str, name: str) -> str:
    return f"arn:{partition}:budgets::{account}:budget/{name}"


def _tagger(backend: Any) -> TaggingService:  # noqa: ANN401 - moto's backend, with what is kept beside it
    """The tags of an account's budgets, which go with the rest when moto is reset."""
    if not hasattr(backend, "tagger"):
        backend.tagger = TaggingService()
    return backend.tagger
