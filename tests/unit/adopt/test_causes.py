"""What mends a difference is an edit that can be made."""

import pytest
import yaml

from adopt.causes import explained
from adopt.differences import differences
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


BUCKET = "urn:pulumi:s::p::aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration::documents"
RULES = [{"id": "old", "filter": {"prefix": "a/"}}, {"id": "raw", "filter": {"prefix": "b/"}}]


@pytest.mark.parametrize(
    ("path", "live", "declared", "expected"),
    [
        (
            "rules[1].filter.prefix",
            "c/",
            "b/",
            {"p": {"documents": {"rules": [RULES[0], {"id": "raw", "filter": {"prefix": "c/"}}]}}},
        ),
        ("readers[1]", "3", "2", {"p": {"documents": {"readers": ["1", "3"]}}}),
        ("readers", ["1"], ["1", "2"], {"p": {"documents": {"readers": ["1"]}}}),
    ],
)
def test_the_edit_of_a_setting_in_a_list_has_the_whole_list(
    path: str, live: object, declared: object, expected: object
) -> None:
    settings = {"p": {"documents": {"rules": RULES, "readers": ["1", "2"]}, "other": {"readers": ["2"]}}}
    given = Difference(BUCKET, path, live, declared, "updated in place")
    found = explained(given, {}, settings, "Pulumi.s.yaml")
    head, _, edit = found.fix.partition("\n")
    assert head == "# Pulumi.s.yaml, under config"
    assert yaml.safe_load(edit) == expected


def test_a_value_that_stands_in_two_settings_is_mended_in_the_program() -> None:
    settings = {"p": {"documents": {"rules": [{"prefix": "a"}, {"prefix": "a"}]}}}
    given = Difference(BUCKET, "rules[0].prefix", "b", "a", "updated in place")
    assert explained(given, {}, settings, "Pulumi.s.yaml").fix == (
        '# in the program, on documents\nrules[0].prefix = "b"'
    )


def test_what_the_program_adds_inside_a_list_is_named_with_its_place() -> None:
    rule = {"__defaults": [], "days": 7}
    step = {
        "urn": URN,
        "op": "update",
        "oldState": {"inputs": {"rules": [{}]}},
        "newState": {"inputs": {"rules": [{"noncurrentVersionExpiration": rule}]}},
        "detailedDiff": {"rules[0].noncurrentVersionExpiration": {"kind": "add"}},
    }
    (one,) = differences(step, set())
    assert one.declared == {"days": 7}
    fix = explained(one, {}, {}, "Pulumi.s.yaml").fix
    assert fix == "# in the program: leave rules[0].noncurrent_version_expiration of desk out"
