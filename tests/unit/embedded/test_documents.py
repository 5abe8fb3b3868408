import json

import pytest

from embedded.aws.plugin.documents import same_json, same_policy


def policy(*statements: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


ALLOW = {"Effect": "Allow", "Action": ["a:B", "c:D"], "Resource": ["x", "y"]}
DENY = {"Effect": "Deny", "Action": "a:B", "Resource": "*"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (policy(ALLOW), policy({**ALLOW, "Action": ["c:D", "a:B"]})),
        (policy(ALLOW, DENY), policy(DENY, ALLOW)),
        (policy(DENY), policy({**DENY, "Action": ["a:B"], "Resource": ["*"]})),
        (policy(DENY), json.dumps({"Version": "2012-10-17", "Statement": DENY})),
        (policy({**DENY, "Principal": "*"}), policy({**DENY, "Principal": {"AWS": "*"}})),
        (
            policy({**DENY, "Condition": {"Bool": {"aws:SecureTransport": False}}}),
            policy({**DENY, "Condition": {"Bool": {"aws:SecureTransport": ["false"]}}}),
        ),
        (
            policy({**DENY, "Principal": {"AWS": "123456789012"}}),
            policy({**DENY, "Principal": {"AWS": ["arn:aws:iam::123456789012:root"]}}),
        ),
        (
            policy({**DENY, "Principal": {"AWS": "123456789012"}}),
            policy({**DENY, "Principal": {"AWS": "arn:aws-us-gov:iam::123456789012:root"}}),
        ),
        ("not JSON", "not JSON"),
    ],
)
def test_policies_that_mean_the_same_are_the_same(first: str, second: str) -> None:
    assert same_policy(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (policy(ALLOW), policy({**ALLOW, "Effect": "Deny"})),
        (policy(ALLOW), policy({**ALLOW, "Resource": ["x"]})),
        (policy(ALLOW), policy(ALLOW, DENY)),
        (policy({**DENY, "Principal": {"AWS": "1"}}), policy({**DENY, "Principal": {"Service": "1"}})),
        (
            policy({**DENY, "Condition": {"Bool": {"k": "true"}}}),
            policy({**DENY, "Condition": {"Bool": {"k": "false"}}}),
        ),
        ("not JSON", policy(DENY)),
    ],
)
def test_policies_that_differ_are_not(first: str, second: str) -> None:
    assert not same_policy(first, second)


def test_other_json_is_compared_as_values() -> None:
    assert same_json('{"a": 1, "b": 2}', '{"b":2,"a":1}')
    assert not same_json('{"a": 1}', '{"a": "1"}')
    assert not same_json("[1, 2]", "[2, 1]")
