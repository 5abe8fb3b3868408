"""Rules about image repositories, topics and customer keys."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check

NOT_PROVEN = "cannot be proven at preview"
SCAN = "ecr-repository-scan-on-push"
TAGS = "ecr-repository-immutable-tags"
FORCE = "ecr-repository-force-delete"
LIFECYCLE = "ecr-repository-lifecycle"
ENCRYPTION = "sns-topic-encryption"
HTTPS = "sns-subscription-https"
TLS = "sns-topic-tls-only"
ON = {"required": True}
TOPIC_ARN = "arn:aws:sns:us-east-1:123456789012:news"


EXPIRES = json.dumps({"rules": [{"rulePriority": 1, "action": {"type": "expire"}}]})


def lifecycle(name: object, policy: object) -> Declared:
    return Declared("ecr/lifecyclePolicy:LifecyclePolicy", {"repository": name, "policy": policy}, "p")


def repository(**props: object) -> Declared:
    return Declared("ecr/repository:Repository", {"name": "images", **props}, "images")


@pytest.mark.parametrize(
    ("rule", "props", "expected"),
    [
        (SCAN, {"imageScanningConfiguration": {"scanOnPush": True}}, None),
        (SCAN, {}, "imageScanningConfiguration.scanOnPush of images is missing"),
        (SCAN, {"imageScanningConfiguration": {"scanOnPush": False}}, "False"),
        (SCAN, {"imageScanningConfiguration": UNKNOWN}, NOT_PROVEN),
        (TAGS, {"imageTagMutability": "IMMUTABLE"}, None),
        (TAGS, {}, "missing, which means MUTABLE"),
        (TAGS, {"imageTagMutability": "IMMUTABLE_WITH_EXCLUSION"}, "'IMMUTABLE_WITH_EXCLUSION'"),
        (TAGS, {"imageTagMutability": UNKNOWN}, NOT_PROVEN),
        (FORCE, {}, None),
        (FORCE, {"forceDelete": True}, "forceDelete of images is True"),
        (FORCE, {"forceDelete": UNKNOWN}, NOT_PROVEN),
        (LIFECYCLE, {}, "no LifecyclePolicy of this stack names the repository images"),
    ],
)
def test_a_repository_is_judged_as_it_is_declared(
    rule: str, props: dict[str, Any], expected: str | None
) -> None:
    check(rule, expected, repository(**props))


def test_a_repository_lets_go_by_a_policy_beside_it() -> None:
    by_name = lifecycle("images", EXPIRES)
    computed = replace(lifecycle(UNKNOWN, EXPIRES), uses={"repository": ["images"]})
    check(LIFECYCLE, None, repository(), by_name)
    check(LIFECYCLE, None, repository(), computed)
    check(LIFECYCLE, "images", repository(), lifecycle("other", EXPIRES))
    check(LIFECYCLE, None, repository(), config={"required": False})


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (EXPIRES, None),
        ("{}", "policy of p has no rule that lets images expire"),
        ('{"rules": []}', "policy of p has no rule that lets images expire"),
        ('{"rules": [{"rulePriority": 1}]}', "policy of p has no rule that lets images expire"),
        ('{"rules": "all"}', "policy of p has no rule that lets images expire"),
        ("", "policy of p is not JSON"),
        (None, "policy of p has no rule that lets images expire"),
        ({"rules": [{"action": {"type": "expire"}}]}, None),
        (UNKNOWN, NOT_PROVEN),
    ],
)
def test_a_lifecycle_policy_lets_images_expire(policy: object, expected: str | None) -> None:
    check(LIFECYCLE, expected, repository(), lifecycle("images", policy))
    check(LIFECYCLE, expected, lifecycle("elsewhere", policy), config={"required": False})


def test_tags_that_are_exempt_are_a_setting() -> None:
    check(TAGS, None, repository(imageTagMutability="IMMUTABLE_WITH_EXCLUSION"), config={"exclusions": True})


@pytest.mark.parametrize(
    ("rule", "token", "name"),
    [
        ("cloudwatch-log-group-customer-key", "cloudwatch/logGroup:LogGroup", "kmsKeyId"),
        ("sns-topic-customer-key", "sns/topic:Topic", "kmsMasterKeyId"),
        ("secretsmanager-secret-customer-key", "secretsmanager/secret:Secret", "kmsKeyId"),
        ("ssm-parameter-customer-key", "ssm/parameter:Parameter", "keyId"),
    ],
)
def test_a_key_of_ones_own_is_demanded_by_a_setting(rule: str, token: str, name: str) -> None:
    common = {"type": "SecureString"}
    check(rule, None, Declared(token, common))
    check(rule, f"{name} of it is missing", Declared(token, common), config=ON)
    for alias in ("alias/aws/it", "alias/aws/secretsmanager"):
        check(rule, f"is '{alias}'", Declared(token, {**common, name: alias}), config=ON)
    check(rule, None, Declared(token, {**common, name: "alias/mine"}), config=ON)
    check(rule, None, Declared(token, {**common, name: UNKNOWN}), config=ON)


def test_images_and_parameters_have_keys_of_their_own_forms() -> None:
    rule = "ecr-repository-customer-key"
    key = {"encryptionType": "KMS", "kmsKey": "arn:aws:kms:us-east-1:123456789012:key/1"}
    check(rule, None, repository(encryptionConfigurations=[key]), config=ON)
    check(rule, None, repository(encryptionConfigurations=UNKNOWN), config=ON)
    check(
        rule, "kmsKey of images", repository(encryptionConfigurations=[{"encryptionType": "KMS"}]), config=ON
    )
    check(rule, "kmsKey of images", repository(), config=ON)
    for kind, expected in (
        ("AES256", "is 'AES256': the key beside"),
        (UNKNOWN, NOT_PROVEN),
        (None, "missing"),
    ):
        images = repository(encryptionConfigurations=[{**key, "encryptionType": kind}])
        check(rule, expected, images, config=ON)
    rule, token = "ssm-parameter-customer-key", "ssm/parameter:Parameter"
    check(rule, None, Declared(token, {"type": "String"}), config=ON)
    check(rule, NOT_PROVEN, Declared(token, {"type": UNKNOWN}), config=ON)


@pytest.mark.parametrize(
    ("rule", "token", "props", "expected"),
    [
        (ENCRYPTION, "topic:Topic", {"kmsMasterKeyId": "alias/aws/sns"}, None),
        (ENCRYPTION, "topic:Topic", {"kmsMasterKeyId": UNKNOWN}, None),
        (ENCRYPTION, "topic:Topic", {}, "kmsMasterKeyId of it is missing"),
        (HTTPS, "topicSubscription:TopicSubscription", {"protocol": "sqs", "endpoint": UNKNOWN}, None),
        (HTTPS, "topicSubscription:TopicSubscription", {"protocol": "http"}, "protocol of it is plain http"),
        (
            HTTPS,
            "topicSubscription:TopicSubscription",
            {"protocol": "https", "endpoint": "HTTP://a"},
            "endpoint of it",
        ),
        (HTTPS, "topicSubscription:TopicSubscription", {"protocol": UNKNOWN}, NOT_PROVEN),
    ],
)
def test_messages_are_encrypted(rule: str, token: str, props: dict[str, Any], expected: str | None) -> None:
    check(rule, expected, Declared(f"sns/{token}", props))


def denial(**changed: object) -> str:
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sns:Publish",
        "Resource": TOPIC_ARN,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return json.dumps({"Statement": [{**statement, **changed}]})


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (denial(), None),
        (denial(Action="SNS:*"), None),
        (denial(Resource="*"), None),
        (denial(Resource=f"{TOPIC_ARN}2"), "does not cover"),
        (denial(Action="sns:Subscribe"), 'not for the action "sns:Publish"'),
        (denial(Effect="Allow"), "no Deny statement"),
        (denial(Principal={"AWS": "123456789012"}), 'not for Principal "*"'),
        (UNKNOWN, NOT_PROVEN),
    ],
)
def test_a_topic_refuses_requests_without_tls(document: str, expected: str | None) -> None:
    topic = Declared("sns/topic:Topic", {"name": "news"}, "news")
    beside = Declared(
        "sns/topicPolicy:TopicPolicy", {"arn": TOPIC_ARN, "policy": document}, "p", uses={"policy": ["news"]}
    )
    check(TLS, expected, topic, beside)
    check(TLS, "the topic news has no TopicPolicy", topic)
