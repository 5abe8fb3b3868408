"""The shipped read-only policy covers what a whole run calls, and what is refused is unknown, never absent."""

import os
from pathlib import Path

import pytest

from tests.support.asking.actions import action
from tests.support.estate import Estate
from tests.support.faulty import on_the_way, opened
from toolkit.adopt import permissions
from toolkit.adopt.discovery import survey
from toolkit.adopt.model import Plan
from toolkit.aws.account import Account
from toolkit.aws.types import LISTINGS

pytestmark = pytest.mark.engine


def test_every_call_of_a_whole_run_is_in_the_policy(estate: Estate) -> None:
    with on_the_way(Path(estate.environment["EMBEDDED_HOME"])) as network:
        estate.expect(0, "run")
        called = {f"{one.service}:{one.operation}" for one in network.calls if one.service}
    assert {"dynamodb:DescribeTable", "s3:ListBuckets", "iam:GetRolePolicy"} <= called
    assert {action(one) for one in called} - {""} - set(permissions.actions()) == set()


@pytest.mark.parametrize("part", range(4))
def test_actions_that_are_taken_away_make_their_types_unknown_by_their_names(
    built: Estate, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    taken = sorted({one.action for one in LISTINGS if not one.within})[part::4]
    mine = [one for one in LISTINGS if one.action in taken and not one.within]
    with opened(int(built.endpoint.rpartition(":")[2])) as network:
        for key, value in {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{network.port}",
            "AWS_ACCESS_KEY_ID": "a",
            "AWS_SECRET_ACCESS_KEY": "b",
        }.items():
            monkeypatch.setitem(os.environ, key, value)
        account, plan = Account("us-east-1"), Plan()
        network.deny(
            *(
                f"{one.service}:{account.client(one.service).meta.method_to_api_mapping[one.operation]}"
                for one in mine
            )
        )
        survey(account, "123456789012", [], plan)
    for one in mine:
        assert plan.unlisted[one.type].startswith(f"{one.action} is refused"), one.type
        assert one.type not in {token for token, _ in plan.unmanaged}
