"""Examples of the rules of `emitters`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case


def _alarm(namespace: str, metric: str | None, **dimensions: str) -> Declared:
    props = {"name": "watch", "namespace": namespace, "metricName": metric, "dimensions": dimensions}
    return Declared("cloudwatch/metricAlarm:MetricAlarm", props, name="watch")


EXAMPLES = (
    Example(
        "cloudwatch-alarm-emitter",
        good=case(
            _alarm("AWS/DynamoDB", "SystemErrors", TableName="trades", Operation="PutItem"),
        ),
        bad=case(
            _alarm("AWS/DynamoDB", "SystemErrors", TableName="trades"),
            says="dimensions of watch are TableName, and AWS/DynamoDB emits SystemErrors with "
            "TableName, Operation: the alarm never rings",
        ),
        missing=case(
            _alarm("AWS/S3", "5xxErrors", BucketName="documents", FilterId="entire"),
            says="no BucketMetric of this stack counts requests to 'documents' under that name",
        ),
        unknown=case(_alarm("AWS/SQS", UNKNOWN), says="cannot be proven at preview"),
        config=case(_alarm("Matching", "Errors"), emittedElsewhere=["Matching"]),
    ),
)
