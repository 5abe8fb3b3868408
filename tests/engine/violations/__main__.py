"""A program that violates every rule of the policy pack at least once."""

import json

import pulumi
from pulumi_aws import dynamodb, iam, s3, sqs

TAGS = {"Environment": "test", "Project": "violations", "ManagedBy": "pulumi"}
PROTECTED = pulumi.ResourceOptions(protect=True)


def document(**statement: object) -> str:
    """Give a policy document of one statement."""
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


TRUST = document(
    Effect="Allow", Principal={"Service": "bedrock-agentcore.amazonaws.com"}, Action="sts:AssumeRole"
)

bare_table = dynamodb.Table(
    "bare-table", name="bare", hash_key="id", attributes=[{"name": "other", "type": "S"}]
)
dynamodb.Table(
    "expiring-table",
    name="expiring",
    hash_key="id",
    attributes=[{"name": "id", "type": "S"}],
    billing_mode="PAY_PER_REQUEST",
    point_in_time_recovery={"enabled": True},
    server_side_encryption={"enabled": True},
    deletion_protection_enabled=True,
    ttl={"enabled": True, "attribute_name": "id"},
    tags=TAGS,
    opts=pulumi.ResourceOptions(protect=True, ignore_changes=["pointInTimeRecovery"]),
)

s3.Bucket(
    "bare-bucket", bucket="bare-bucket", force_destroy=True, acl="public-read", tags=TAGS, opts=PROTECTED
)
s3.BucketPublicAccessBlock("open-block", bucket="elsewhere", block_public_acls=False)

sqs.Queue("bare-queue", name="bare.fifo", tags=TAGS, opts=PROTECTED)

iam.Role("trusting-role", name="trusting", assume_role_policy=TRUST, tags=TAGS)
iam.Policy(
    "wide-policy",
    name="wide",
    policy=document(Effect="Allow", Action=["dynamodb:*", "iam:PassRole"], Resource="*"),
    tags=TAGS,
)
iam.Policy(
    "inverse-policy",
    name="inverse",
    policy=document(Effect="Allow", NotAction="iam:CreateUser", Resource="*"),
    tags=TAGS,
)
iam.Policy(
    "unknown-policy",
    name="unknown",
    policy=bare_table.arn.apply(
        lambda arn: document(Effect="Allow", Action="dynamodb:GetItem", Resource=arn)
    ),
    tags=TAGS,
)
iam.Policy(
    "misspelt-policy",
    name="misspelt",
    policy=document(Effect="Allow", Action="dynamodb:GetItems", Resource="arn:aws:s3:::a"),
    tags=TAGS,
)
iam.RolePolicyAttachment("admin", role="trusting", policy_arn="arn:aws:iam::aws:policy/AdministratorAccess")
sqs.QueuePolicy(
    "public-policy",
    queue_url="https://sqs.us-east-1.amazonaws.com/123456789012/elsewhere",
    policy=document(
        Effect="Allow",
        Principal="*",
        Action="sqs:SendMessage",
        Resource="arn:aws:sqs:us-east-1:123456789012:elsewhere",
    ),
)
iam.User("person", name="person", tags=TAGS)
iam.AccessKey("key", user="person")
