"""What GitHub's roles may do and who may take them, as the policy evaluator answers."""

import json
from typing import Any

import pytest
import yaml

from components.delivery.actions import table
from components.delivery.component import discovery
from components.delivery.policies import CHARACTERS, POLICIES, packed
from components.delivery.settings import DeliverySettings, parse
from components.delivery.statements import HOST, ROLES, permitted, trust
from components.key_policy import administered
from components.naming import Naming
from components.settings.derived import SettingsError
from components.statements import document
from tests.support.stackfile import ACCOUNT, ROOT, everything, registered
from tms_policies.documents.evaluation.decide import evaluate
from tms_policies.documents.evaluation.request import Principal, Request
from tms_policies.documents.evaluation.statements import Policy
from tms_policies.documents.evaluation.verdict import Decision, Policies, Verdict

CONFIG: dict[str, Any] = yaml.safe_load((ROOT / "stacks" / "delivery" / "Pulumi.local.yaml").read_text())[
    "config"
]
AUDIENCE = "sts.amazonaws.com"
REPOSITORY = "trade-desk/trade-matching"
DEPLOY = f"arn:aws:iam::{ACCOUNT}:role/trade-matching-delivery-deploy"
TABLE = f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/BankTradeData"
STATE = "arn:aws:s3:::trade-matching-system-pulumi-state"
AGENT = f"arn:aws:iam::{ACCOUNT}:role/trade-matching-system-agentcore-trade-matching-production"


def settings(**changes: object) -> DeliverySettings:
    """Give the settings of the local stack, some of them changed."""
    config = {**CONFIG, **{f"trade-matching-delivery:{name}": value for name, value in changes.items()}}
    return parse(config, "Pulumi.local.yaml", ROOT)


OWN = settings()
TEXTS = {role: packed(permitted(OWN, role, discovery())) for role in ROLES}


def asked(role: str, action: str, resource: str, **context: str) -> Verdict:
    principal = Principal(f"arn:aws:sts::{ACCOUNT}:assumed-role/trade-matching-delivery-{role}/job")
    policies = [Policy.of(f"{role}-{number}", text) for number, text in enumerate(TEXTS[role], 1)]
    conditions = {key.replace("__", ":"): value for key, value in context.items()}
    return evaluate(Request(principal, action, (resource,), conditions), Policies(policies))


@pytest.mark.parametrize(
    ("role", "action", "resource"),
    [
        ("deploy", "dynamodb:UpdateContinuousBackups", TABLE),
        ("deploy", "dynamodb:CreateTable", TABLE),
        ("deploy", "s3:PutObject", f"{STATE}/.pulumi/stacks/trade-matching-system/production.json"),
        *((role, "dynamodb:DescribeTable", TABLE) for role in ROLES),
        *(
            (role, "s3:GetObject", f"{STATE}/.pulumi/stacks/trade-matching-system/production.json")
            for role in ROLES
        ),
        ("drift", "tag:GetResources", "*"),
    ],
)
def test_a_role_may_do_its_work(role: str, action: str, resource: str) -> None:
    assert asked(role, action, resource).allowed


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("dynamodb:DeleteTable", TABLE),
        ("dynamodb:GetItem", TABLE),
        ("dynamodb:Scan", TABLE),
        ("s3:DeleteBucket", "arn:aws:s3:::trade-matching-system-agentcore-production"),
        ("s3:GetObject", "arn:aws:s3:::trade-matching-system-agentcore-production/BANK/x.pdf"),
        ("s3:DeleteObject", "arn:aws:s3:::trade-matching-system-agentcore-production/BANK/x.pdf"),
        ("s3:DeleteObjectVersion", f"{STATE}/.pulumi/stacks/trade-matching-system/production.json"),
        ("s3:PutBucketPolicy", STATE),
        ("s3:PutBucketVersioning", STATE),
        ("kms:ScheduleKeyDeletion", f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd"),
        (
            "sqs:DeleteQueue",
            f"arn:aws:sqs:us-east-1:{ACCOUNT}:trade-matching-system-matching-production.fifo",
        ),
        (
            "sqs:ReceiveMessage",
            f"arn:aws:sqs:us-east-1:{ACCOUNT}:trade-matching-system-matching-production.fifo",
        ),
        ("iam:PutRolePolicy", DEPLOY),
        ("iam:AttachRolePolicy", DEPLOY),
        ("iam:UpdateAssumeRolePolicy", DEPLOY),
        ("iam:DeleteRolePermissionsBoundary", DEPLOY),
        ("iam:CreatePolicyVersion", f"arn:aws:iam::{ACCOUNT}:policy/trade-matching-delivery-deploy-1"),
        ("iam:DeleteOpenIDConnectProvider", f"arn:aws:iam::{ACCOUNT}:oidc-provider/{HOST}"),
        ("iam:CreateUser", f"arn:aws:iam::{ACCOUNT}:user/somebody"),
        ("iam:CreateRole", f"arn:aws:iam::{ACCOUNT}:role/of-somebody-else"),
    ],
)
def test_no_role_may_touch_data_or_what_holds_it_in_place(action: str, resource: str) -> None:
    assert [role for role in ROLES if asked(role, action, resource).allowed] == []


@pytest.mark.parametrize(
    ("action", "resource", "statement"),
    [
        ("dynamodb:DeleteTable", TABLE, "StatefulThingsStay"),
        ("s3:DeleteBucket", "arn:aws:s3:::trade-matching-system-agentcore-production", "StatefulThingsStay"),
        ("kms:ScheduleKeyDeletion", f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd", "StatefulThingsStay"),
        ("sqs:PurgeQueue", f"arn:aws:sqs:us-east-1:{ACCOUNT}:any", "StatefulThingsStay"),
        ("dynamodb:Scan", TABLE, "NeverData"),
        (
            "s3:GetObject",
            "arn:aws:s3:::trade-matching-system-agentcore-production/BANK/x.pdf",
            "NeverDocuments",
        ),
        ("s3:PutBucketVersioning", STATE, "StateBucketStays"),
        ("iam:PutRolePolicy", DEPLOY, "IdentitiesStay"),
        ("iam:DeleteRolePermissionsBoundary", AGENT, "BoundariesStay"),
    ],
)
def test_the_deploy_role_is_denied_what_nobody_may_give_it_back(
    action: str, resource: str, statement: str
) -> None:
    answer = asked("deploy", action, resource)
    assert answer.decision is Decision.EXPLICIT_DENY
    assert statement in answer.by


def test_a_budget_is_the_stacks_own_and_no_other() -> None:
    budget = f"arn:aws:budgets::{ACCOUNT}:budget/trade-matching-system-monthly-production"
    assert asked("deploy", "budgets:ModifyBudget", budget).allowed
    assert not asked("deploy", "budgets:ModifyBudget", f"{budget}-2").allowed


@pytest.mark.parametrize("service", ["dynamodb", "ecr", "sqs"])
def test_grants_on_a_key_are_given_for_tables_and_images_alone(service: str) -> None:
    """Amazon ECR user guide, "Encryption at rest": whoever makes a repository gives it grants on its key."""
    key_policy = Policy.of("the key's", document([administered(Naming("us-east-1", ACCOUNT))]), "resource")
    policies = [Policy.of(f"deploy-{number}", text) for number, text in enumerate(TEXTS["deploy"], 1)]
    principal = Principal(f"arn:aws:sts::{ACCOUNT}:assumed-role/trade-matching-delivery-deploy/job")

    def may(action: str, project: str) -> bool:
        conditions = {
            "aws:ResourceTag/Project": project,
            "kms:ViaService": f"{service}.us-east-1.amazonaws.com",
            "kms:ResourceAliases": "alias/trade-matching-system-agentcore-production",
        }
        key = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd"
        return evaluate(
            Request(principal, action, (key,), conditions, ACCOUNT), Policies(policies, resource=key_policy)
        ).allowed

    assert may("kms:CreateGrant", "trade-matching-system") == (service != "sqs")
    assert may("kms:RetireGrant", "trade-matching-system") == (service == "ecr")
    assert not may("kms:CreateGrant", "payroll")


@pytest.mark.parametrize("role", ["preview", "drift"])
def test_who_only_looks_writes_nothing(role: str) -> None:
    reads = ("Get", "List", "Describe", "View", "Lookup", "BatchGet", "Decrypt", "Head", "GET")
    actions = [
        action
        for text in TEXTS[role]
        for statement in json.loads(text)["Statement"]
        if statement["Effect"] == "Allow"
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    ]
    assert [action for action in actions if not action.partition(":")[2].startswith(reads)] == []
    assert not asked(role, "s3:PutObject", f"{STATE}/.pulumi/stacks/trade-matching-system/x.json").allowed
    assert not asked(role, "dynamodb:UpdateTable", TABLE).allowed


def test_a_role_of_an_agent_is_handed_to_agentcore_alone() -> None:
    agentcore = "bedrock-agentcore.amazonaws.com"
    assert asked("deploy", "iam:PassRole", AGENT, iam__PassedToService=agentcore).allowed
    assert not asked("deploy", "iam:PassRole", AGENT, iam__PassedToService="lambda.amazonaws.com").allowed
    assert not asked("deploy", "iam:PassRole", DEPLOY, iam__PassedToService=agentcore).allowed
    assert not asked("preview", "iam:PassRole", AGENT, iam__PassedToService=agentcore).allowed


SUBJECTS = {
    "preview": f"repo:{REPOSITORY}:pull_request",
    "deploy": f"repo:{REPOSITORY}:environment:production",
    "drift": f"repo:{REPOSITORY}:ref:refs/heads/main",
}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_taken_by_its_own_jobs_and_by_no_other(role: str) -> None:
    provider = f"arn:aws:iam::{ACCOUNT}:oidc-provider/{HOST}"
    trust_policy = Policy.of("its trust", trust(OWN, role), "trust")
    arn = f"arn:aws:iam::{ACCOUNT}:role/trade-matching-delivery-{role}"

    def taken(subject: str, audience: str = AUDIENCE) -> bool:
        context = {f"{HOST}:aud": audience, f"{HOST}:sub": subject}
        request = Request(
            Principal(federated=provider), "sts:AssumeRoleWithWebIdentity", (arn,), context, ACCOUNT
        )
        return evaluate(request, Policies(resource=trust_policy)).allowed

    assert {job for job, subject in SUBJECTS.items() if taken(subject)} == {role}
    assert not taken(SUBJECTS[role], "https://github.com/trade-desk")
    assert not taken(SUBJECTS[role].replace(REPOSITORY, "somebody/trade-matching"))
    assert not taken(SUBJECTS[role] + "x")


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_may_do_fits_into_iams_policies(role: str) -> None:
    assert len(TEXTS[role]) <= POLICIES
    assert max(map(len, TEXTS[role])) <= CHARACTERS


def test_every_type_that_the_program_can_declare_has_a_row() -> None:
    declared = {
        resource.typ
        for resource in registered(everything("local"), "local")
        if resource.typ.startswith("aws:")
    }
    assert declared - set(table()) == set()


def test_what_is_kept_has_no_delete_and_says_why() -> None:
    rows = table()
    assert {token for token, row in rows.items() if bool(row.kept) == bool(row.operations["delete"])} == set()
    for token in (
        "aws:dynamodb/table:Table",
        "aws:s3/bucket:Bucket",
        "aws:sqs/queue:Queue",
        "aws:kms/key:Key",
    ):
        assert rows[token].kept, token


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"github": {"repository": "no-owner"}}, "github.repository"),
        ({"state": {"bucket": "Capital"}}, "state.bucket"),
        ({"system": "nowhere"}, "nowhere"),
        ({"colour": "blue"}, "colour"),
        ({"github": {"repository": REPOSITORY, "branch": "*"}}, "github.branch.*without wildcards"),
        ({"github": {"repository": REPOSITORY, "environment": "prod*"}}, "github.environment"),
        ({"github": {"repository": REPOSITORY, "subject": "repo:*"}}, "github.subject"),
        ({"github": {"repository": REPOSITORY, "subject": "repo:other/one"}}, "a prefix of trade-desk"),
        ({"github": {"repository": REPOSITORY, "team": "a"}}, "github.team"),
        ({"github": {}}, "github.repository"),
        ({"name": "Has Spaces"}, "delivery:name"),
        ({"key": {"alias": "aws/mine"}}, "key.alias"),
        ({"state": {"bucket": "the-state", "noncurrentDays": 1}}, "noncurrentDays.*30"),
        ({"state": {"bucket": "the-state", "keptVersions": 0}}, "keptVersions"),
        ({"permissionsBoundaryArn": "mine"}, "permissionsBoundaryArn"),
        ({"tags": {"aws:mine": "a"}}, "tags"),
        ({"system": ""}, "system: is missing"),
    ],
)
def test_a_wrong_setting_is_one_line(changes: dict[str, object], message: str) -> None:
    with pytest.raises(SettingsError, match=message) as refused:
        settings(**changes)
    assert len(refused.value.lines) == 1
