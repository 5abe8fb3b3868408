"""Keys, logs, alarms, trails, images, topics and secrets without what guards them."""

import json

from pulumi_aws import cloudtrail, cloudwatch, ecr, kms, secretsmanager, sns, sqs, ssm

from faults.common import PROTECTED, TAGS

CONFIG = {
    "cloudwatch-log-group-customer-key": {"required": True},
    "ecr-repository-customer-key": {"required": True},
    "secretsmanager-secret-customer-key": {"required": True},
    "sns-topic-customer-key": {"required": True},
    "ssm-parameter-customer-key": {"required": True},
}

EXPECTED = {
    "bare-kms-key": {
        "kms-key-deletion-window",
        "kms-key-enabled",
        "kms-key-lockout-check",
        "kms-key-policy-defined",
        "kms-key-rotation",
    },
    "bare-log-group": {"cloudwatch-log-group-customer-key", "cloudwatch-log-group-retention"},
    "mute-alarm": {
        "cloudwatch-alarm-emitter",
        "cloudwatch-alarm-actions",
        "cloudwatch-alarm-dimensions",
        "cloudwatch-alarm-missing-data",
    },
    "stray-alarm": {"cloudwatch-alarm-declared-target"},
    "daily-charges": {"cloudwatch-alarm-monthly-charges"},
    "error-rate-alarm": {"cloudwatch-alarm-emitter"},
    "uncounted-alarm": {"cloudwatch-alarm-emitter"},
    "bare-trail": {
        "cloudtrail-trail-alarms",
        "cloudtrail-trail-topic",
        "cloudtrail-trail-encryption",
        "cloudtrail-trail-global-events",
        "cloudtrail-trail-log-file-validation",
        "cloudtrail-trail-log-group",
        "cloudtrail-trail-logging",
        "cloudtrail-trail-multi-region",
    },
    "bare-repository": {
        "ecr-repository-customer-key",
        "ecr-repository-force-delete",
        "ecr-repository-immutable-tags",
        "ecr-repository-lifecycle",
        "ecr-repository-scan-on-push",
    },
    "empty-lifecycle": {"ecr-repository-lifecycle"},
    "bare-topic": {"sns-topic-customer-key", "sns-topic-encryption", "sns-topic-tls-only"},
    "plain-subscription": {"sns-subscription-https"},
    "bare-secret": {
        "secretsmanager-secret-customer-key",
        "secretsmanager-secret-recovery-window",
        "secretsmanager-secret-rotation",
    },
    "plain-parameter": {"account-resource-plain-secrets", "ssm-parameter-tier"},
    "keyless-parameter": {"ssm-parameter-customer-key"},
    "twice-redriven": {
        "account-resource-one-owner",
        "cloudwatch-queue-alarms",
        "sqs-queue-customer-key",
        "sqs-queue-tls-only",
    },
}


def plant() -> None:
    """Declare the faulty resources."""
    kms.Key(
        "bare-kms-key",
        is_enabled=False,
        deletion_window_in_days=7,
        bypass_policy_lockout_safety_check=True,
        tags=TAGS,
        opts=PROTECTED,
    )
    cloudwatch.LogGroup("bare-log-group", name="bare", tags=TAGS, opts=PROTECTED)
    _alarms()
    cloudtrail.Trail(
        "bare-trail",
        name="bare",
        s3_bucket_name="elsewhere",
        enable_logging=False,
        include_global_service_events=False,
        tags=TAGS,
        opts=PROTECTED,
    )
    ecr.Repository("bare-repository", name="bare", force_delete=True, tags=TAGS, opts=PROTECTED)
    ecr.LifecyclePolicy("empty-lifecycle", repository="elsewhere", policy="{}")
    sns.Topic("bare-topic", name="bare", tags=TAGS)
    sns.TopicSubscription(
        "plain-subscription",
        topic="arn:aws:sns:us-east-1:123456789012:elsewhere",
        protocol="http",
        endpoint="http://example.com",
    )
    secretsmanager.Secret("bare-secret", name="bare", recovery_window_in_days=0, tags=TAGS, opts=PROTECTED)
    ssm.Parameter(
        "plain-parameter", name="db-password", type="String", value="example", tier="Advanced", tags=TAGS
    )
    ssm.Parameter("keyless-parameter", name="keyless", type="SecureString", value="example", tags=TAGS)
    _charges()
    _queue()


def _alarms() -> None:
    """Declare an alarm that tells nobody, one on a table that is not here, and two that never ring."""
    for name, namespace, metric, dimensions in (
        ("error-rate", "AWS/BedrockAgent", "ErrorRate", {"AgentName": "trade-extraction-agent"}),
        ("uncounted", "AWS/S3", "5xxErrors", {"BucketName": "bare-bucket", "FilterId": "entire"}),
    ):
        cloudwatch.MetricAlarm(
            f"{name}-alarm",
            name=name,
            comparison_operator="GreaterThanThreshold",
            evaluation_periods=1,
            namespace=namespace,
            metric_name=metric,
            dimensions=dimensions,
            alarm_actions=["arn:aws:sns:us-east-1:123456789012:elsewhere"],
            treat_missing_data="notBreaching",
            tags=TAGS,
        )
    cloudwatch.MetricAlarm(
        "mute-alarm",
        name="mute",
        comparison_operator="GreaterThanThreshold",
        evaluation_periods=1,
        namespace="AWS/SQS",
        metric_name="QueueDepth",
        tags=TAGS,
    )
    cloudwatch.MetricAlarm(
        "stray-alarm",
        name="stray",
        comparison_operator="GreaterThanThreshold",
        evaluation_periods=1,
        namespace="AWS/DynamoDB",
        metric_name="ReadThrottleEvents",
        dimensions={"TableName": "nowhere"},
        alarm_actions=["arn:aws:sns:us-east-1:123456789012:elsewhere"],
        treat_missing_data="notBreaching",
        tags=TAGS,
    )


def _charges() -> None:
    """Declare an alarm on a day's share of what another alarm takes for a month's limit."""
    for name, threshold, period in (("daily", 16.67, 86400), ("total", 500, 21600)):
        cloudwatch.MetricAlarm(
            f"{name}-charges",
            name=f"{name}-charges",
            comparison_operator="GreaterThanThreshold",
            evaluation_periods=1,
            namespace="AWS/Billing",
            metric_name="EstimatedCharges",
            dimensions={"Currency": "USD"},
            statistic="Maximum",
            period=period,
            threshold=threshold,
            alarm_actions=["arn:aws:sns:us-east-1:123456789012:elsewhere"],
            treat_missing_data="notBreaching",
            tags=TAGS,
        )


def _queue() -> None:
    """Declare a queue whose dead-letter queue is set twice."""
    redrive = json.dumps(
        {"deadLetterTargetArn": "arn:aws:sqs:us-east-1:123456789012:elsewhere", "maxReceiveCount": 3}
    )
    sqs.Queue(
        "twice-redriven",
        name="twice",
        sqs_managed_sse_enabled=True,
        redrive_policy=redrive,
        tags=TAGS,
        opts=PROTECTED,
    )
    sqs.RedrivePolicy(
        "second-redrive",
        queue_url="https://sqs.us-east-1.amazonaws.com/123456789012/twice",
        redrive_policy=redrive,
    )
