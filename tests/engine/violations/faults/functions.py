"""Lambda functions that leak, stay untraced, or may be called by anybody."""

from pulumi_aws import lambda_, sqs

from faults.common import PROTECTED, TAGS

CONFIG = {"lambda-function-customer-key": {"required": True}}

EXPECTED = {
    "bare-function": {
        "lambda-function-code-signing",
        "lambda-function-concurrency",
        "lambda-function-customer-key",
        "lambda-function-dead-letter",
        "account-resource-plain-secrets",
        "lambda-function-reserved-names",
        "lambda-function-runtime",
        "lambda-function-timeout",
        "lambda-function-tracing",
    },
    "open-url": {"lambda-url-authorization"},
    "public-call": {"lambda-permission-public"},
    "service-call": {"lambda-permission-source"},
    "hasty-queue": {
        "sqs-queue-customer-key",
        "cloudwatch-queue-alarms",
        "lambda-queue-visibility",
        "sqs-queue-dead-letter",
        "sqs-queue-tls-only",
    },
}


def plant() -> None:
    """Declare the faulty resources."""
    lambda_.Function(
        "bare-function",
        name="bare",
        role="arn:aws:iam::123456789012:role/elsewhere",
        package_type="Zip",
        s3_bucket="elsewhere",
        s3_key="code.zip",
        handler="main.handler",
        runtime="python3.8",
        environment={"variables": {"DB_PASSWORD": "example", "AWS_REGION": "us-east-1"}},
        tags=TAGS,
    )
    lambda_.FunctionUrl("open-url", function_name="bare", authorization_type="NONE")
    lambda_.Permission("public-call", function="bare", action="lambda:InvokeFunction", principal="*")
    lambda_.Permission(
        "service-call", function="bare", action="lambda:InvokeFunction", principal="events.amazonaws.com"
    )
    queue = sqs.Queue(
        "hasty-queue",
        name="hasty",
        sqs_managed_sse_enabled=True,
        visibility_timeout_seconds=10,
        tags=TAGS,
        opts=PROTECTED,
    )
    lambda_.EventSourceMapping("hasty-mapping", event_source_arn=queue.arn, function_name="bare", tags=TAGS)
