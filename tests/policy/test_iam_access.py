"""Rules about who is let in: other accounts, services on behalf of others, and tokens of identity providers."""

import json
from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check

ACCOUNTS = "iam-policy-cross-account"
CALLER = "iam-policy-service-caller"
TRUST = "iam-role-federated-trust"
OWN, OTHER = "123456789012", "999988887777"
QUEUE = f"arn:aws:sqs:us-east-1:{OWN}:trades"
PROVIDER = {"allowedAccountIds": json.dumps([OWN])}
GITHUB = "token.actions.githubusercontent.com"
POOL = "cognito-identity.amazonaws.com"
NOT_PROVEN = "cannot be proven at preview"


def let_in(principal: object, *, provider: dict[str, str] | None = PROVIDER, **extra: object) -> Declared:
    statement = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": "sqs:SendMessage",
        "Resource": QUEUE,
        **extra,
    }
    text = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    return Declared("sqs/queuePolicy:QueuePolicy", {"queueUrl": "u", "policy": text}, provider=provider)


@pytest.mark.parametrize(
    ("principal", "extra", "expected"),
    [
        ({"AWS": OWN}, {}, None),
        ({"AWS": f"arn:aws:iam::{OWN}:role/a"}, {}, None),
        ({"AWS": OTHER}, {}, f"lets account {OTHER} in"),
        ({"AWS": [f"arn:aws:iam::{OWN}:root", f"arn:aws:iam::{OTHER}:root"]}, {}, f"account {OTHER}"),
        ({"aws": f"arn:aws:sts::{OTHER}:assumed-role/a/b"}, {}, f"account {OTHER}"),
        ({"AWS": f"arn:aws-us-gov:iam::{OTHER}:root"}, {}, f"account {OTHER}"),
        ({"AWS": OTHER}, {"Effect": "Deny"}, None),
        ("*", {"Condition": {"StringEquals": {"aws:PrincipalAccount": OTHER}}}, f"account {OTHER}"),
        ("*", {"Condition": {"ArnLike": {"AWS:PrincipalArn": f"arn:aws:iam::{OTHER}:role/*"}}}, OTHER),
        (
            {"Service": "sns.amazonaws.com"},
            {"Condition": {"StringEquals": {"aws:SourceAccount": OTHER}}},
            OTHER,
        ),
    ],
)
def test_only_own_accounts_are_let_in(principal: object, extra: dict[str, Any], expected: str | None) -> None:
    check(ACCOUNTS, expected, let_in(principal, **extra))


def test_an_account_on_the_list_is_let_in() -> None:
    check(ACCOUNTS, None, let_in({"AWS": OTHER}), config={"accounts": [OTHER]})


def test_without_known_accounts_those_of_the_documents_resources_are_own() -> None:
    check(ACCOUNTS, None, let_in({"AWS": OWN}, provider=None))
    check(ACCOUNTS, f"account {OTHER}", let_in({"AWS": OTHER}, provider=None))
    check(ACCOUNTS, "nothing says which accounts", let_in({"AWS": OTHER}, provider=None, Resource="*"))
    principals = {"AWS": [f"arn:aws:iam::{OWN}:root", f"arn:aws:iam::{OTHER}:root"]}
    check(ACCOUNTS, f"account {OTHER}", let_in(principals, provider=None))


def test_without_known_accounts_a_service_acts_for_ones_own() -> None:
    condition = {"StringEquals": {"aws:SourceAccount": OTHER}}
    service = {"Service": "sns.amazonaws.com"}
    check(ACCOUNTS, None, let_in(service, provider=None, Resource="*", Condition=condition))
    check(ACCOUNTS, f"account {OTHER}", let_in(service, Condition=condition))


def test_a_keys_own_root_is_no_stranger() -> None:
    root = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{OTHER}:root"}, "Action": "kms:*"}
    key = {"policy": {"Statement": [root | {"Resource": "*"}]}}
    check(ACCOUNTS, None, Declared("kms/key:Key", key))
    check(ACCOUNTS, f"account {OTHER}", Declared("kms/key:Key", key, provider=PROVIDER))


def test_a_functions_permission_is_for_own_accounts() -> None:
    for name in ("principal", "sourceAccount"):
        permission = Declared("lambda/permission:Permission", {name: OTHER}, provider=PROVIDER)
        check(ACCOUNTS, f"{name} of it lets account {OTHER} in", permission)
        check(ACCOUNTS, None, Declared("lambda/permission:Permission", {name: OWN}, provider=PROVIDER))


@pytest.mark.parametrize(
    ("principal", "condition", "expected"),
    [
        ({"Service": "sns.amazonaws.com"}, {}, "lets sns.amazonaws.com in without saying for whom"),
        ({"Service": "sns.amazonaws.com"}, {"ArnLike": {"aws:SourceArn": "*"}}, "without saying"),
        ({"Service": "sns.amazonaws.com"}, {"ArnEquals": {"AWS:sourcearn": QUEUE}}, None),
        ({"Service": "sns.amazonaws.com"}, {"StringEquals": {"aws:SourceAccount": OWN}}, None),
        ({"Service": "sns.amazonaws.com"}, {"StringEquals": {"aws:SourceOrgID": "o-1"}}, None),
        ({"Service": "sns.amazonaws.com"}, {"StringEqualsIfExists": {"aws:SourceAccount": OWN}}, "without"),
        ({"Service": "sns.amazonaws.com"}, {"Bool": {"aws:SecureTransport": "true"}}, "without saying"),
        (
            {"Service": "logs.us-east-1.amazonaws.com"},
            {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": f"arn:aws:logs:us-east-1:{OWN}:log-group:x"}},
            None,
        ),
        ({"AWS": OWN}, {}, None),
    ],
)
def test_a_service_says_for_whom_it_acts(
    principal: object, condition: dict[str, Any], expected: str | None
) -> None:
    check(CALLER, expected, let_in(principal, Condition=condition))


def test_a_service_is_exempt_by_its_principal() -> None:
    check(CALLER, None, let_in({"Service": "a.b"}), config={"exemptServices": ["A.b"]})


def test_for_whom_may_be_unknown() -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": QUEUE,
        "Condition": {"ArnEquals": {"aws:SourceArn": UNKNOWN}},
    }
    check(CALLER, None, Declared("sqs/queuePolicy:QueuePolicy", {"policy": {"Statement": [statement]}}))


def role(provider: str, condition: object) -> Declared:
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": provider},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": condition,
    }
    return Declared(
        "iam/role:Role", {"assumeRolePolicy": {"Version": "2012-10-17", "Statement": [statement]}}
    )


def github(subject: object, audience: object = "sts.amazonaws.com", operator: str = "StringLike") -> Declared:
    tests = {f"{GITHUB}:sub": subject, f"{GITHUB}:aud": audience}
    condition = {operator: {key: value for key, value in tests.items() if value is not None}}
    return role(f"arn:aws:iam::{OWN}:oidc-provider/{GITHUB}", condition)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("repo:bank/trades:environment:production", None),
        ("repo:bank/trades:*", None),
        ("repo:bank/trades:ref:refs/heads/release-*", None),
        ("repo:bank/*", "which more than one repository fits"),
        ("repo:bank/trades*", "which more than one repository fits"),
        ("repo:*/trades:ref:refs/heads/main", "more than one repository"),
        ("repo:ban?/trades:ref:refs/heads/main", "more than one repository"),
        ("*", "more than one repository"),
        (["repo:bank/trades:*", "repo:bank/*"], "more than one repository"),
        (None, f"every user of {GITHUB} may assume"),
        (UNKNOWN, NOT_PROVEN),
    ],
)
def test_a_token_is_of_one_repository(subject: object, expected: str | None) -> None:
    check(TRUST, expected, github(subject))


def test_a_subject_is_exact_if_so_configured() -> None:
    check(TRUST, "every branch and event fits", github("repo:bank/trades:*"), config={"exactSubject": True})
    check(TRUST, None, github("repo:bank/trades:environment:production"), config={"exactSubject": True})


@pytest.mark.parametrize(
    ("audience", "expected"),
    [(None, "does not fix"), ("*", "has '*' for"), ("sts.*", "has 'sts.*' for"), (UNKNOWN, NOT_PROVEN)],
)
def test_a_token_is_for_one_audience(audience: object, expected: str) -> None:
    check(TRUST, expected, github("repo:bank/trades:environment:production", audience))


def test_a_demand_that_a_token_without_the_claim_meets_is_none() -> None:
    trust = github("repo:bank/trades:environment:production", operator="StringEqualsIfExists")
    check(TRUST, "does not fix", trust)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"aud": "us-east-1:12345678-aaaa-bbbb-cccc-1234567890ab", "amr": "authenticated"}, None),
        ({"aud": "us-east-1:12345678-aaaa-bbbb-cccc-1234567890ab"}, "guests may assume the role"),
        ({"amr": "authenticated"}, "does not fix"),
        ({"aud": "us-east-1_AbCdEfGhI", "amr": "authenticated"}, "which is no identity pool's id"),
    ],
)
def test_an_identity_pools_users_have_signed_in(condition: dict[str, str], expected: str | None) -> None:
    tests = {f"{POOL}:{key}": value for key, value in condition.items()}
    check(TRUST, expected, role(POOL, {"ForAnyValue:StringLike": tests}))


def test_other_providers() -> None:
    saml = f"arn:aws:iam::{OWN}:saml-provider/bank"
    check(TRUST, None, role(saml, {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}))
    check(TRUST, "does not fix SAML:aud", role(saml, {}))
    check(TRUST, None, role("accounts.google.com", {"StringEquals": {"accounts.google.com:aud": "1"}}))
    check(TRUST, "does not fix graph.facebook.com:app_id", role("graph.facebook.com", {}))
    cluster = "oidc.eks.us-east-1.amazonaws.com/id/ABC"
    provider = f"arn:aws:iam::{OWN}:oidc-provider/{cluster}"
    exact = {f"{cluster}:aud": "sts.amazonaws.com", f"{cluster}:sub": "system:serviceaccount:trades:agent"}
    check(TRUST, None, role(provider, {"StringEquals": exact}))
    check(
        TRUST, "fits", role(provider, {"StringLike": exact | {f"{cluster}:sub": "system:serviceaccount:*"}})
    )
