import json
from typing import Any

import pytest

from embedded.aws.plugin.diffing import Change, compare
from embedded.aws.plugin.schema import schema_of
from embedded.aws.plugin.types import MODELS
from embedded.aws.plugin.values import UNKNOWN

TABLE = "aws:dynamodb/table:Table"
QUEUE = "aws:sqs/queue:Queue"
ROLE = "aws:iam/role:Role"
LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"


def differences(token: str, state: dict[str, Any], inputs: dict[str, Any]) -> list[Change]:
    schema = schema_of(token)
    assert schema is not None
    return compare(MODELS[token], schema.inputs, state, inputs)


def statement(**parts: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **parts}]})


@pytest.mark.parametrize(
    ("token", "state", "inputs"),
    [
        pytest.param(QUEUE, {"visibilityTimeoutSeconds": 30}, {}, id="default left out"),
        pytest.param(QUEUE, {"delaySeconds": 0, "fifoQueue": False}, {}, id="zero left out"),
        pytest.param(QUEUE, {"sqsManagedSseEnabled": True}, {}, id="AWS chose"),
        pytest.param(TABLE, {"arn": "arn:x", "streamArn": "y"}, {}, id="output only"),
        pytest.param(TABLE, {"pointInTimeRecovery": {"enabled": False}}, {}, id="block that is off"),
        pytest.param(
            TABLE,
            {"attributes": [{"name": "a", "type": "S"}, {"name": "b", "type": "N"}]},
            {"attributes": [{"name": "b", "type": "S"}, {"name": "a", "type": "S"}]},
            id="order of a set",
        ),
        pytest.param(
            TABLE,
            {
                "globalSecondaryIndexes": [
                    {
                        "name": "i",
                        "hashKey": "a",
                        "readCapacity": 0,
                        "keySchemas": [{"attributeName": "a", "keyType": "HASH"}],
                    }
                ]
            },
            {"globalSecondaryIndexes": [{"name": "i", "hashKey": "a"}]},
            id="index keys in both forms",
        ),
        pytest.param(
            ROLE,
            {"assumeRolePolicy": statement(Action="sts:AssumeRole", Principal={"Service": "a"})},
            {"assumeRolePolicy": statement(Principal={"Service": ["a"]}, Action=["sts:AssumeRole"])},
            id="policy written otherwise",
        ),
        pytest.param(
            QUEUE,
            {"redrivePolicy": '{"maxReceiveCount":3,"deadLetterTargetArn":"x"}'},
            {"redrivePolicy": '{"deadLetterTargetArn": "x", "maxReceiveCount": 3}'},
            id="JSON written otherwise",
        ),
        pytest.param(
            "aws:kms/alias:Alias",
            {"targetKeyId": "1-2"},
            {"targetKeyId": "arn:aws:kms:r:1:key/1-2"},
            id="key by id and by ARN",
        ),
    ],
)
def test_what_means_the_same_is_no_difference(
    token: str, state: dict[str, Any], inputs: dict[str, Any]
) -> None:
    assert differences(token, state, inputs) == []


@pytest.mark.parametrize(
    ("token", "state", "inputs", "change"),
    [
        (
            QUEUE,
            {"visibilityTimeoutSeconds": 31},
            {},
            Change("visibilityTimeoutSeconds", "update", replaces=False),
        ),
        (QUEUE, {"kmsMasterKeyId": "k"}, {}, Change("kmsMasterKeyId", "delete", replaces=False)),
        (QUEUE, {}, {"kmsMasterKeyId": UNKNOWN}, Change("kmsMasterKeyId", "add", replaces=False)),
        (
            TABLE,
            {"ttl": {"enabled": True, "attributeName": "a"}},
            {"ttl": {"enabled": True, "attributeName": "b"}},
            Change("ttl.attributeName", "update", replaces=False),
        ),
        (
            TABLE,
            {"attributes": [{"name": "a", "type": "S"}]},
            {"attributes": [{"name": "b", "type": "S"}, {"name": "a", "type": "S"}]},
            Change("attributes[0]", "add", replaces=False),
        ),
        (
            TABLE,
            {"localSecondaryIndexes": [{"name": "l", "rangeKey": "a"}]},
            {"localSecondaryIndexes": [{"name": "l", "rangeKey": "b"}]},
            Change("localSecondaryIndexes[0].rangeKey", "update", replaces=True),
        ),
        (
            ROLE,
            {"assumeRolePolicy": statement(Action="sts:AssumeRole")},
            {"assumeRolePolicy": statement(Action="sts:TagSession")},
            Change("assumeRolePolicy", "update", replaces=False),
        ),
        (
            QUEUE,
            {"redrivePolicy": '{"maxReceiveCount": 3}'},
            {"redrivePolicy": '{"maxReceiveCount": "3"}'},
            Change("redrivePolicy", "update", replaces=False),
        ),
        (
            LIFECYCLE,
            {"rules": [{"id": "a", "filter": {"prefix": "x/"}, "status": "Enabled"}]},
            {"rules": [{"id": "a", "filter": {"prefix": "y/"}, "status": "Enabled"}]},
            Change("rules[0].filter.prefix", "update", replaces=False),
        ),
        (
            TABLE,
            {"tags": {"a": "1"}},
            {"tags": {"a": "1", "b": "2"}},
            Change("tags.b", "add", replaces=False),
        ),
        (TABLE, {"tags": {"a": "1"}}, {}, Change("tags", "delete", replaces=False)),
    ],
)
def test_a_difference_is_named_by_path_and_kind(
    token: str, state: dict[str, Any], inputs: dict[str, Any], change: Change
) -> None:
    assert differences(token, state, inputs) == [change]


@pytest.mark.parametrize(
    ("token", "name"),
    [(token, name) for token, model in sorted(MODELS.items()) for name in sorted(model.replaces)],
)
def test_a_change_of_a_fixed_property_replaces_the_resource(token: str, name: str) -> None:
    changes = differences(token, {name: "before"}, {name: "after"})
    assert [(change.path, change.replaces) for change in changes] == [(name, True)]


@pytest.mark.parametrize("token", sorted(MODELS))
def test_a_description_names_only_properties_that_the_type_has(token: str) -> None:
    schema, model = schema_of(token), MODELS[token]
    assert schema is not None
    paths = [*model.replaces, *model.defaults, *model.computed, *model.texts, *model.sets]
    tops = {path.partition(".")[0] for path in paths}
    assert tops | model.unread | model.mirrored | model.refused <= set(schema.inputs)
    assert model.name is None or model.name in schema.inputs
    assert bool(model.retag) == schema.taggable
