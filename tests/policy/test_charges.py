"""Alarms on charges, which read the month so far, and budgets that tell of both kinds of costs."""

from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check

RULE = "cloudwatch-alarm-monthly-charges"
BUDGET = "budgets-budget-notification"
NOT_PROVEN = "cannot be proven at preview"
USD = {"Currency": "USD"}


def charges(name: str, threshold: object, **changed: object) -> Declared:
    props = {
        "namespace": "AWS/Billing",
        "metricName": "EstimatedCharges",
        "dimensions": USD,
        "statistic": "Maximum",
        "period": 21600,
        "comparisonOperator": "GreaterThanThreshold",
        "threshold": threshold,
    }
    return Declared("cloudwatch/metricAlarm:MetricAlarm", {**props, **changed}, name)


def budget(**changed: object) -> Declared:
    props = {"budgetType": "COST", "timeUnit": "MONTHLY", "limitUnit": "USD", "limitAmount": "500"}
    return Declared("budgets/budget:Budget", {**props, **changed}, "monthly")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, None),
        ({"period": 86400}, None),
        ({"region": "us-east-1"}, None),
        ({"region": "eu-west-1"}, "region of bell is 'eu-west-1', not 'us-east-1'"),
        ({"region": UNKNOWN}, NOT_PROVEN),
        ({"statistic": "Sum"}, "statistic of bell is 'Sum', not 'Maximum'"),
        ({"statistic": None}, "statistic of bell is missing"),
        ({"statistic": UNKNOWN}, NOT_PROVEN),
        ({"period": 3600}, "period of bell is 3600, shorter than charges take to come: 21600"),
        ({"period": None}, "period of bell is missing"),
        ({"period": UNKNOWN}, NOT_PROVEN),
        ({"threshold": UNKNOWN}, NOT_PROVEN),
        ({"namespace": "Own", "statistic": "Sum", "period": 60}, None),
    ],
)
def test_the_months_figure_is_read_as_it_is_made(changed: dict[str, Any], expected: str | None) -> None:
    props = {"threshold": 500, **changed}
    check(RULE, expected, charges("bell", props.pop("threshold"), **props))


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ((), None),
        ((charges("total", 500),), "threshold of daily is 16.67, a day's share of the 500 of total"),
        ((charges("total", 400),), None),
        ((charges("s3", 500, dimensions={**USD, "ServiceName": "AmazonS3"}),), None),
        ((budget(),), "a day's share of the 500 of monthly"),
        ((budget(limitAmount="400"),), None),
        ((budget(timeUnit="DAILY"),), None),
        ((budget(budgetType="USAGE"),), None),
        ((budget(limitUnit="EUR"),), None),
        ((budget(costFilters=[{"name": "Service", "values": ["AmazonS3"]}]),), None),
        ((budget(limitAmount=UNKNOWN),), None),
    ],
)
def test_a_days_share_of_a_months_limit_is_no_months_limit(
    limits: tuple[Declared, ...], expected: str | None
) -> None:
    check(RULE, expected, charges("daily", 16.67), *limits)


def test_an_alarm_on_little_spending_is_no_limit_of_a_day() -> None:
    falls = charges("idle", 1, comparisonOperator="LessThanThreshold")
    check(RULE, None, falls, charges("total", 500))


def test_a_days_charges_are_the_growth_of_the_months() -> None:
    metric = {
        "namespace": "AWS/Billing",
        "metricName": "EstimatedCharges",
        "dimensions": USD,
        "period": 86400,
    }
    queries = [
        {"id": "day", "expression": "RATE(m1)*86400"},
        {"id": "m1", "metric": {**metric, "stat": "Maximum"}},
    ]
    daily = Declared(
        "cloudwatch/metricAlarm:MetricAlarm",
        {"metricQueries": queries, "threshold": 16.67, "comparisonOperator": "GreaterThanThreshold"},
        "daily",
    )
    check(RULE, None, daily, charges("total", 500), budget())
    queries[1] = {"id": "m1", "metric": {**metric, "stat": "Sum"}}
    check(RULE, "metricQueries[1].metric.stat of daily is 'Sum'", daily)


@pytest.mark.parametrize(
    ("service", "expected"), [("AmazonS3", "threshold of bell is 50, and 60 is what"), ("AmazonSNS", None)]
)
def test_what_a_month_costs_at_least_is_a_setting(service: str, expected: str | None) -> None:
    bell = charges("bell", 50, dimensions={**USD, "ServiceName": service})
    check(RULE, expected, bell, config={"monthlyMinimum": {"AmazonS3": 60}})
    check(RULE, "and 60 is what", charges("bell", 50), config={"monthlyMinimum": {"total": 60}})


ACTUAL = {"notificationType": "ACTUAL", "subscriberEmailAddresses": ["ops@bank.test"]}
FORECAST = {"notificationType": "FORECASTED", "subscriberSnsTopicArns": [UNKNOWN]}
NO_FORECAST = "no notification of monthly tells somebody of FORECASTED costs"


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (budget(notifications=[ACTUAL, FORECAST]), None),
        (budget(notifications=[ACTUAL]), NO_FORECAST),
        (budget(notifications=[FORECAST]), "tells somebody of ACTUAL costs"),
        (budget(notifications=[ACTUAL, {"notificationType": "FORECASTED"}]), "notifications[1] of monthly"),
        (budget(notifications=[ACTUAL, {"notificationType": "FORECASTED"}]), NO_FORECAST),
        (budget(), "tells somebody of ACTUAL costs"),
        (budget(notifications=UNKNOWN), NOT_PROVEN),
        (budget(notifications=[ACTUAL, {**FORECAST, "notificationType": UNKNOWN}]), NOT_PROVEN),
        (budget(notifications=[ACTUAL], timeUnit="DAILY"), None),
        (budget(notifications=[ACTUAL], budgetType="RI_UTILIZATION"), None),
    ],
)
def test_a_budget_tells_of_both_kinds_of_costs(resource: Declared, expected: str | None) -> None:
    check(BUDGET, expected, resource)
