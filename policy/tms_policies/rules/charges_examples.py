"""Examples of the rules of `charges`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case


def _alarm(name: str, threshold: object, **props: object) -> Declared:
    value = {
        "namespace": "AWS/Billing",
        "metricName": "EstimatedCharges",
        "dimensions": {"Currency": "USD"},
        "statistic": "Maximum",
        "period": 21600,
        "comparisonOperator": "GreaterThanThreshold",
        "threshold": threshold,
    }
    return Declared("cloudwatch/metricAlarm:MetricAlarm", {**value, **props}, name=name)


EXAMPLES = (
    Example(
        "cloudwatch-alarm-monthly-charges",
        good=case(_alarm("charges-warning", 400), _alarm("charges", 500)),
        bad=case(
            _alarm("daily-charges", 16.67, period=86400),
            _alarm("charges", 500),
            says="threshold of daily-charges is 16.67, a day's share of the 500 of charges",
        ),
        missing=case(_alarm("charges", 500, period=None), says="period of charges is missing"),
        unknown=case(_alarm("charges", UNKNOWN), says="cannot be proven at preview"),
        config=case(
            _alarm("charges", 50),
            says="threshold of charges is 50, and 80 is what a month costs at least",
            monthlyMinimum={"total": 80},
        ),
    ),
)
