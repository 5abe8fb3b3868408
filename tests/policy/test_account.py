"""Rules about identities, attachments, tags and resource options."""

from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check

NOT_PROVEN = "cannot be proven at preview"
ATTACHMENT = "iam-policy-admin-attachment"
TAGS = "account-resource-required-tags"
PROTECT = "account-resource-protect"
IGNORE = "account-resource-ignore-changes"
MANAGED = "arn:aws:iam::aws:policy/"


@pytest.mark.parametrize(
    ("arn", "expected"),
    [
        (f"{MANAGED}AdministratorAccess", "attaches"),
        (f"{MANAGED}PowerUserAccess", "attaches"),
        (f"{MANAGED}IAMFullAccess", "attaches"),
        (f"{MANAGED}AmazonDynamoDBFullAccess", "attaches"),
        (f"{MANAGED}job-function/SystemAdministrator", "attaches"),
        (f"{MANAGED}service-role/AmazonThingFullAccess", "attaches"),
        ("arn:aws-us-gov:iam::aws:policy/AdministratorAccess", "attaches"),
        (f"{MANAGED}ReadOnlyAccess", None),
        ("arn:aws:iam::123456789012:policy/AdministratorAccess", None),
        (UNKNOWN, NOT_PROVEN),
    ],
)
def test_no_managed_administrator_is_attached(arn: str, expected: str | None) -> None:
    check(ATTACHMENT, expected, Declared("iam/rolePolicyAttachment:RolePolicyAttachment", {"policyArn": arn}))
    check(ATTACHMENT, expected, Declared("iam/role:Role", {"managedPolicyArns": [arn]}))
    exclusive = "iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive"
    check(ATTACHMENT, expected, Declared(exclusive, {"policyArns": [arn]}))


def test_which_managed_policies_are_denied_is_a_setting() -> None:
    resource = Declared("iam/role:Role", {"managedPolicyArns": [f"{MANAGED}ReadOnlyAccess"]})
    check(ATTACHMENT, "attaches", resource, config={"denied": ["ReadOnly*"]})
    check(ATTACHMENT, None, Declared("iam/role:Role", {}))


@pytest.mark.parametrize(
    ("rule", "token", "expected"),
    [
        ("iam-identity-no-users", "iam/user:User", "instead of"),
        ("iam-identity-no-users", "iam/userPoliciesExclusive:UserPoliciesExclusive", "instead of"),
        ("iam-identity-no-users", "iam/role:Role", None),
        ("iam-identity-no-access-keys", "iam/accessKey:AccessKey", "aws:iam/accessKey:AccessKey"),
        ("iam-identity-no-access-keys", "iam/role:Role", None),
    ],
)
def test_no_long_lived_identity_is_declared(rule: str, token: str, expected: str | None) -> None:
    check(rule, expected, Declared(token))


FULL = {"Environment": "production", "Project": "trade-matching", "ManagedBy": "pulumi"}


def tagged(tags: object, **extra: object) -> Declared:
    return Declared("sqs/queue:Queue", {"tags": tags, **extra})


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (tagged(FULL), None),
        (tagged(None, tagsAll=FULL), None),
        (tagged(None), "misses the tags Environment, Project, ManagedBy"),
        (tagged({**FULL, "Project": ""}), "the tag Project of it is empty"),
        (tagged({**FULL, "Project": "  "}), "the tag Project of it is empty"),
        (tagged({**FULL, "Project": None}), "the tag Project of it is empty"),
        (tagged({**FULL, "Project": 7}), "the tag Project of it is no text"),
        (tagged({**FULL, "Project": UNKNOWN}), None),
        (tagged({"environment": "x", "Project": "y", "ManagedBy": "z"}), "it has 'environment'"),
        (tagged({"Project": UNKNOWN}, tagsAll=UNKNOWN), "misses the tags Environment, ManagedBy"),
        (tagged(UNKNOWN), NOT_PROVEN),
        (Declared("sqs/queue:Queue", provider={"defaultTags": {"tags": FULL}}), None),
        (
            Declared("sqs/queue:Queue", provider={"defaultTags": '{"tags": {"Environment": "x"}}'}),
            "misses the tags Project",
        ),
        (Declared("sqs/queue:Queue", provider={"defaultTags": UNKNOWN}), NOT_PROVEN),
        (Declared("sqs/queue:Queue", provider={"defaultTags": "{"}), "misses the tags"),
        (Declared("sqs/queuePolicy:QueuePolicy"), None),
        (Declared("s3/bucketV2:BucketV2"), "misses the tags"),
    ],
)
def test_what_takes_tags_bears_the_required_ones(resource: Declared, expected: str | None) -> None:
    check(TAGS, expected, resource)


@pytest.mark.parametrize(
    ("config", "tags", "expected"),
    [
        ({"keys": ["Owner"]}, {}, "misses the tags Owner"),
        ({"keys": ["Owner"]}, {"Owner": "me"}, None),
        ({"allowedValues": {"Environment": ["production"]}}, FULL, None),
        ({"allowedValues": {"Environment": ["test"]}}, FULL, "'production', which is none of test"),
        ({"allowedValues": {"Environment": ["test"]}}, {**FULL, "Environment": UNKNOWN}, NOT_PROVEN),
        ({"allowedValues": {"Owner": ["matching"]}}, FULL, None),
        ({"allowedValues": {"Owner": ["matching"]}}, {**FULL, "Owner": "me"}, "which is none of matching"),
        ({"patterns": {"Project": "[a-z-]+"}}, FULL, None),
        ({"patterns": {"Project": "[0-9]+"}}, FULL, "does not match [0-9]+"),
    ],
)
def test_keys_and_values_of_tags_are_settings(
    config: dict[str, Any], tags: dict[str, str], expected: str | None
) -> None:
    check(TAGS, expected, tagged(tags), config=config)


def test_a_secret_in_a_tag_is_not_repeated() -> None:
    resource = tagged({**FULL, "Project": "password=hunter2"})
    check(TAGS, "is (hidden), which", resource, config={"patterns": {"Project": "x"}})


@pytest.mark.parametrize(
    ("token", "expected"), [("dynamodb/table:Table", "protect"), ("iam/role:Role", None)]
)
def test_what_holds_data_is_protected(token: str, expected: str | None) -> None:
    check(PROTECT, expected, Declared(token))
    check(PROTECT, None, Declared(token, protect=True))


def test_what_holds_data_is_a_setting() -> None:
    check(PROTECT, "protect", Declared("iam/role:Role"), config={"types": ["aws:iam/role:Role"]})
    check(PROTECT, "protect", Declared("s3/bucket:Bucket"), config={"types": ["aws:s3/bucketV2:BucketV2"]})


@pytest.mark.parametrize(
    ("token", "path", "expected"),
    [
        ("dynamodb/table:Table", "pointInTimeRecovery", "hides pointInTimeRecovery"),
        ("dynamodb/table:Table", "pointInTimeRecovery.enabled", "hides"),
        ("dynamodb/table:Table", "readCapacity", None),
        ("dynamodb/table:Table", "tags", "hides tags"),
        ("dynamodb/table:Table", "*", "hides *"),
        ("iam/role:Role", '["assumeRolePolicy"]', "hides"),
        ("iam/role:Role", "inlinePolicies[0].policy", "hides"),
        ("sqs/queue:Queue", "redrivePolicy", "hides"),
        ("iam/policy:Policy", "description", None),
    ],
)
def test_nothing_hides_from_the_rules(token: str, path: str, expected: str | None) -> None:
    check(IGNORE, expected, Declared(token, ignore=[path]))
    check(IGNORE, None, Declared(token))
