"""Examples of alarms on metrics that something emits, or nothing."""

from policy.examples.model import UNKNOWN, Declared, Example, case


def _alarm(namespace: str, metric: str | None) -> Declared:
    props = {"name": "matching-errors", "namespace": namespace, "metricName": metric}
    return Declared("cloudwatch/metricAlarm:MetricAlarm", props, name="matching-errors")


def _filter(name: str) -> Declared:
    made = {"name": name, "namespace": "Matching", "value": "1"}
    props = {"name": "errors", "logGroupName": "matching", "pattern": "ERROR", "metricTransformation": made}
    return Declared("cloudwatch/logMetricFilter:LogMetricFilter", props, name="errors-filter")


EXAMPLES = (
    Example(
        "cloudwatch-alarm-emitter",
        good=case(_alarm("AWS/SQS", "ApproximateAgeOfOldestMessage"), _filter("Errors")),
        bad=case(_alarm("AWS/SQS", "QueueDepth"), says="is 'QueueDepth', which AWS/SQS does not emit"),
        missing=case(
            _alarm("Matching", "Errors"), says="which no metric filter of this stack makes in 'Matching'"
        ),
        unknown=case(_alarm("AWS/SQS", UNKNOWN), says="cannot be proven at preview"),
        config=case(_alarm("Matching", "Errors"), emittedElsewhere=["Matching"]),
    ),
)
