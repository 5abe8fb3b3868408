"""Examples of the rules of `budgets`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_ALARMS = "arn:aws:sns:us-east-1:123456789012:alarms"
_AT_80 = {
    "comparisonOperator": "GREATER_THAN",
    "notificationType": "ACTUAL",
    "threshold": 80,
    "thresholdType": "PERCENTAGE",
}
_TOLD = {**_AT_80, "subscriberSnsTopicArns": [_ALARMS]}
_FORECAST = {**_TOLD, "notificationType": "FORECASTED", "threshold": 100}


def _budget(**props: object) -> Declared:
    value = {"budgetType": "COST", "limitAmount": "500", "limitUnit": "USD", "timeUnit": "MONTHLY"}
    return Declared("budgets/budget:Budget", {**value, **props}, name="monthly")


EXAMPLES = (
    Example(
        "budgets-budget-notification",
        good=case(_budget(notifications=[_TOLD, _FORECAST])),
        bad=case(_budget(notifications=[_AT_80, _FORECAST]), says="notifications[0] of monthly tells nobody"),
        missing=case(
            _budget(notifications=[_TOLD]),
            says="no notification of monthly tells somebody of FORECASTED costs",
        ),
        unknown=case(
            _budget(notifications=[{**_TOLD, "subscriberSnsTopicArns": [UNKNOWN]}, _FORECAST]),
        ),
        config=case(_budget(notifications=[_TOLD]), kinds=["ACTUAL"]),
    ),
)
