"""What of a program endangers what it adopts is named with what to do."""

from dataclasses import replace
from typing import Any

import pytest

from adopt import lint
from tests.unit.adopt.test_identity import target

QUEUE, ROLE = "aws:sqs/queue:Queue", "aws:iam/role:Role"
BUCKET, TABLE = "aws:s3/bucket:Bucket", "aws:dynamodb/table:Table"


@pytest.mark.parametrize(
    ("kind", "inputs", "protect", "expected"),
    [
        (QUEUE, {"name": "a"}, True, []),
        (QUEUE, {"name": "a"}, False, ["it holds data and the program does not protect it"]),
        (BUCKET, {"bucket": "a", "forceDestroy": True}, True, ["force_destroy deletes"]),
        (
            ROLE,
            {"name": "a-1f2e", "__defaults": ["name", "path"]},
            False,
            ["its name is made up by the provider"],
        ),
        (ROLE, {"name": "a", "inlinePolicies": [{}]}, False, []),
    ],
)
def test_one_declaration(kind: str, inputs: dict[str, Any], protect: bool, expected: list[str]) -> None:
    found = lint.faults([replace(target(kind, inputs), protect=protect, retained=True)])
    assert len(found) == len(expected)
    assert all(words in one for words, one in zip(expected, found, strict=True))


def test_a_setting_that_two_resources_own() -> None:
    queue = replace(target(QUEUE, {"name": "a", "policy": "{}"}), protect=True)
    other = target("aws:sqs/queuePolicy:QueuePolicy", {}, "p", queueUrl=(queue.urn,))
    (found,) = lint.faults([queue, other])
    assert found.startswith("it: policy is declared here and by a aws:sqs/queuePolicy:QueuePolicy too")
    assert lint.faults([replace(queue, inputs={"name": "a"}), other]) == []


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
    found = lint.faults([replace(target(kind, inputs), protect=True, retained=retained)])
    assert len([one for one in found if one.endswith("retain_on_delete=True")]) == len(found) == expected
