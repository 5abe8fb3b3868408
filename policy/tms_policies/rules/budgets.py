"""Rules about budgets: somebody is told, of what is spent and of what is going to be.

https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-best-practices.html
"""

from collections.abc import Iterable, Iterator

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.registry import rule
from tms_policies.values import items, look, shown, unproven

BUDGET = "aws:budgets/budget:Budget"
_SUBSCRIBERS = ("subscriberEmailAddresses", "subscriberSnsTopicArns")
_FORECAST = "FORECASTED"
_KINDS = ("ACTUAL", _FORECAST)
_FORECAST_TYPES = ("COST", "USAGE")


@rule(
    "budgets-budget-notification",
    severity="medium",
    types=(BUDGET,),
    reads=("notifications",),
    settings={
        "kinds": {
            "type": "array",
            "items": {"type": "string", "enum": list(_KINDS)},
            "default": list(_KINDS),
            "description": "Types of notification that a budget needs; a daily budget and one of "
            "reservations has no forecast",
        }
    },
    remedy="Give the budget a notification of each type, ACTUAL and FORECASTED, each with a subscriber.",
    why="A budget stops nothing: without a subscriber, spending that runs away is seen on the bill of "
    "the month. A forecast tells while there is time, but needs about five weeks of usage before it "
    "tells anything; actual costs tell for sure, and only once they are spent. "
    "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-best-practices.html",
)
def notified(budget: Resource, settings: Bag) -> Iterable[Finding]:
    """A budget tells somebody when money is spent and when it is going to be."""
    value = budget.props.get("notifications")
    if isinstance(value, Unknown):
        yield unproven(value, f"notifications of {budget.name} must tell somebody")
        return
    told: list[object] = []
    for index, item in enumerate(items(value)):
        if any(look(item, name) for name in _SUBSCRIBERS):
            told.append(look(item, "notificationType"))
        elif not isinstance(item, Unknown):
            yield Finding(f"notifications[{index}] of {budget.name} tells nobody", _line(_KINDS[0]))
    for kind in _asked(budget, settings["kinds"]):
        hidden = next((item for item in told if isinstance(item, Unknown)), None)
        if kind not in told and hidden:
            yield unproven(hidden, f"notifications of {budget.name} must have one of the type {kind}")
        elif kind not in told:
            yield Finding(f"no notification of {budget.name} tells somebody of {kind} costs", _line(kind))


def _asked(budget: Resource, kinds: Iterable[object]) -> Iterator[str]:
    """Yield the kinds that are asked for and that AWS has for such a budget."""
    forecast = budget.props.get("budgetType") in _FORECAST_TYPES and budget.props.get("timeUnit") != "DAILY"
    yield from (str(kind) for kind in kinds if kind != _FORECAST or forecast)


def _line(kind: str) -> str:
    return (
        f'notifications=[{{..., "notification_type": {shown(kind)}, "threshold": 80, '
        '"subscriber_sns_topic_arns": ["<topic ARN>"]}]'
    )
