"""Examples of the rules of `cloudwatch`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call"


def _logs(**props: object) -> Declared:
    return Declared(
        "cloudwatch/logGroup:LogGroup", {"name": "/aws/lambda/matching", **props}, name="matching-logs"
    )


def _alarm(**props: object) -> Declared:
    return Declared(
        "cloudwatch/metricAlarm:MetricAlarm", {"name": "matching-errors", **props}, name="matching-errors"
    )


def _sqs(**props: object) -> Declared:
    return _alarm(namespace="AWS/SQS", metricName="ApproximateAgeOfOldestMessage", **props)


EXAMPLES = (
    Example(
        "cloudwatch-log-group-retention",
        good=case(_logs(retentionInDays=365)),
        bad=case(_logs(retentionInDays=30), says="retentionInDays of matching-logs is 30, not 365 or more"),
        missing=case(
            _logs(), says="retentionInDays of matching-logs is missing: logs are kept and paid for ever"
        ),
        unknown=case(_logs(retentionInDays=UNKNOWN), says=_NOT_PROVEN),
        config=case(_logs(retentionInDays=30), minimumDays=30),
    ),
    Example(
        "cloudwatch-alarm-actions",
        good=case(_alarm(alarmActions=[_TOPIC])),
        bad=case(
            _alarm(alarmActions=[_TOPIC], actionsEnabled=False),
            says="actionsEnabled of matching-errors is False",
        ),
        missing=case(_alarm(), says="alarmActions of matching-errors is missing"),
        unknown=case(_alarm(alarmActions=[UNKNOWN])),
    ),
    Example(
        "cloudwatch-alarm-missing-data",
        good=case(_alarm(treatMissingData="notBreaching")),
        bad=case(_alarm(treatMissingData="missing"), says="treatMissingData of matching-errors is 'missing'"),
        missing=case(_alarm(), says="treatMissingData of matching-errors is missing"),
        unknown=case(_alarm(treatMissingData=UNKNOWN), says=_NOT_PROVEN),
        config=case(
            _alarm(treatMissingData="ignore"), says="'ignore'", allowed=["breaching", "notBreaching"]
        ),
    ),
    Example(
        "cloudwatch-alarm-dimensions",
        good=case(_sqs(dimensions={"QueueName": "orders"})),
        bad=case(_sqs(dimensions={"QueueName": ""}), says="dimensions.QueueName of matching-errors is empty"),
        missing=case(_sqs(), says="dimensions of matching-errors is empty, and 'AWS/SQS' has none such"),
        unknown=case(_sqs(dimensions={"QueueName": UNKNOWN})),
        config=case(_sqs(), withoutDimensions=["AWS/SQS"]),
    ),
)
