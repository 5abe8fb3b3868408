"""Who else manages a live resource, by its tags and by other stacks."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from adopt import owners
from adopt.engine import Engine
from adopt.live import Account
from adopt.model import Found, Stop
from tests.unit.adopt.test_identity import target

TOKEN = "aws:dynamodb/table:Table"  # noqa: S105 - a type


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"aws:cloudformation:stack-name": "old"}, "CloudFormation stack old owns it"),
        ({"ManagedBy": "Terraform"}, "its tag ManagedBy=Terraform says that Terraform manages it"),
        ({"managed-by": "opentofu"}, "its tag managed-by=opentofu says"),
        ({"terraform": "true"}, "says that Terraform manages it"),
        ({"ManagedBy": "pulumi", "terraform": "false"}, ""),
        (None, ""),
    ],
)
def test_tags_name_the_tool(tags: Mapping[str, str] | None, expected: str) -> None:
    said = owners.tagged({"tags": tags})
    assert said.startswith(expected) if expected.startswith(("Cloud", "its")) else expected in said
    assert bool(said) == bool(expected)


class Others(Engine):
    """A backend with a stack that cannot be read."""

    def export(self, stack: str = "") -> dict[str, Any]:
        if stack == "secret":
            raise Stop(2, "the state of secret cannot be read: no key")
        return {"deployment": {"resources": [{"type": TOKEN, "id": "Trades", "custom": True}]}}


class Tagged(Account):
    def pages(self, service: str, operation: str, **_arguments: object) -> Iterator[Mapping[str, Any]]:
        assert (service, operation) == ("resourcegroupstaggingapi", "get_resources")
        arn = "arn:aws:dynamodb:us-east-1:123456789012:table/Status"
        tag = {"Key": "aws:cloudformation:stack-name", "Value": "old"}
        yield {"ResourceTagMappingList": [{"ResourceARN": arn, "Tags": [tag]}]}


def test_other_stacks_and_cloudformation_own_what_they_have() -> None:
    found = [Found(target(TOKEN, {}, name), id=name) for name in ("Trades", "Status", "Free")]
    warnings: list[str] = []
    formed = owners.of_cloudformation(Tagged("us-east-1"), warnings)
    said = owners.elsewhere(Others("prod", Path()), ["dev", "secret"], found, formed, warnings)
    assert said.keys() == {"Trades", "Status"}
    other = [Found(target("aws:sns/topic:Topic", {}, "t"), id="arn:aws:sns:us-east-1:1:Status")]
    assert owners.elsewhere(Others("prod", Path()), [], other, formed, []) == {}  # of another service
    assert said["Trades"].startswith("the state of stack dev has it")
    assert said["Status"].startswith("CloudFormation stack old owns it")
    assert warnings == ["what another stack owns is not known: the state of secret cannot be read: no key"]
