"""The resource types that the embedded AWS models, by token: add one with a description and its calls.

A type that is not here can be previewed, so that policies can be tried on any program, but not created.
"""

from collections.abc import Mapping

from embedded.aws.plugin.model import Model
from embedded.aws.plugin.types import (
    agentcore,
    anomalies,
    budgets,
    cloudtrail,
    cloudwatch,
    dynamodb,
    ecr,
    events,
    iam,
    iam_policies,
    iam_providers,
    kms,
    logs,
    s3,
    s3_events,
    s3_lifecycle,
    s3_settings,
    security_group_rules,
    security_groups,
    sns,
    sns_subscription,
    sqs,
    vpc_endpoint,
)

MODELS: Mapping[str, Model] = {
    **agentcore.MODELS,
    **anomalies.MODELS,
    **budgets.MODELS,
    **cloudtrail.MODELS,
    **cloudwatch.MODELS,
    **dynamodb.MODELS,
    **events.MODELS,
    **ecr.MODELS,
    **iam.MODELS,
    **iam_policies.MODELS,
    **iam_providers.MODELS,
    **kms.MODELS,
    **logs.MODELS,
    **s3.MODELS,
    **s3_events.MODELS,
    **s3_lifecycle.MODELS,
    **s3_settings.MODELS,
    **security_group_rules.MODELS,
    **security_groups.MODELS,
    **sns.MODELS,
    **sns_subscription.MODELS,
    **sqs.MODELS,
    **vpc_endpoint.MODELS,
}
