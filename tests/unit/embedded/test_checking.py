import json
import re
from typing import Any

import pytest

from embedded.aws.plugin.inputs import checked
from embedded.aws.plugin.schema import schema_of
from embedded.aws.plugin.types import MODELS
from embedded.aws.plugin.values import UNKNOWN, without_internals

TABLE = "aws:dynamodb/table:Table"
QUEUE = "aws:sqs/queue:Queue"
POLICY = "aws:iam/policy:Policy"


def check(token: str, props: dict[str, object], **old: object) -> tuple[dict[str, Any], list[str]]:
    schema = schema_of(token)
    assert schema is not None
    inputs, problems = checked(schema, MODELS.get(token), "orders", props, old, b"seed", {"Team": "x"})
    return inputs, problems


@pytest.mark.parametrize(
    ("token", "props", "problem"),
    [
        (TABLE, {"hashKye": "a"}, "property 'hashKye' is not known; did you mean 'hashKey'?"),
        (
            TABLE,
            {"attributes": [{"name": "a", "type": "S", "zzz": 1}]},
            "property 'attributes[0].zzz' is not known; allowed are name, type",
        ),
        (TABLE, {"attributes": [{"name": "a"}]}, "property 'attributes[0].type' is required; give a string"),
        (TABLE, {"attributes": {"name": "a"}}, "property 'attributes' must be a list, not an object"),
        (TABLE, {"readCapacity": "many"}, "property 'readCapacity' must be a whole number, not a string"),
        (TABLE, {"readCapacity": 1.5}, "property 'readCapacity' must be a whole number, not a fraction"),
        (TABLE, {"streamEnabled": "yes"}, "property 'streamEnabled' must be true or false, not a string"),
        (TABLE, {"tags": {"a": ["b"]}}, "property 'tags[\"a\"]' must be a string, not a list"),
        (
            "aws:s3/bucketPolicy:BucketPolicy",
            {"policy": "{}"},
            "property 'bucket' is required; give a string",
        ),
        (POLICY, {"policy": ["x"]}, "property 'policy' must be a string or an object, not a list"),
    ],
)
def test_wrong_inputs_are_named_with_what_is_allowed(
    token: str, props: dict[str, object], problem: str
) -> None:
    assert check(token, props)[1] == [problem]


def test_everything_that_is_wrong_is_reported_at_once() -> None:
    assert len(check(TABLE, {"a": 1, "b": 2, "tags": "c"})[1]) == 3


def test_a_wrong_value_is_never_repeated_as_it_may_be_secret() -> None:
    assert "hunter2" not in " ".join(check(TABLE, {"readCapacity": "hunter2"})[1])


@pytest.mark.parametrize(
    ("token", "props", "expected"),
    [
        (TABLE, {"readCapacity": "5"}, {"readCapacity": 5}),
        (TABLE, {"streamEnabled": "true"}, {"streamEnabled": True}),
        (TABLE, {"hashKey": 5}, {"hashKey": "5"}),
        (TABLE, {"hashKey": True}, {"hashKey": "true"}),
        (TABLE, {"hashKey": UNKNOWN}, {"hashKey": UNKNOWN}),
        (TABLE, {"attributes": UNKNOWN}, {"attributes": UNKNOWN}),
        (TABLE, {"attributes": [UNKNOWN]}, {"attributes": [UNKNOWN]}),
        (
            POLICY,
            {"policy": {"Version": "2012-10-17", "Statement": [{"Effect": UNKNOWN}]}},
            {"policy": UNKNOWN},
        ),
    ],
)
def test_lossless_conversions_and_unknowns_pass(
    token: str, props: dict[str, object], expected: dict[str, object]
) -> None:
    inputs, problems = check(token, props)
    assert problems == []
    assert {name: inputs[name] for name in expected} == expected


def test_a_policy_given_as_an_object_becomes_json_text() -> None:
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:*"}]}
    text = check(POLICY, {"policy": document})[0]["policy"]
    assert json.loads(str(text)) == document


def test_a_name_that_is_left_out_is_invented_once_and_kept() -> None:
    first, _ = check(TABLE, {})
    assert str(first["name"]).startswith("orders-")
    assert "name" in first["__defaults"]
    assert check(TABLE, {})[0]["name"] == first["name"]
    assert check(TABLE, {}, name="orders-0000000", __defaults=["name"])[0]["name"] == "orders-0000000"


@pytest.mark.parametrize(
    ("token", "props", "name"),
    [
        (QUEUE, {"fifoQueue": True}, r"orders-\w{7}\.fifo"),
        ("aws:kms/alias:Alias", {"targetKeyId": "k"}, r"alias/orders-\w{7}"),
        ("aws:sns/topic:Topic", {}, r"orders-\w{7}"),
        ("aws:sns/topic:Topic", {"fifoTopic": True}, r"orders-\w{7}\.fifo"),
    ],
)
def test_an_invented_name_has_the_form_that_aws_wants(
    token: str, props: dict[str, object], name: str
) -> None:
    assert re.fullmatch(name, str(check(token, props)[0]["name"]))


def test_a_prefix_leaves_the_name_to_aws() -> None:
    assert "name" not in check(QUEUE, {"namePrefix": "work-"})[0]


def test_schema_defaults_are_seen_by_policies_unless_they_say_nothing() -> None:
    inputs, _ = check(QUEUE, {"name": "q"})
    assert inputs["visibilityTimeoutSeconds"] == 30
    assert "delaySeconds" not in inputs
    assert "fifoQueue" not in inputs


def test_default_tags_are_merged_and_own_tags_win() -> None:
    assert check(TABLE, {"tags": {"A": "b"}})[0]["tagsAll"] == {"Team": "x", "A": "b"}
    assert check(TABLE, {"tags": {"Team": "y"}})[0]["tagsAll"] == {"Team": "y"}
    assert check(TABLE, {"tags": UNKNOWN})[0]["tagsAll"] == UNKNOWN
    assert "tagsAll" not in check(POLICY.replace("policy:Policy", "rolePolicy:RolePolicy"), {"role": "r"})[0]


def test_checking_checked_inputs_again_changes_nothing() -> None:
    first, _ = check(TABLE, {"name": "T", "attributes": [{"name": "a", "type": "S"}], "tags": {"A": "b"}})
    again, problems = check(TABLE, first)
    assert problems == []
    assert without_internals(again) == without_internals(first)


@pytest.mark.parametrize(
    ("token", "required"),
    [
        (
            "aws:s3/bucketLogging:BucketLogging",
            {"bucket", "targetBucket", "targetPrefix"},
        ),  # plain name is a nested type
        ("aws:s3/bucketVersioning:BucketVersioning", {"bucket", "versioningConfiguration"}),
        ("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {"role", "policyArn"}),
        ("aws:lambda/function:Function", {"role"}),
    ],
)
def test_required_inputs_come_from_the_pulumi_aws_classes(token: str, required: set[str]) -> None:
    schema = schema_of(token)
    assert schema is not None
    assert {name for name, field in schema.inputs.items() if field.required} == required


def test_a_type_that_pulumi_aws_does_not_have_has_no_schema() -> None:
    assert schema_of("aws:dynamodb/tabel:Tabel") is None
    assert schema_of("nonsense") is None
