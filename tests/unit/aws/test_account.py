"""What the clients of adoption send, and whose keys they use."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from toolkit.aws.account import Account, ForbiddenError
from toolkit.aws.types import LISTINGS


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Answer in place of AWS, whose endpoint a machine may have set to another."""
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(
    ("service", "operation", "arguments"),
    [
        ("dynamodb", "get_item", {"TableName": "t", "Key": {"id": {"S": "a"}}}),
        ("dynamodb", "batch_get_item", {"RequestItems": {"t": {"Keys": [{"id": {"S": "a"}}]}}}),
        ("dynamodb", "query", {"TableName": "t"}),
        ("dynamodb", "delete_table", {"TableName": "t"}),
        ("s3", "get_object", {"Bucket": "b", "Key": "k"}),
        ("s3", "head_object", {"Bucket": "b", "Key": "k"}),
        ("secretsmanager", "get_secret_value", {"SecretId": "s"}),
        ("ssm", "get_parameter", {"Name": "p"}),
        ("logs", "get_log_events", {"logGroupName": "g", "logStreamName": "s"}),
        ("sqs", "receive_message", {"QueueUrl": "https://sqs.us-east-1.amazonaws.com/1/q"}),
        ("lambda", "get_function", {"FunctionName": "f"}),  # the provider's, not a listing's
    ],
)
def test_what_no_listing_names_is_refused_before_it_is_sent(
    service: str, operation: str, arguments: dict[str, Any]
) -> None:
    client = Account("us-east-1").client(service)
    name = client.meta.method_to_api_mapping[operation]
    with pytest.raises(ForbiddenError, match=f"{service}:{name} is not among the reads that are made here"):
        getattr(client, operation)(**arguments)


@pytest.mark.usefixtures("fake")
def test_what_the_guards_call_and_what_is_named_beside_it_is_sent() -> None:
    account = Account("us-east-1", ("dynamodb:Query",))
    assert account.identity()[0] == "123456789012"
    assert list(account.pages("resourcegroupstaggingapi", "get_resources"))
    with pytest.raises(ClientError, match="NoSuchBucket"):
        list(account.pages("s3", "list_objects_v2", Bucket="nobody-has-it"))
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        account.client("dynamodb").query(TableName="t", KeyConditionExpression="id = a")
    with pytest.raises(ForbiddenError, match="dynamodb:Scan"):
        account.client("dynamodb").scan(TableName="t")


def test_every_listing_is_an_operation_that_boto3_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "AWS_EC2_METADATA_DISABLED", "true"
    )  # where there are no credentials, boto3 looks there
    account = Account("us-east-1")
    missing = [
        f"{listing.service}:{listing.operation}"
        for listing in LISTINGS
        if listing.operation not in account.client(listing.service).meta.method_to_api_mapping
    ]
    assert missing == []


KEYS = "aws_access_key_id = a\naws_secret_access_key = b\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder whose `credentials` and `config` are the only source of credentials."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    return tmp_path


@pytest.mark.parametrize("file", ["credentials", "config"])
@pytest.mark.parametrize("profile", ["default", "desk"])
def test_long_lived_keys_of_a_file_are_named_by_their_profile(
    home: Path, monkeypatch: pytest.MonkeyPatch, file: str, profile: str
) -> None:
    section = profile if file == "credentials" or profile == "default" else f"profile {profile}"
    (home / file).write_text(f"[{section}]\n{KEYS}")
    if profile != "default":
        monkeypatch.setenv("AWS_PROFILE", profile)
    assert Account("us-east-1").static_keys() == f"profile {profile}"


def test_long_lived_keys_of_the_environment_are_named_by_their_variable(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "credentials").write_text(f"[default]\n{KEYS}")  # the environment goes first
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    assert Account("us-east-1").static_keys() == "AWS_ACCESS_KEY_ID of the environment"


@pytest.mark.parametrize("source", ["environment", "credentials"])
def test_keys_of_a_role_are_no_long_lived_ones(
    home: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    if source == "environment":
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
            monkeypatch.setenv(name, "a")
    else:
        (home / "credentials").write_text(f"[default]\n{KEYS}aws_session_token = c\n")
    assert Account("us-east-1").static_keys() is None


@pytest.mark.usefixtures("home")
def test_without_any_credentials_there_is_nothing_to_warn_of() -> None:
    assert Account("us-east-1").static_keys() is None


def test_the_embedded_aws_takes_any_keys(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "credentials").write_text(f"[default]\n{KEYS}")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:4566")
    assert Account("us-east-1").static_keys() is None
