import json
from typing import Any

import pytest

from embedded.aws.plugin.clients import Aws, ClientPool
from embedded.aws.plugin.errors import RefusedError
from embedded.aws.plugin.invokes import answer

HERE = Aws("222222222222", "eu-west-1", ClientPool("222222222222", {"": "http://127.0.0.1:1"}))
DOCUMENT = "aws:iam/getPolicyDocument:getPolicyDocument"


@pytest.mark.parametrize(
    ("token", "name", "value"),
    [
        ("aws:index/getCallerIdentity:getCallerIdentity", "accountId", "222222222222"),
        ("aws:index/getRegion:getRegion", "region", "eu-west-1"),
        ("aws:index/getPartition:getPartition", "partition", "aws"),
        ("aws:index/getPartition:getPartition", "reverseDnsPrefix", "com.amazonaws"),
    ],
)
def test_what_the_configuration_knows_is_answered(token: str, name: str, value: str) -> None:
    assert answer(HERE, token, {})[name] == value


@pytest.mark.parametrize(
    ("region", "endpoint"),
    [
        ("us-gov-west-1", "ec2.us-gov-west-1.amazonaws.com"),
        ("cn-north-1", "ec2.cn-north-1.amazonaws.com.cn"),
    ],
)
def test_an_endpoint_is_of_the_partition_of_its_region(region: str, endpoint: str) -> None:
    assert answer(HERE, "aws:index/getRegion:getRegion", {"region": region})["endpoint"] == endpoint


def test_any_other_data_source_is_refused_by_name() -> None:
    with pytest.raises(RefusedError, match="aws:ec2/getAmi:getAmi: the embedded AWS does not answer"):
        answer(HERE, "aws:ec2/getAmi:getAmi", {})


def test_a_policy_document_is_composed_from_statements() -> None:
    args: dict[str, Any] = {
        "statements": [
            {
                "sid": "Read",
                "actions": ["s3:GetObject", "s3:PutObject"],
                "resources": ["arn:aws:s3:::b/&{aws:username}/*"],
                "principals": [{"type": "Service", "identifiers": ["lambda.amazonaws.com"]}],
                "conditions": [{"test": "StringEquals", "variable": "aws:SourceAccount", "values": ["2"]}],
            },
            {
                "effect": "Deny",
                "actions": ["*"],
                "resources": ["*"],
                "principals": [{"type": "*", "identifiers": ["*"]}],
            },
        ]
    }
    composed = answer(HERE, DOCUMENT, args)
    assert json.loads(composed["json"]) == json.loads(composed["minifiedJson"])
    assert json.loads(composed["json"]) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Read",
                "Effect": "Allow",
                "Action": ["s3:PutObject", "s3:GetObject"],
                "Resource": "arn:aws:s3:::b/${aws:username}/*",
                "Principal": {"Service": "lambda.amazonaws.com"},
                "Condition": {"StringEquals": {"aws:SourceAccount": "2"}},
            },
            {"Effect": "Deny", "Action": "*", "Resource": "*", "Principal": "*"},
        ],
    }


def test_merging_policy_documents_is_refused_by_name() -> None:
    with pytest.raises(RefusedError, match="'sourcePolicyDocuments' is not modelled"):
        answer(HERE, DOCUMENT, {"sourcePolicyDocuments": ["{}"]})
