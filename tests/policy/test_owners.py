"""The rule that no two resources set one setting."""

from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check, findings_later

RULE = "account-resource-one-owner"
URL = "https://sqs.us-east-1.amazonaws.com/123456789012/work"
QUEUE = Declared("sqs/queue:Queue", {"name": "work"}, "work")
POLICY = Declared("sqs/queuePolicy:QueuePolicy", {"queueUrl": URL, "policy": "{}"}, "beside")


@pytest.mark.parametrize(
    ("token", "name", "value", "beside", "by"),
    [
        ("sqs/queue:Queue", "policy", "{}", "sqs/queuePolicy:QueuePolicy", "queueUrl"),
        ("sqs/queue:Queue", "redrivePolicy", "{}", "sqs/redrivePolicy:RedrivePolicy", "queueUrl"),
        ("iam/role:Role", "inlinePolicies", [{"name": "a"}], "iam/rolePolicy:RolePolicy", "role"),
        (
            "iam/role:Role",
            "managedPolicyArns",
            ["arn"],
            "iam/rolePolicyAttachment:RolePolicyAttachment",
            "role",
        ),
        (
            "s3/bucket:Bucket",
            "versioning",
            {"enabled": True},
            "s3/bucketVersioning:BucketVersioning",
            "bucket",
        ),
        ("s3/bucket:Bucket", "policy", "{}", "s3/bucketPolicy:BucketPolicy", "bucket"),
    ],
)
def test_a_setting_has_one_owner(token: str, name: str, value: object, beside: str, by: str) -> None:
    bare: dict[str, Any] = {"name": "it", "bucket": "it"}
    by_name = Declared(beside, {by: "it"}, "beside")
    computed = Declared(beside, {by: UNKNOWN}, "beside", uses={by: ["it"]})
    for second in (by_name, computed):
        check(RULE, None, Declared(token, bare), second)
        check(RULE, f"{name} of it is set again", Declared(token, {**bare, name: value}), second)
    check(RULE, None, Declared(token, {**bare, name: value}))


@pytest.mark.parametrize("side", ["ingress", "egress"])
@pytest.mark.parametrize(
    ("token", "named_side"),
    [
        ("vpc/securityGroup{0}Rule:SecurityGroup{0}Rule", False),
        ("ec2/securityGroupRule:SecurityGroupRule", True),
    ],
)
def test_rules_of_a_security_group_are_inline_or_beside_it(
    side: str, token: str, *, named_side: bool
) -> None:
    inline = {"protocol": "tcp", "fromPort": 443, "toPort": 443}
    beside = [
        Declared(
            token.format(side.capitalize()),
            {"securityGroupId": UNKNOWN, **({"type": side} if named_side else {})},
            name,
            uses={"securityGroupId": ["it"]},
        )
        for name in ("a", "b")
    ]
    opposite = {"ingress": "egress", "egress": "ingress"}[side]
    check(RULE, None, Declared("ec2/securityGroup:SecurityGroup", {}), *beside)
    check(RULE, None, Declared("ec2/securityGroup:SecurityGroup", {opposite: [inline]}), *beside)
    group = Declared("ec2/securityGroup:SecurityGroup", {side: [inline]})
    check(RULE, f"{side} of it is set again", group, *beside)


def test_a_setting_that_is_computed_is_a_setting_all_the_same() -> None:
    queue = Declared(QUEUE.type, {"name": "work", "policy": UNKNOWN}, "work", uses={"policy": ["beside"]})
    check(RULE, "policy of work is set again", queue, POLICY)


def test_two_resources_beside_one_are_two_owners() -> None:
    second = Declared(POLICY.type, POLICY.props, "second")
    check(RULE, "work has 2 QueuePolicy resources, beside, second", QUEUE, POLICY, second)


def test_a_role_may_have_many_policies_beside_it() -> None:
    role = Declared("iam/role:Role", {"name": "it"})
    policies = [Declared("iam/rolePolicy:RolePolicy", {"role": "it"}, name) for name in ("a", "b")]
    check(RULE, None, role, *policies)


def test_what_aws_filled_in_is_no_owner() -> None:
    outputs = Declared(QUEUE.type, {**QUEUE.props, "policy": "{}"}, "work")
    check(RULE, "set again", outputs, POLICY)
    assert findings_later(RULE, QUEUE, outputs, POLICY) == []
    assert len(findings_later(RULE, outputs, outputs, POLICY)) == 1
