"""The IAM policy for those who look at the running system.

    python -m toolkit.operate.permissions

writes `toolkit/operate/read-only-policy.json` from what each command calls. It also
allows reading log events and table items, which hold trade data: attach it only to those who may see that.
"""

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("read-only-policy.json")
# sts:GetCallerIdentity needs no permission
_QUEUES = ("sqs:GetQueueUrl", "sqs:GetQueueAttributes", "cloudwatch:GetMetricData")
_ROLES = ("iam:GetRole", "iam:ListRolePolicies", "iam:ListAttachedRolePolicies")
READS: dict[str, tuple[str, ...]] = {
    "status": (
        "bedrock-agentcore:ListAgentRuntimes",
        "bedrock-agentcore:GetAgentRuntime",
        "bedrock-agentcore:ListAgentRuntimeEndpoints",
        "bedrock:GetFoundationModel",
        "bedrock:GetInferenceProfile",
        *_ROLES,
        "logs:DescribeLogGroups",
        "logs:DescribeLogStreams",
        "s3:ListBucket",
        "s3:GetBucketVersioning",
        "dynamodb:DescribeTable",
        *_QUEUES,
    ),
    "logs": ("logs:DescribeLogGroups", "logs:FilterLogEvents"),
    "access": (
        *_ROLES,
        "iam:GetRolePolicy",
        "iam:GetPolicy",
        "iam:GetPolicyVersion",
        "sqs:GetQueueUrl",
        "sqs:GetQueueAttributes",
        "s3:GetBucketPolicy",
        "kms:GetKeyPolicy",
        "dynamodb:GetResourcePolicy",
    ),
    "queues": _QUEUES,
    "table": ("dynamodb:DescribeTable", "dynamodb:Query", "dynamodb:BatchGetItem", "dynamodb:Scan"),
}
"""IAM actions by command."""


def document() -> dict[str, Any]:
    """Return the policy; a table under a customer-managed key is decrypted on behalf of the reader.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
    """
    actions = sorted({action for command in READS.values() for action in command})
    through = {"StringLike": {"kms:ViaService": "dynamodb.*.amazonaws.com"}}
    return {
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": "Look", "Effect": "Allow", "Action": actions, "Resource": "*"},
            {
                "Sid": "ReadEncryptedTables",
                "Effect": "Allow",
                "Action": "kms:Decrypt",
                "Resource": "*",
                "Condition": through,
            },
        ],
    }


def text() -> str:
    """Return the file's content."""
    return json.dumps(document(), indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
