"""The moto server as a process, and what it corrects in moto."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from embedded.aws.plugin.clients import ClientPool

Client = Any


def wait(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "embedded.aws.server", "--record", "record.json", "--log", "log.txt"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    process = subprocess.Popen(command, cwd=tmp_path, env=environment)
    wait((tmp_path / "record.json").exists)
    yield process
    process.kill()
    process.wait()


def client(folder: Path, service: str) -> Client:
    record = json.loads((folder / "record.json").read_text())
    return ClientPool("222222222222", {"": f"http://127.0.0.1:{record['port']}"}).get(service, "us-west-2")


def test_a_server_says_where_it_is_and_takes_its_record_along(
    server: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    record = json.loads((tmp_path / "record.json").read_text())
    assert record["pid"] == server.pid
    assert client(tmp_path, "sts").get_caller_identity()["Account"] == "222222222222"
    server.terminate()
    assert server.wait(timeout=20) == 0
    assert not (tmp_path / "record.json").exists()


@pytest.mark.parametrize("content", [None, '{"pid": 1, "port": 1}', "{"])
def test_a_server_whose_record_is_gone_or_another_ones_ends_by_itself(
    server: subprocess.Popen[bytes], tmp_path: Path, content: str | None
) -> None:
    record = tmp_path / "record.json"
    if content is None:
        record.unlink()
    else:
        record.write_text(content)
    assert server.wait(timeout=20) == 0
    assert record.exists() == (content is not None)


def test_moto_is_corrected_where_aws_differs(server: subprocess.Popen[bytes], tmp_path: Path) -> None:
    assert server.poll() is None
    s3 = client(tmp_path, "s3")
    s3.create_bucket(Bucket="new", CreateBucketConfiguration={"LocationConstraint": "us-west-2"})
    blocks = s3.get_public_access_block(Bucket="new")["PublicAccessBlockConfiguration"]
    assert set(blocks.values()) == {True}
    rules = s3.get_bucket_encryption(Bucket="new")["ServerSideEncryptionConfiguration"]["Rules"]
    assert rules[0]["ApplyServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
    owner = s3.get_bucket_ownership_controls(Bucket="new")["OwnershipControls"]["Rules"]
    assert owner == [{"ObjectOwnership": "BucketOwnerEnforced"}]
    with pytest.raises(ClientError, match="NoSuchLifecycleConfiguration"):
        s3.get_bucket_lifecycle_configuration(Bucket="new")
    s3.put_object(Bucket="new", Key="k", Body=b"content")
    assert s3.get_object(Bucket="new", Key="k")["ServerSideEncryption"] == "AES256"
    plain_text = {"Bool": {"aws:SecureTransport": "false"}}
    refusal = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::new/*"}
    for condition, refused in ({"Condition": plain_text}, False), ({}, True):
        policy = json.dumps({"Version": "2012-10-17", "Statement": [{**refusal, **condition}]})
        s3.put_bucket_policy(Bucket="new", Policy=policy)
        with pytest.raises(ClientError) if refused else nullcontext():
            s3.get_object(Bucket="new", Key="k")

    sqs = client(tmp_path, "sqs")
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    allow = json.dumps({"redrivePermission": "denyAll"})
    deny = {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [deny]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy, "RedriveAllowPolicy": allow})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"DelaySeconds": "1"})
    live = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert (live["Policy"], live["RedriveAllowPolicy"], live["DelaySeconds"]) == (policy, allow, "1")

    kms = client(tmp_path, "kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    assert "RotationPeriodInDays" not in kms.get_key_rotation_status(KeyId=key)
    kms.enable_key_rotation(KeyId=key)
    assert kms.get_key_rotation_status(KeyId=key)["RotationPeriodInDays"] == 365


def test_a_rule_of_a_security_group_that_is_read_is_not_one_more(
    server: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    assert server.poll() is None
    port = json.loads((tmp_path / "record.json").read_text())["port"]

    def held() -> list[Any]:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/moto-api/data.json") as answer:
            return json.loads(answer.read())["ec2"]["SecurityGroupRule"]

    ec2 = client(tmp_path, "ec2")
    read = ec2.describe_security_group_rules()["SecurityGroupRules"]
    before = held()
    assert ec2.describe_security_group_rules()["SecurityGroupRules"] == read
    assert read
    assert held() == before
