"""What mends a difference is an edit that can be made."""

import pytest

from adopt.causes import explained
from adopt.model import Difference

URN = "urn:pulumi:s::p::aws:sns/topicSubscription:TopicSubscription::desk"
TIMEOUT = "confirmationTimeoutInMinutes"


@pytest.mark.parametrize(
    ("defaults", "expected"),
    [
        ([TIMEOUT], f"# in the mapping\n- urn: {URN}\n  change:\n    {TIMEOUT}: AWS does not tell it"),
        ([], "# in the program: leave confirmation_timeout_in_minutes of desk out"),
    ],
    ids=["the provider's default", "declared"],
)
def test_what_is_never_read_is_left_out_or_agreed_to(defaults: list[str], expected: str) -> None:
    live = Difference(URN, TIMEOUT, None, 1, "updated in place")
    found = explained(live, {TIMEOUT: 1, "__defaults": defaults}, {}, "Pulumi.s.yaml")
    assert (found.cause, found.consequence) == ("not read back", "cannot be read back")
    assert found.fix == expected
