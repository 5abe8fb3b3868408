"""One minimal and one rich example of every type that the embedded AWS models, as properties on the wire.

Names and ARNs are computed, as the project's own program does; `{"ref": [NAME, "keyId"]}` stands for the
id of a key, which only AWS can know.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

REGION = "eu-central-1"
ACCOUNT = "111111111111"
DEFAULT_TAGS = {"Team": "platform"}
_QUEUES = f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}"
_QUEUE_ARNS = f"arn:aws:sqs:{REGION}:{ACCOUNT}"
_IAM = f"arn:aws:iam::{ACCOUNT}"


@dataclass(frozen=True)
class Case:
    """One resource.

    Attributes:
        type: Its type token.
        name: Its own name in the program.
        id: Its id, which is also what it is imported by; empty when only AWS can know it.
        props: Its inputs.
        after: Names of resources that must be there before; they come earlier in the list.
        protect: Whether the engine guards it.
    """

    type: str
    name: str
    id: str
    props: dict[str, Any]
    after: tuple[str, ...] = ()
    protect: bool = False


def document(*actions: str, resource: object, principal: object = None, **more: object) -> str:
    """A policy document of one statement."""
    who = {"Principal": principal} if principal else {}
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": resource, **who, **more}
    if resource is None:
        del statement["Resource"]
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _trust(service: str, **more: object) -> str:
    return document("sts:AssumeRole", resource=None, principal={"Service": service}, **more)


TABLES = [
    Case(
        "aws:dynamodb/table:Table",
        "table-minimal",
        "Minimal",
        {
            "name": "Minimal",
            "hashKey": "id",
            "attributes": [{"name": "id", "type": "S"}],
            "readCapacity": 1,
            "writeCapacity": 1,
        },
    ),
    Case(
        "aws:dynamodb/table:Table",
        "table-rich",
        "Rich",
        {
            "name": "Rich",
            "billingMode": "PAY_PER_REQUEST",
            "hashKey": "trade_id",
            "rangeKey": "source",
            "attributes": [
                {"name": "trade_id", "type": "S"},
                {"name": "source", "type": "S"},
                {"name": "status", "type": "S"},
                {"name": "at", "type": "N"},
            ],
            "globalSecondaryIndexes": [
                {"name": "by-status", "hashKey": "status", "rangeKey": "at", "projectionType": "ALL"},
                {
                    "name": "by-at",
                    "keySchemas": [{"attributeName": "at", "keyType": "HASH"}],
                    "projectionType": "INCLUDE",
                    "nonKeyAttributes": ["amount", "currency"],
                },
            ],
            "localSecondaryIndexes": [{"name": "local", "rangeKey": "at", "projectionType": "KEYS_ONLY"}],
            "pointInTimeRecovery": {"enabled": True},
            "serverSideEncryption": {"enabled": True},
            "streamEnabled": True,
            "streamViewType": "NEW_IMAGE",
            "ttl": {"attributeName": "expires", "enabled": True},
            "tags": {"Purpose": "trades"},
        },
    ),
]

BUCKETS = [
    Case("aws:s3/bucket:Bucket", "bucket-minimal", "round-trip-minimal", {"bucket": "round-trip-minimal"}),
    Case(
        "aws:s3/bucket:Bucket",
        "bucket-rich",
        "round-trip-rich",
        {"bucket": "round-trip-rich", "objectLockEnabled": True, "tags": {"Purpose": "documents"}},
    ),
    Case(
        "aws:s3/bucket:Bucket",
        "bucket-logs",
        "round-trip-logs",
        {"bucket": "round-trip-logs", "forceDestroy": True},
    ),
    Case(
        "aws:s3/bucketVersioning:BucketVersioning",
        "versioning",
        "round-trip-rich",
        {"bucket": "round-trip-rich", "versioningConfiguration": {"status": "Enabled"}},
        ("bucket-rich",),
    ),
    Case(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "encryption-minimal",
        "round-trip-minimal",
        {
            "bucket": "round-trip-minimal",
            "rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}],
        },
        ("bucket-minimal",),
    ),
    Case(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "encryption-rich",
        "round-trip-rich",
        {
            "bucket": "round-trip-rich",
            "rules": [
                {
                    "applyServerSideEncryptionByDefault": {
                        "sseAlgorithm": "aws:kms",
                        "kmsMasterKeyId": f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/documents",
                    },
                    "bucketKeyEnabled": True,
                }
            ],
        },
        ("bucket-rich",),
    ),
    Case(
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "blocks-minimal",
        "round-trip-minimal",
        {"bucket": "round-trip-minimal"},
        ("bucket-minimal",),
    ),
    Case(
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "blocks-rich",
        "round-trip-rich",
        {
            "bucket": "round-trip-rich",
            "blockPublicAcls": True,
            "blockPublicPolicy": True,
            "ignorePublicAcls": True,
            "restrictPublicBuckets": True,
        },
        ("bucket-rich",),
    ),
    Case(
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        "ownership",
        "round-trip-rich",
        {"bucket": "round-trip-rich", "rule": {"objectOwnership": "BucketOwnerEnforced"}},
        ("bucket-rich",),
    ),
    Case(
        "aws:s3/bucketPolicy:BucketPolicy",
        "bucket-policy",
        "round-trip-logs",
        {
            "bucket": "round-trip-logs",
            "policy": json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Deny",
                            "Principal": "*",
                            "Action": "s3:*",
                            "Resource": ["arn:aws:s3:::round-trip-logs", "arn:aws:s3:::round-trip-logs/*"],
                            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                        },
                        {
                            "Effect": "Allow",
                            "Principal": {"Service": ["logging.s3.amazonaws.com"]},
                            "Action": ["s3:PutObject"],
                            "Resource": ["arn:aws:s3:::round-trip-logs/access/*"],
                        },
                    ],
                }
            ),
        },
        ("bucket-logs",),
    ),
    Case(
        "aws:s3/bucketLogging:BucketLogging",
        "logging",
        "round-trip-rich",
        {"bucket": "round-trip-rich", "targetBucket": "round-trip-logs", "targetPrefix": "access/"},
        ("bucket-rich", "bucket-policy"),
    ),
    Case(
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "lifecycle-minimal",
        "round-trip-minimal",
        {
            "bucket": "round-trip-minimal",
            "rules": [{"id": "all", "status": "Enabled", "expiration": {"days": 30}}],
        },
        ("bucket-minimal",),
    ),
    Case(
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "lifecycle-rich",
        "round-trip-rich",
        {
            "bucket": "round-trip-rich",
            "rules": [
                {
                    "id": "bank",
                    "status": "Enabled",
                    "filter": {"prefix": "BANK/"},
                    "transitions": [
                        {"days": 90, "storageClass": "GLACIER"},
                        {"days": 30, "storageClass": "STANDARD_IA"},
                    ],
                    "expiration": {"days": 2555},
                    "noncurrentVersionTransitions": [{"noncurrentDays": 30, "storageClass": "GLACIER"}],
                    "noncurrentVersionExpiration": {"noncurrentDays": 365, "newerNoncurrentVersions": 3},
                    "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7},
                },
                {
                    "id": "tagged",
                    "status": "Disabled",
                    "filter": {"and": {"prefix": "reports/", "tags": {"Kind": "draft"}}},
                    "expiration": {"date": "2030-01-01T00:00:00Z"},
                },
                {
                    "id": "markers",
                    "status": "Enabled",
                    "filter": {},
                    "expiration": {"expiredObjectDeleteMarker": True},
                },
            ],
        },
        ("bucket-rich", "versioning"),
    ),
]

QUEUES = [
    Case("aws:sqs/queue:Queue", "queue-minimal", f"{_QUEUES}/minimal", {"name": "minimal"}),
    Case(
        "aws:sqs/queue:Queue",
        "queue-dead",
        f"{_QUEUES}/work-dlq.fifo",
        {"name": "work-dlq.fifo", "fifoQueue": True, "messageRetentionSeconds": 1209600},
    ),
    Case(
        "aws:sqs/queue:Queue",
        "queue-rich",
        f"{_QUEUES}/work.fifo",
        {
            "name": "work.fifo",
            "fifoQueue": True,
            "contentBasedDeduplication": True,
            "deduplicationScope": "messageGroup",
            "fifoThroughputLimit": "perMessageGroupId",
            "delaySeconds": 5,
            "maxMessageSize": 1048576,
            "messageRetentionSeconds": 86400,
            "receiveWaitTimeSeconds": 20,
            "visibilityTimeoutSeconds": 300,
            "kmsMasterKeyId": "alias/documents",
            "kmsDataKeyReusePeriodSeconds": 600,
            "tags": {"Purpose": "work"},
        },
    ),
    Case(
        "aws:sqs/queue:Queue",
        "queue-owning",
        f"{_QUEUES}/owning.fifo",
        {
            "name": "owning.fifo",
            "fifoQueue": True,
            "sqsManagedSseEnabled": True,
            "redrivePolicy": json.dumps(
                {"deadLetterTargetArn": f"{_QUEUE_ARNS}:work-dlq.fifo", "maxReceiveCount": 3}
            ),
            "policy": document(
                "sqs:SendMessage", resource=f"{_QUEUE_ARNS}:owning.fifo", principal={"AWS": f"{_IAM}:root"}
            ),
        },
        ("queue-dead",),
    ),
    Case(
        "aws:sqs/queuePolicy:QueuePolicy",
        "queue-policy",
        f"{_QUEUES}/work.fifo",
        {
            "queueUrl": f"{_QUEUES}/work.fifo",
            "policy": document(
                "sqs:SendMessage", resource=f"{_QUEUE_ARNS}:work.fifo", principal={"AWS": f"{_IAM}:root"}
            ),
        },
        ("queue-rich",),
    ),
    Case(
        "aws:sqs/redrivePolicy:RedrivePolicy",
        "redrive",
        f"{_QUEUES}/work.fifo",
        {
            "queueUrl": f"{_QUEUES}/work.fifo",
            "redrivePolicy": json.dumps(
                {"maxReceiveCount": 3, "deadLetterTargetArn": f"{_QUEUE_ARNS}:work-dlq.fifo"}
            ),
        },
        ("queue-rich", "queue-dead", "queue-policy"),
    ),
    Case(
        "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
        "redrive-allow",
        f"{_QUEUES}/work-dlq.fifo",
        {
            "queueUrl": f"{_QUEUES}/work-dlq.fifo",
            "redriveAllowPolicy": json.dumps(
                {"redrivePermission": "byQueue", "sourceQueueArns": [f"{_QUEUE_ARNS}:work.fifo"]}
            ),
        },
        ("queue-dead",),
    ),
]

IDENTITIES = [
    Case(
        "aws:iam/policy:Policy",
        "policy-minimal",
        f"{_IAM}:policy/plain",
        {"name": "plain", "policy": document("sqs:SendMessage", resource=f"{_QUEUE_ARNS}:minimal")},
    ),
    Case(
        "aws:iam/policy:Policy",
        "policy-rich",
        f"{_IAM}:policy/agents/boundary",
        {
            "name": "boundary",
            "path": "/agents/",
            "description": "what agents may do at most",
            "policy": document("s3:*", "sqs:*", resource="*"),
            "tags": {"Purpose": "boundary"},
        },
    ),
    Case(
        "aws:iam/role:Role",
        "role-minimal",
        "minimal",
        {"name": "minimal", "assumeRolePolicy": _trust("lambda.amazonaws.com")},
    ),
    Case(
        "aws:iam/role:Role",
        "role-rich",
        "rich",
        {
            "name": "rich",
            "path": "/agents/",
            "description": "runs an agent",
            "maxSessionDuration": 7200,
            "permissionsBoundary": f"{_IAM}:policy/agents/boundary",
            "assumeRolePolicy": _trust(
                "bedrock-agentcore.amazonaws.com",
                Condition={"StringEquals": {"aws:SourceAccount": [ACCOUNT]}},
            ),
            "tags": {"Purpose": "agent"},
        },
        ("policy-rich",),
    ),
    Case(
        "aws:iam/role:Role",
        "role-owning",
        "owning",
        {
            "name": "owning",
            "assumeRolePolicy": _trust("lambda.amazonaws.com"),
            "inlinePolicies": [
                {"name": "read", "policy": document("s3:GetObject", resource="arn:aws:s3:::a/*")}
            ],
            "managedPolicyArns": [f"{_IAM}:policy/plain"],
        },
        ("policy-minimal",),
    ),
    Case(
        "aws:iam/rolePolicy:RolePolicy",
        "role-policy",
        "rich:inline",
        {
            "name": "inline",
            "role": "rich",
            "policy": document(
                "dynamodb:PutItem", resource=f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/Rich", Sid="Put"
            ),
        },
        ("role-rich",),
    ),
    Case(
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "attachment",
        f"minimal/{_IAM}:policy/plain",
        {"role": "minimal", "policyArn": f"{_IAM}:policy/plain"},
        ("role-minimal", "policy-minimal"),
    ),
]

KEYS = [
    Case("aws:kms/key:Key", "key-minimal", "", {"deletionWindowInDays": 7}),
    Case(
        "aws:kms/key:Key",
        "key-rich",
        "",
        {
            "description": "documents",
            "enableKeyRotation": True,
            "rotationPeriodInDays": 180,
            "policy": document("kms:*", resource="*", principal={"AWS": f"{_IAM}:root"}),
            "tags": {"Purpose": "documents"},
        },
    ),
    Case(
        "aws:kms/alias:Alias",
        "alias",
        "alias/documents",
        {"name": "alias/documents", "targetKeyId": {"ref": ["key-rich", "keyId"]}},
        ("key-rich",),
    ),
]

CASES = [*TABLES, *BUCKETS, *QUEUES, *IDENTITIES, *KEYS]

PROGRAM = """
import json
from pathlib import Path
import pulumi


class Declared(pulumi.CustomResource):
    keyId: pulumi.Output[str]


def given(value):
    return made[value["ref"][0]].keyId if isinstance(value, dict) and "ref" in value else value


made = {}
for case in json.loads((Path(__file__).parent / "cases.json").read_text()):
    made[case["name"]] = Declared(
        case["type"],
        case["name"],
        {"keyId": None, **{name: given(value) for name, value in case["props"].items()}},
        pulumi.ResourceOptions(
            depends_on=[made[name] for name in case["after"]], protect=case["protect"], version="7.51.1"
        ),
    )
"""
"""Declares the cases that lie beside it, in their order."""


def project(folder: Path, name: str, cases: Sequence[Case], **config: object) -> Path:
    """Write a project that declares the cases, with stacks `one` and `two` of the same configuration.

    Args:
        folder: An empty folder.
        name: The project's name.
        cases: What it declares; may be written again with `declare`.
        config: More provider configuration, or other than the usual.

    Returns:
        The folder.
    """
    settings = {
        "region": REGION,
        "allowedAccountIds": [ACCOUNT],
        "defaultTags": {"tags": DEFAULT_TAGS},
        **config,
    }
    stack = json.dumps({"config": {f"aws:{key}": value for key, value in settings.items()}})
    (folder / "Pulumi.yaml").write_text(f"name: {name}\nruntime: python\n")
    for stack_name in ("one", "two"):
        (folder / f"Pulumi.{stack_name}.yaml").write_text(stack)
    (folder / "__main__.py").write_text(PROGRAM)
    declare(folder, cases)
    return folder


def declare(folder: Path, cases: Sequence[Case]) -> None:
    """Write what a project declares.

    Args:
        folder: The project.
        cases: The resources.
    """
    (folder / "cases.json").write_text(json.dumps([asdict(case) for case in cases]))
