"""The identity that adoption needs: control-plane reads, nothing else, as an IAM policy.

    python -m toolkit.adopt.permissions

writes `toolkit/adopt/read-only-policy.json` from the calls of the listings and from what the provider's Read
of each type calls. Attach it to the role that runs every step; no step needs more of AWS, `apply` included.
"""

import json
from pathlib import Path
from typing import Any

from toolkit.adopt.listings import LISTINGS

FILE = Path(__file__).with_name("read-only-policy.json")
# Who we are needs no permission; the tagging API says what CloudFormation owns
_OF_THE_TOOL = ("tag:GetResources",)
# What the AWS provider calls when it reads one, from its published source (internal/service/*)
READS: dict[str, tuple[str, ...]] = {
    "dynamodb": (
        "DescribeTable",
        "DescribeContinuousBackups",
        "DescribeTimeToLive",
        "ListTagsOfResource",
        "GetResourcePolicy",
        "DescribeKinesisStreamingDestination",
        "DescribeContributorInsights",
    ),
    "s3": (
        "ListBucket",
        "GetBucketLocation",
        "GetBucketVersioning",
        "GetEncryptionConfiguration",
        "GetBucketLogging",
        "GetLifecycleConfiguration",
        "GetBucketPolicy",
        "GetBucketOwnershipControls",
        "GetBucketNotification",
        "GetBucketTagging",
        "GetBucketCORS",
        "GetBucketAcl",
        "GetBucketWebsite",
        "GetReplicationConfiguration",
        "GetAccelerateConfiguration",
        "GetBucketRequestPayment",
        "GetBucketPublicAccessBlock",
        "GetBucketObjectLockConfiguration",
        "GetMetricsConfiguration",
    ),
    "sqs": ("GetQueueUrl", "GetQueueAttributes", "ListQueueTags"),
    "sns": ("GetTopicAttributes", "GetSubscriptionAttributes", "ListTagsForResource"),
    "iam": (
        "GetRole",
        "GetRolePolicy",
        "ListRolePolicies",
        "ListAttachedRolePolicies",
        "GetPolicy",
        "GetPolicyVersion",
        "ListPolicyTags",
        "GetOpenIDConnectProvider",
    ),
    "logs": ("ListTagsForResource",),
    "cloudwatch": ("GetDashboard", "ListTagsForResource"),
    "ecr": ("GetLifecyclePolicy", "GetRepositoryPolicy", "ListTagsForResource"),
    "kms": ("DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "ListResourceTags"),
    "cloudtrail": (
        "DescribeTrails",
        "GetTrailStatus",
        "GetEventSelectors",
        "GetInsightSelectors",
        "ListTags",
    ),
    "lambda": (
        "GetFunction",
        "GetAlias",
        "GetFunctionCodeSigningConfig",
        "GetFunctionUrlConfig",
        "ListVersionsByFunction",
        "GetEventSourceMapping",
        "ListTags",
    ),
    "cognito-idp": (
        "DescribeUserPool",
        "GetUserPoolMfaConfig",
        "DescribeUserPoolClient",
        "DescribeUserPoolDomain",
        "DescribeResourceServer",
        "DescribeIdentityProvider",
        "GetGroup",
        "ListTagsForResource",
    ),
    "events": ("DescribeRule", "ListTargetsByRule", "DescribeEventBus", "ListTagsForResource"),
    "scheduler": ("GetSchedule",),
    "secretsmanager": ("DescribeSecret", "GetResourcePolicy"),
    "budgets": ("ListTagsForResource",),  # the rest of a budget is ViewBudget, which its listing takes
    "ce": ("ListTagsForResource",),
    "ec2": ("DescribeNetworkInterfaces", "DescribePrefixLists"),
    "bedrock": ("GetGuardrail", "GetInferenceProfile", "ListTagsForResource"),
    "bedrock-agentcore": (
        "GetAgentRuntime",
        "GetAgentRuntimeEndpoint",
        "GetApiKeyCredentialProvider",
        "GetBrowser",
        "GetBrowserProfile",
        "GetCodeInterpreter",
        "GetEvaluator",
        "GetGateway",
        "GetGatewayRule",
        "GetGatewayTarget",
        "GetHarness",
        "GetMemory",
        "GetOauth2CredentialProvider",
        "GetOnlineEvaluationConfig",
        "GetPolicy",
        "GetPolicyEngine",
        "GetRegistry",
        "GetResourcePolicy",
        "GetTokenVault",
        "GetWorkloadIdentity",
        "ListTagsForResource",
    ),
}
# What the reads above must never grow into: the data, and what opens it
DATA = (
    "dynamodb:BatchGetItem",
    "dynamodb:GetItem",
    "dynamodb:PartiQLSelect",
    "dynamodb:Query",
    "dynamodb:Scan",
    "kms:Decrypt",
    "logs:FilterLogEvents",
    "logs:GetLogEvents",
    "s3:GetObject",
    "s3:GetObjectVersion",
    "secretsmanager:GetSecretValue",
    "sqs:ReceiveMessage",
    "ssm:GetParameter*",
)


def actions() -> list[str]:
    """Give every IAM action that adoption takes."""
    listed = {one.action for one in LISTINGS}
    return sorted(
        listed | {f"{service}:{name}" for service, names in READS.items() for name in names} | {*_OF_THE_TOOL}
    )


def document() -> dict[str, Any]:
    """Give the policy: each action by its name, and the data denied whatever else is attached."""
    return {
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": "ReadControlPlane", "Effect": "Allow", "Action": actions(), "Resource": "*"},
            {"Sid": "NeverData", "Effect": "Deny", "Action": list(DATA), "Resource": "*"},
        ],
    }


def text() -> str:
    """Give the file's content."""
    return json.dumps(document(), indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
