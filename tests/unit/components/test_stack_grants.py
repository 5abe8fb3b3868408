"""Grants by setting: what is refused, and what becomes of those that are not."""

import json
from typing import Any

import pytest

from components.grants import GRANTABLE, GRANTS, KINDS
from components.naming import Naming
from components.settings import SettingsError, declarations, parse
from components.statements import permissions
from tests.support.stackfile import ACCOUNT, PROJECT, ROOT, changed, registered, stack_config
from tms_policies.documents.actions import known, resource_shapes

LOCAL = stack_config("local")
PLACE = "Pulumi.local.yaml: trade-matching-system:agents.trade-matching.grants[0]"
WHY = "removes trades that were cancelled"
DELETES: dict[str, Any] = {"table": "bank-trades", "actions": ["dynamodb:DeleteItem"], "reason": WHY}
TABLES = ", ".join(LOCAL[f"{PROJECT}:tables"])


def with_grants(*grants: object) -> dict[str, Any]:
    return changed(LOCAL, "agents.trade-matching.grants", list(grants))


def refusal(*grants: object) -> list[str]:
    with pytest.raises(SettingsError) as raised:
        parse(with_grants(*grants), "Pulumi.local.yaml")
    return raised.value.lines


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"table": "trades"}, f'.table: "trades" is refused; allowed is a table of the stack: {TABLES}'),
        ({"table": ...}, ": is refused; it has none, allowed is exactly one of prefix, table, queue, agent"),
        (
            {"queue": "matching"},
            ": is refused; it has table and queue, allowed is exactly one of prefix, table, queue, agent",
        ),
        (
            {"actions": ["s3:DeleteObject"]},
            '.actions[0]: "s3:DeleteObject" is refused; allowed on a table are actions of dynamodb, such as dynamodb:GetItem',
        ),
        (
            {"actions": ["dynamodb:*"]},
            '.actions[0]: "dynamodb:*" is refused; a wildcard gives more than is written, name each action',
        ),
        (
            {"actions": ["dynamodb:DeleteItem", "dynamodb:DeleteItem"]},
            f'.actions[1]: "dynamodb:DeleteItem" is refused; {PLACE.partition("system:")[2]} gives it on table bank-trades already, leave it out',
        ),
        (
            {"actions": ["dynamodb:Scan"]},
            '.actions[0]: "dynamodb:Scan" is refused; components/grants.py gives it on table bank-trades already, leave it out',
        ),
        ({"reason": ...}, ".reason: is missing; write it"),
        (
            {"reason": "why"},
            '.reason: "why" is refused; allowed is one line of 10 to 200 characters, without \'|\'',
        ),
        ({"reason": "a | b, and more"}, ".reason: \"a | b, and more\" is refused; allowed is one line of 10 to 200 characters, without '|'"),
        ({"actions": []}, ".actions: [] is refused; allowed are at least 1"),
        ({"tabel": "x"}, ".tabel: is not a known key (did you mean table?); allowed here: actions, agent, prefix, queue, reason, table"),
    ],
)  # fmt: skip
def test_a_wrong_grant_is_one_line(change: dict[str, object], expected: str) -> None:
    grant = {key: value for key, value in {**DELETES, **change}.items() if value is not ...}
    assert refusal(grant) == [PLACE + expected]


def test_an_action_that_is_none_of_the_kinds_is_told_the_nearest() -> None:
    (line,) = refusal({**DELETES, "actions": ["dynamodb:DeletItem"]})
    assert line.startswith(f'{PLACE}.actions[0]: "dynamodb:DeletItem" is refused; allowed on a table is one')
    assert line.endswith("(did you mean dynamodb:DeleteItem?)")


def test_a_second_grant_that_gives_the_same_is_refused() -> None:
    (line,) = refusal(DELETES, {**DELETES, "reason": "removes them once more"})
    assert line == (
        f'{PLACE.replace("[0]", "[1]")}.actions[0]: "dynamodb:DeleteItem" is refused; '
        f"{PLACE.partition('system:')[2]} gives it on table bank-trades already, leave it out"
    )


def test_all_that_is_wrong_with_grants_is_told_at_once() -> None:
    second = {"queue": "none", "actions": ["sqs:SendMessage", "s3:PutObject"], "reason": WHY}
    assert len(refusal({**DELETES, "actions": ["dynamodb:?"]}, second)) == 3


def test_a_grant_is_a_statement_of_the_role_and_counts_among_the_operations_that_are_watched() -> None:
    settings = parse(with_grants(DELETES), "f")
    naming = Naming("us-east-1", ACCOUNT)
    before = json.loads(permissions("trade-matching", parse(LOCAL, "f"), naming))["Statement"]
    after = json.loads(permissions("trade-matching", settings, naming))["Statement"]
    (added,) = [statement for statement in after if statement not in before]
    assert added == {
        "Sid": "AlsoDeleteItemBankTrades",
        "Effect": "Allow",
        "Action": ["dynamodb:DeleteItem"],
        "Resource": [naming.table("BankTradeData")],
    }
    assert [statement for statement in before if statement not in after] == []
    (alarm,) = [
        resource
        for resource in registered(with_grants(DELETES), "local")
        if resource.name == "bank-trades-system-errors"
    ]
    watched = [query.get("metric", {}).get("dimensions", {}) for query in alarm.inputs["metricQueries"]]
    assert "DeleteItem" in [dimensions.get("Operation") for dimensions in watched]


def test_a_queue_that_is_read_by_a_grant_holds_the_timeout_too() -> None:
    reads = {"queue": "compliance", "actions": ["sqs:ReceiveMessage"], "reason": "reads what it sent"}
    config = changed(with_grants(reads), "queues.compliance.visibilityTimeoutSeconds", 30)
    declared, _ = declarations.read_all({"trade-matching": {}}, ROOT)
    slow = {key: declaration.model_copy(update={"timeout": 60}) for key, declaration in declared.items()}
    (line,) = declarations.against_stack(parse(config, "f"), slow)
    assert "timeout: 60 is refused; allowed is up to 30" in line
    assert "(queues.compliance.visibilityTimeoutSeconds)" in line


@pytest.mark.parametrize(("kind", "action"), [(kind, action) for kind in KINDS for action in GRANTABLE[kind]])
def test_what_may_be_granted_is_an_action_that_takes_such_a_thing(kind: str, action: str) -> None:
    part = {"prefix": "${ObjectName}", "table": "table/", "queue": ":sqs:", "agent": "runtime/"}[kind]
    assert known(action)
    assert any(part in shape for shape in resource_shapes(action))


def test_what_components_grant_could_be_granted_by_a_setting() -> None:
    granted = {(need.kind, action) for needs in GRANTS.values() for need in needs for action in need.actions}
    assert granted <= {(kind, action) for kind in KINDS for action in GRANTABLE[kind]}
