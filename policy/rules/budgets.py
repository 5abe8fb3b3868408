"""Rules about budgets: somebody is told."""

from collections.abc import Iterable

from policy.model import Bag, Finding, Resource, Rule
from policy.values import items, look

BUDGET = "aws:budgets/budget:Budget"
_SUBSCRIBERS = ("subscriberEmailAddresses", "subscriberSnsTopicArns")


def notified(budget: Resource, _settings: Bag) -> Iterable[Finding]:
    """A notification with a subscriber; who it is may be unknown."""
    given = items(budget.props.get("notifications"))
    if not any(look(one, name) for one in given for name in _SUBSCRIBERS):
        yield Finding(
            f"notifications of {budget.name} tell nobody when money runs out",
            'notifications=[{..., "threshold": 80, "subscriber_sns_topic_arns": ["<topic ARN>"]}]',
        )


RULES = (
    Rule(
        "budgets-budget-notification",
        "medium",
        (),
        "A budget tells somebody.",
        "Give a notification a subscriber: an address or a topic.",
        (BUDGET,),
        notified,
        reads=("notifications",),
        why="A budget stops nothing: without a subscriber, spending that runs away is seen on the bill "
        "of the month. https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html",
    ),
)
