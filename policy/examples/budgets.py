"""Examples of the rule about budgets."""

from policy.examples.model import UNKNOWN, Declared, Example, case

_ALARMS = "arn:aws:sns:us-east-1:123456789012:alarms"
_NOBODY = "notifications of monthly tell nobody when money runs out"
_AT_80 = {
    "comparisonOperator": "GREATER_THAN",
    "notificationType": "FORECASTED",
    "threshold": 80,
    "thresholdType": "PERCENTAGE",
}


def _budget(**props: object) -> Declared:
    given = {"budgetType": "COST", "limitAmount": "500", "limitUnit": "USD", "timeUnit": "MONTHLY"}
    return Declared("budgets/budget:Budget", {**given, **props}, name="monthly")


EXAMPLES = (
    Example(
        "budgets-budget-notification",
        good=case(_budget(notifications=[{**_AT_80, "subscriberSnsTopicArns": [_ALARMS]}])),
        bad=case(_budget(notifications=[_AT_80]), says=_NOBODY),
        missing=case(_budget(), says=_NOBODY),
        unknown=case(_budget(notifications=[{**_AT_80, "subscriberSnsTopicArns": [UNKNOWN]}])),
    ),
)
