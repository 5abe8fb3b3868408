"""Rules about all that a role, user or group has together: escalation, needs, deletion, grants in vain."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check, findings
from tms_policies.documents.actions import expanded, services
from tms_policies.rules.iam_escalation import PATHS, STEPS

ESCALATION = "iam-role-escalation"
NEEDS = "iam-role-declared-needs"
LESS = "iam-role-needs-met"
DELETES = "iam-role-destructive-actions"
VAIN = "iam-role-void-grant"
TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/trades"
PUBLISHED: list[list[str]] = json.loads(
    Path(__file__).with_name("published_escalations.json").read_text(encoding="utf-8")
)


def document(*statements: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: object, resource: object = "*", **extra: object) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **extra}


def deny(action: object, resource: object = "*", **extra: object) -> dict[str, Any]:
    return allow(action, resource, **extra) | {"Effect": "Deny"}


def inline(*statements: object, role: str = "agent", name: str = "own") -> Declared:
    return Declared("iam/rolePolicy:RolePolicy", {"role": role, "policy": document(*statements)}, name=name)


def role(name: str = "agent", **props: object) -> Declared:
    return Declared("iam/role:Role", {"name": name, **props}, name=f"{name}-role")


def managed(name: str, *statements: object) -> Declared:
    return Declared("iam/policy:Policy", {"name": name, "policy": document(*statements)}, name=name)


def attached(policy: str, role_name: str = "agent") -> Declared:
    arn = f"arn:aws:iam::123456789012:policy/{policy}"
    props = {"role": role_name, "policyArn": arn}
    return Declared("iam/rolePolicyAttachment:RolePolicyAttachment", props, name=f"{policy}-to-{role_name}")


def gone(action: str) -> bool:
    return action.partition(":")[0] not in services()


@pytest.mark.parametrize("actions", PUBLISHED, ids="+".join)
def test_every_published_way_is_found_over_all_policies_together(actions: list[str]) -> None:
    if any(gone(item) for item in actions):
        assert "codestar:CreateProject" in actions  # the service is no more, and nor are its actions
        return
    parts = [managed(f"part-{index}", allow(item)) for index, item in enumerate(actions)]
    links = [attached(item.name) for item in parts]
    check(ESCALATION, "agent can take rights that it was not given: (1)", role(), *parts, *links)


@pytest.mark.parametrize("path", PATHS, ids="+".join)
def test_a_way_needs_each_of_its_steps(path: tuple[str, ...]) -> None:
    check(ESCALATION, "(1)", role(), *(inline(allow(action), name=action) for action in path))
    for omitted in path:
        remainder = [action for action in path if action != omitted]
        remaining = [inline(allow(action), name=action) for action in remainder]
        assert not any("(1)" in action for action in findings(ESCALATION, role(), *remaining)), omitted


def test_every_step_is_an_action_that_exists_and_is_explained() -> None:
    assert {action for path in PATHS for action in path} == set(STEPS)
    assert [step for step in STEPS if expanded(step) != (step,)] == []


PASS = allow("iam:PassRole", "arn:aws:iam::123456789012:role/admin")
MAKE = allow(["lambda:CreateFunction", "lambda:InvokeFunction"])


def to_service(service: object) -> dict[str, Any]:
    return PASS | {"Condition": {"StringEquals": {"iam:PassedToService": service}}}


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        (
            [role(), inline(PASS, MAKE)],
            "(1) iam:PassRole to hand a stronger role to the service [policy of own",
        ),
        ([inline(PASS, MAKE)], "agent can take rights"),
        ([inline(PASS, MAKE, role="")], "can take rights"),
        ([role(), inline(PASS), inline(MAKE, role="other", name="second")], None),
        ([role(inlinePolicies=[{"name": "a", "policy": document(PASS)}]), inline(MAKE)], "agent can take"),
        ([role(), managed("a", PASS), attached("a"), inline(MAKE)], "policy of a, statement 0"),
        ([managed("a", PASS, MAKE)], "a can take rights"),
        ([managed("a", PASS), managed("b", MAKE)], None),
        ([role(), inline(allow("*"))], "more ways"),
        ([role(), inline(allow("IAM:put*"))], "iam:PutUserPolicy"),
        ([role(), inline({"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"})], "more ways"),
        ([role(), inline(to_service("lambda.amazonaws.com"), MAKE)], "agent can take rights"),
        ([role(), inline(to_service("ecs-tasks.amazonaws.com"), MAKE)], None),
        ([role(), inline(PASS, MAKE, deny("lambda:*"))], None),
        ([role(), inline(PASS, MAKE), inline(deny("lambda:CreateFunction"), name="second")], None),
        (
            [role(), inline(PASS, MAKE, deny("lambda:*", Condition={"Bool": {"a:b": "true"}}))],
            "agent can take",
        ),
        ([role(), inline(PASS, MAKE, deny("lambda:*", TABLE))], "agent can take rights"),
        (
            [
                role(permissionsBoundary="arn:aws:iam::1:policy/edge"),
                managed("edge", allow("s3:*")),
                inline(PASS, MAKE),
            ],
            None,
        ),
        (
            [
                role(permissionsBoundary="arn:aws:iam::1:policy/edge"),
                managed("edge", allow("*")),
                inline(PASS, MAKE),
            ],
            "agent can take",
        ),
        ([role(permissionsBoundary="arn:aws:iam::1:policy/elsewhere"), inline(PASS, MAKE)], "agent can take"),
        ([role(), inline(allow("dynamodb:GetItem", TABLE))], None),
    ],
)
def test_escalation(resources: list[Declared], expected: str | None) -> None:
    check(ESCALATION, expected, *resources)


def test_what_a_policy_is_attached_to_may_be_known_by_its_dependency_only() -> None:
    link = Declared(
        "iam/rolePolicyAttachment:RolePolicyAttachment",
        {"role": UNKNOWN, "policyArn": UNKNOWN},
        name="link",
        uses={"role": ["agent-role"], "policyArn": ["a"]},
    )
    check(ESCALATION, "agent can take", role(), managed("a", PASS), link, inline(MAKE))


def test_a_target_may_be_accepted() -> None:
    config = {"acceptedTargets": ["arn:aws:iam::*:role/admin"]}
    check(ESCALATION, None, role(), inline(PASS, MAKE), config=config)
    check(
        ESCALATION, "(1)", role(), inline(PASS, MAKE), config={"acceptedTargets": ["arn:aws:iam::*:role/a"]}
    )


def test_users_and_groups_have_rights_too() -> None:
    user = Declared("iam/user:User", {"name": "ann"}, name="ann")
    embedded = Declared("iam/userPolicy:UserPolicy", {"user": "ann", "policy": document(PASS)}, name="own")
    attachment = Declared(
        "iam/policyAttachment:PolicyAttachment",
        {"users": ["ann"], "groups": ["ops"], "policyArn": "arn:aws:iam::123456789012:policy/make"},
        name="link",
    )
    check(ESCALATION, "ann can take rights", user, embedded, managed("make", MAKE), attachment)


@pytest.fixture
def needs(tmp_path: Path) -> dict[str, str]:
    """Declare that the agent reads one table, deletes from another and sends to any queue of a name."""
    file = tmp_path / "needs.yaml"
    file.write_text(
        f"""
        roles:
          agen*:
            - actions: [dynamodb:GetItem, dynamodb:query]
              resources: ["{TABLE}"]
              reason: reads trades
            - actions: [sqs:SendMessage]
              resources: ["arn:aws:sqs:*:*:trades-*"]
              reason: passes trades on
            - actions: [dynamodb:DeleteItem]
              resources: ["{TABLE}-drafts"]
              reason: removes drafts
        """
    )
    return {"needsFile": str(file)}


QUEUE = "arn:aws:sqs:us-east-1:123456789012:trades-in"
ENOUGH = [allow(["DynamoDB:getitem", "dynamodb:Query"], TABLE), allow("sqs:SendMessage", QUEUE)]


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (ENOUGH, None),
        ([allow("sqs:SendMessage", "arn:aws:sqs:*:*:trades-*")], None),
        ([*ENOUGH, allow("dynamodb:PutItem", TABLE)], "dynamodb:PutItem on"),
        (
            [*ENOUGH, allow("dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:123456789012:table/*")],
            "more than",
        ),
        ([*ENOUGH, allow("dynamodb:*", TABLE)], "dynamodb:* on"),
        ([*ENOUGH, {"Effect": "Allow", "NotAction": "s3:*", "Resource": TABLE}], "* on"),
        (
            [*ENOUGH, {"Effect": "Allow", "Action": "dynamodb:GetItem", "NotResource": QUEUE}],
            "GetItem on '*'",
        ),
        ([*ENOUGH, allow("dynamodb:PutItem", TABLE), deny("dynamodb:Put*")], None),
    ],
)
def test_no_more_than_needed(statements: list[Any], expected: str | None, needs: dict[str, str]) -> None:
    check(NEEDS, expected, role(), inline(*statements), config=needs)
    split = [inline(statement, name=f"part-{index}") for index, statement in enumerate(statements)]
    check(NEEDS, expected, role(), *split, config=needs)
    check(NEEDS, None, role("else"), inline(*statements, role="else"), config=needs)


def test_the_smallest_document_is_the_remedy(needs: dict[str, str]) -> None:
    (text,) = findings(NEEDS, role(), inline(allow("dynamodb:*", "*")), config=needs)
    written = text.partition(". Write: ")[2].partition(". See ")[0]
    actions = [item["Action"] for item in json.loads(written)["Statement"]]
    assert sorted(item for listed in actions for item in listed) == [
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:Query",
        "sqs:SendMessage",
    ]
    check(NEEDS, None, role(), inline(*json.loads(written)["Statement"]), config=needs)
    check(LESS, None, role(), inline(*json.loads(written)["Statement"]), config=needs)


def test_a_policy_from_elsewhere_is_beyond_the_needs(needs: dict[str, str]) -> None:
    check(NEEDS, "policy/unseen", role(), inline(*ENOUGH), attached("unseen"), config=needs)


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([*ENOUGH, allow("dynamodb:DeleteItem", "*")], None),
        (ENOUGH, "agent lacks dynamodb:DeleteItem"),
        ([*ENOUGH, allow("dynamodb:DeleteItem"), deny("dynamodb:Delete*")], "lacks dynamodb:DeleteItem"),
    ],
)
def test_no_less_than_needed(statements: list[Any], expected: str | None, needs: dict[str, str]) -> None:
    check(LESS, expected, role(), inline(*statements), config=needs)


def test_what_is_optional_may_be_there_and_is_not_missed(tmp_path: Path) -> None:
    file = tmp_path / "optional.yaml"
    need = f"{{actions: [dynamodb:GetItem], resources: ['{TABLE}'], reason: reads, optional: true}}"
    file.write_text(f"roles: {{agent: [{need}]}}")
    config = {"needsFile": str(file)}
    reads, writes = allow("dynamodb:GetItem", TABLE), allow("dynamodb:PutItem", TABLE)
    for rule in (NEEDS, LESS):
        check(rule, None, role(), inline(reads), config=config)
        check(rule, None, role(), config=config)
    check(NEEDS, "dynamodb:PutItem on", role(), inline(reads, writes), config=config)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("roles: [", "is not YAML"),
        ("agent: []", "one key, roles"),
        ("roles: {agent: {}}", "roles.agent must be a list"),
        (
            "roles: {agent: [{actions: [s3:GetObject], resources: ['*']}]}",
            "must have actions, resources and reason",
        ),
        (
            "roles: {agent: [{actions: [s3:GetObject], resources: ['*'], reason: x, optional: false}]}",
            "roles.agent[0].optional must be true, or left out",
        ),
        ("roles: {agent: [{actions: [s3:Get*], resources: ['*'], reason: x}]}", "'s3:Get*', which is no"),
        ("roles: {agent: [{actions: s3:GetObject, resources: ['*'], reason: x}]}", "actions must be a list"),
        ("roles: {agent: [{actions: [s3:GetObject], resources: [], reason: x}]}", "resources must be a list"),
        ("roles: {agent: [{actions: [s3:GetObject], resources: ['*'], reason: ' '}]}", "reason must be"),
        ("[" * 4000, "is not YAML"),
        ("roles:\n  agent: []\n  agent: []\n", "line 3 has the key 'agent' a second time"),
        ("roles: {agent: [{actions: [], actions: []}]}", "line 1 has the key 'actions' a second time"),
        ("roles: &all\n  agent: *all\n", "roles.agent must be a list"),
    ],
)
def test_a_wrong_needs_file_is_a_finding(text: str, expected: str, tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(text)
    check(NEEDS, expected, role(), config={"needsFile": str(file)})


def test_a_needs_file_that_is_asked_for_must_exist() -> None:
    check(NEEDS, "'nowhere.yaml', which does not exist", role(), config={"needsFile": "nowhere.yaml"})
    check(NEEDS, None, role())


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (allow("dynamodb:DeleteItem", TABLE), "allows dynamodb:DeleteItem on"),
        (allow("S3:deleteobject", "*"), "allows s3:DeleteObject on '*'"),
        (allow("sqs:DeleteMessage", QUEUE), None),
        (allow("dynamodb:DeleteItem", f"{TABLE}-drafts"), None),
        (allow("dynamodb:*", TABLE), None),
        (deny("dynamodb:DeleteItem", TABLE), None),
    ],
)
def test_nobody_deletes(statement: dict[str, Any], expected: str | None, needs: dict[str, str]) -> None:
    check(DELETES, expected, role(), inline(statement), config=needs)


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (
            [allow("s3:GetObject", "*"), deny("s3:*")],
            "allows 's3:GetObject' in vain: policy of own, statement 1",
        ),
        ([allow("s3:GetObject", "*"), deny("s3:*", "arn:aws:s3:::a/*")], None),
        (
            [
                allow("s3:GetObject", ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"]),
                deny("s3:*", "arn:aws:s3:::a/*"),
            ],
            None,
        ),
        ([allow("s3:GetObject", "arn:aws:s3:::a/x"), deny("s3:GetObject", "arn:aws:s3:::a/*")], "in vain"),
        ([allow("s3:GetObject"), deny("s3:*", Condition={"Bool": {"aws:SecureTransport": "false"}})], None),
        ([allow("s3:GetObject", "*")], None),
        (
            [
                allow("s3:GetObject", "arn:aws:s3:::a/*"),
                {"Effect": "Deny", "Action": "s3:*", "NotResource": "arn:aws:s3:::b/*"},
            ],
            "in vain",
        ),
    ],
)
def test_a_grant_has_an_effect(statements: list[Any], expected: str | None) -> None:
    check(VAIN, expected, role(), inline(*statements))


def test_a_grant_outside_the_boundary_is_in_vain() -> None:
    edge = managed("edge", allow("s3:*"))
    bound = role(permissionsBoundary="arn:aws:iam::123456789012:policy/edge")
    check(VAIN, "boundary does not allow it", bound, edge, inline(allow("dynamodb:GetItem", TABLE)))
    check(VAIN, None, bound, edge, inline(allow("s3:GetObject", "arn:aws:s3:::a/*")))
