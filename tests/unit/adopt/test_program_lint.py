"""What of a program endangers what it adopts is named with what to do."""

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.adopt.test_resolver import LOCATION, target
from toolkit.adopt import program_lint
from toolkit.adopt.model import Target
from toolkit.engine.values import UNKNOWN

QUEUE, ROLE = "aws:sqs/queue:Queue", "aws:iam/role:Role"
BUCKET, TABLE = "aws:s3/bucket:Bucket", "aws:dynamodb/table:Table"
KEY = "aws:kms/key:Key"


@pytest.mark.parametrize(
    ("kind", "inputs", "protect", "expected"),
    [
        (QUEUE, {"name": "a"}, True, []),
        (QUEUE, {"name": "a"}, False, ["it holds data, and the program does not protect it"]),
        (BUCKET, {"bucket": "a", "forceDestroy": True}, True, ["force_destroy deletes"]),
        (
            ROLE,
            {"name": "a-1f2e", "__defaults": ["name", "path"]},
            False,
            ["its name is made up by the provider"],
        ),
        (ROLE, {"name": "a", "inlinePolicies": [{}]}, False, []),
        (ROLE, {"namePrefix": "a-"}, False, ["its name is made up of namePrefix, so the live one would be"]),
        (ROLE, {"namePrefix": "a-", "name": "b", "__defaults": []}, False, []),
        (BUCKET, {"bucketPrefix": "a-"}, True, ["its bucket is made up of bucketPrefix"]),
        (
            "aws:lambda/permission:Permission",
            {"statementIdPrefix": "a-"},
            False,
            ["its statementId is made up of statementIdPrefix"],
        ),
    ],
)
def test_one_declaration(kind: str, inputs: dict[str, Any], protect: bool, expected: list[str]) -> None:
    faults = program_lint.faults([replace(target(kind, inputs), protect=protect, retained=True)], LOCATION)
    assert len(faults) == len(expected)
    assert all(text in fault for text, fault in zip(expected, faults, strict=True))


def test_a_setting_that_two_resources_own() -> None:
    queue = replace(target(QUEUE, {"name": "a", "policy": "{}"}), protect=True)
    policy = target("aws:sqs/queuePolicy:QueuePolicy", {}, "p", queueUrl=(queue.urn,))
    (fault,) = program_lint.faults([queue, policy], LOCATION)
    assert fault.startswith(
        "it: policy is declared here and by p, a aws:sqs/queuePolicy:QueuePolicy, too: each"
    )
    assert program_lint.faults([replace(queue, inputs={"name": "a"}), policy], LOCATION) == []


@pytest.mark.parametrize(
    ("kind", "inputs", "retained", "expected"),
    [
        (BUCKET, {"bucket": "a"}, False, 1),
        (BUCKET, {"bucket": "a"}, True, 0),
        (TABLE, {"name": "a"}, False, 1),
        (TABLE, {"name": "a", "deletionProtectionEnabled": True}, False, 0),
        (QUEUE, {"name": "a"}, False, 0),
    ],
)
def test_what_holds_data_is_retained_or_guards_itself(
    kind: str, inputs: dict[str, Any], *, retained: bool, expected: int
) -> None:
    faults = program_lint.faults([replace(target(kind, inputs), protect=True, retained=retained)], LOCATION)
    assert (
        len([fault for fault in faults if fault.endswith("retain_on_delete=True")]) == len(faults) == expected
    )


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        (KEY, "without it what it encrypted cannot be read"),
        ("aws:ecr/repository:Repository", "it holds the images that run"),
        ("aws:cloudwatch/logGroup:LogGroup", "it holds the record of what was done"),
        ("aws:cognito/userPool:UserPool", "it holds its users"),
        ("aws:cognito/userPoolClient:UserPoolClient", "a new one has another id"),
        ("aws:secretsmanager/secret:Secret", "it may hold the only copy"),
        (QUEUE, "it holds data"),
    ],
)
def test_what_a_run_must_not_replace_is_protected_or_said_why(kind: str, why: str) -> None:
    (fault,) = program_lint.faults([target(kind, {"name": "a"})], LOCATION)
    assert fault.startswith(f"it: {why}")
    assert fault.endswith("and the program does not protect it: protect=True")
    assert program_lint.faults([replace(target(kind, {"name": "a"}), protect=True)], LOCATION) == []


def kept(kind: str, **inputs: object) -> Target:
    return replace(target(kind, inputs), protect=True, retained=True)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("versioning", "bucketVersioning:BucketVersioning"),
        (
            "serverSideEncryptionConfiguration",
            "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        ),
        ("logging", "bucketLogging:BucketLogging"),
        ("lifecycleRules", "bucketLifecycleConfiguration:BucketLifecycleConfiguration"),
        ("policy", "bucketPolicy:BucketPolicy"),
        ("acl", "bucketAcl:BucketAcl"),
        ("corsRules", "bucketCorsConfiguration:BucketCorsConfiguration"),
        ("website", "bucketWebsiteConfiguration:BucketWebsiteConfiguration"),
        ("replicationConfiguration", "bucketReplicationConfig:BucketReplicationConfig"),
        ("objectLockConfiguration", "bucketObjectLockConfiguration:BucketObjectLockConfiguration"),
    ],
)
def test_a_part_of_a_bucket_inside_it_and_beside_it(name: str, kind: str) -> None:
    bucket = kept(BUCKET, bucket="a", **{name: {"some": "thing"}})
    beside = target(f"aws:s3/{kind}", {"bucket": "a"}, "beside")  # its name in words, no dependency
    (fault,) = program_lint.faults([bucket, beside], LOCATION)
    assert fault.startswith(f"it: {name} is declared here and by beside, a aws:s3/{kind}, too")
    assert program_lint.faults([bucket, replace(beside, inputs={"bucket": "b"})], LOCATION) == []
    filled = replace(bucket, inputs={**bucket.inputs, "__defaults": [name]})
    assert program_lint.faults([filled, beside], LOCATION) == []  # the provider's word is nobody's
    unknown = [kept(BUCKET, bucket=UNKNOWN, **{name: {"some": "thing"}})]
    unknown.append(replace(beside, inputs={"bucket": UNKNOWN}))  # of what, its dependencies would say
    assert program_lint.faults(unknown, LOCATION) == []


TOPIC_ARN = "arn:aws:sns:us-east-1:123456789012:a"
URL = "https://sqs.us-east-1.amazonaws.com/123456789012/a"
RULE = "aws:ec2/securityGroupRule:SecurityGroupRule"


@pytest.mark.parametrize(
    ("kind", "owned", "part_kind", "inputs", "expected"),
    [
        (QUEUE, "redrivePolicy", "aws:sqs/redrivePolicy:RedrivePolicy", {"queueUrl": URL}, 1),
        (QUEUE, "policy", "aws:sqs/redrivePolicy:RedrivePolicy", {"queueUrl": URL}, 0),
        (
            QUEUE,
            "policy",
            "aws:sqs/queuePolicy:QueuePolicy",
            {"queueUrl": URL.replace("us-east-1", "eu-west-1")},
            0,
        ),
        (ROLE, "inlinePolicies", "aws:iam/rolePolicy:RolePolicy", {"role": "a"}, 1),
        (ROLE, "inlinePolicies", "aws:iam/rolePolicy:RolePolicy", {"role": "b"}, 0),
        ("aws:sns/topic:Topic", "policy", "aws:sns/topicPolicy:TopicPolicy", {"arn": TOPIC_ARN}, 1),
    ],
)
def test_an_owner_in_words_is_found_by_what_they_mean(
    kind: str, owned: str, part_kind: str, inputs: dict[str, Any], expected: int
) -> None:
    faults = program_lint.faults(
        [kept(kind, name="a", **{owned: "[]"}), target(part_kind, inputs, "beside")], LOCATION
    )
    assert len(faults) == expected


def test_a_bucket_that_is_only_named_by_another_setting_has_one_owner() -> None:
    bucket = kept(BUCKET, bucket="a", logging={"targetBucket": "b"})
    beside = target("aws:s3/bucketLogging:BucketLogging", {"bucket": "c"}, "log", targetBucket=(bucket.urn,))
    assert program_lint.faults([bucket, beside], LOCATION) == []


@pytest.mark.parametrize(("side", "expected"), [("ingress", 1), ("egress", 0)])
def test_rules_of_a_group_are_of_one_side(side: str, expected: int) -> None:
    group = target("aws:ec2/securityGroup:SecurityGroup", {"name": "a", "ingress": [{}]})
    rule = target(RULE, {"type": side}, "rule", securityGroupId=(group.urn,))
    assert len(program_lint.faults([group, rule], LOCATION)) == expected
