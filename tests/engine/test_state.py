"""docs/state.md: every block of commands does what the page says, with the state in S3."""

import json
import os
import re
import shlex
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from embedded.aws import server_process
from tests.support.engine import PACK, ROOT, Engine, embedded_environment, end, person
from tests.support.project import Project

pytestmark = [pytest.mark.engine, pytest.mark.timeout(2400)]
BUCKET, KEY, STACK = "the-state", "state-secrets", "local"
PAGE = (ROOT / "docs" / "state.md").read_text()
OBJECT = f".pulumi/stacks/trade-matching-system/{STACK}.json"


def block(title: str, number: int = 0) -> str:
    """Give a block of commands below a heading, with names of this test in it."""
    section = PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    commands = re.findall(r"```bash\n(.*?)```", section, re.DOTALL)[number]
    return commands.replace("STATE-BUCKET", BUCKET).replace("STATE-KEY", KEY).replace("production", STACK)


class Place:
    """A project whose stack is up on an embedded AWS, with an engine that takes any backend."""

    def __init__(self, home: Path, folder: Path) -> None:
        embedded = embedded_environment(home)
        Engine(embedded).succeed("up", "--stack", STACK, "--yes", "--skip-preview", *PACK)
        port = json.loads((home / "server.json").read_text())["port"]
        self.endpoint = f"http://127.0.0.1:{port}"
        self.project = Project(folder)
        kept = {key: one for key, one in embedded.items() if not key.startswith("EMBEDDED")}
        self.environment = server_process.engine_environment(home, port, kept)
        self.s3 = self.client("s3")
        self.s3.create_bucket(Bucket=BUCKET)
        self.s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        kms = self.client("kms")
        kms.create_alias(AliasName=f"alias/{KEY}", TargetKeyId=kms.create_key()["KeyMetadata"]["KeyId"])

    def client(self, service: str) -> Any:  # noqa: ANN401 - boto3 makes clients at run time
        return person(self.endpoint, service)

    def run(self, commands: str) -> subprocess.CompletedProcess[str]:
        """Run a block of commands in a shell; what it exports holds for the blocks after it."""
        ended = f"set -eu\n{commands}\nprintf '\\n%s' \"$PULUMI_BACKEND_URL\" > .backend\n"
        result = subprocess.run(
            ["bash", "-c", ended],  # noqa: S607 - the shell of the page's reader
            cwd=self.project.folder,
            env=self.environment,
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        if result.returncode == 0:
            chosen = (self.project.folder / ".backend").read_text().strip()
            self.environment["PULUMI_BACKEND_URL"] = chosen
        return result

    def does(self, commands: str) -> str:
        result = self.run(commands)
        assert result.returncode == 0, result.stdout
        return result.stdout

    def keys(self, prefix: str) -> list[str]:
        listed = self.s3.list_objects_v2(Bucket=BUCKET, Prefix=prefix).get("Contents", [])
        return [str(one["Key"]) for one in listed]

    def update(self) -> subprocess.Popen[bytes]:
        """Begin an update that changes nothing, and wait until it holds the lock."""
        command = ["./pulumiw", "up", "--stack", STACK, "--yes", "--skip-preview"]
        began = subprocess.Popen(
            command,
            cwd=self.project.folder,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        limit = time.monotonic() + 60
        while not self.keys(".pulumi/locks/"):
            assert began.poll() is None, "the update ended before its lock was seen"
            assert time.monotonic() < limit, "no lock was seen"
            time.sleep(0.05)
        return began


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    home = tmp_path_factory.mktemp("state-box")
    yield Place(home, tmp_path_factory.mktemp("state-project") / "system")
    end(embedded_environment(home))


def called(place: Place, line: str) -> dict[str, Any]:
    """Make the API call that a line of the AWS CLI makes."""
    program, service, operation, *options = shlex.split(line)
    assert (program, service) == ("aws", "s3api")
    given = {
        "".join(word.capitalize() for word in name.removeprefix("--").split("-")): value
        for name, value in zip(options[::2], options[1::2], strict=True)
    }
    answer: dict[str, Any] = getattr(place.s3, operation.replace("-", "_"))(**given)
    return answer


def test_the_state_moves_to_s3_is_locked_restored_and_moves_back(place: Place) -> None:
    before = place.client("dynamodb").describe_table(TableName="BankTradeData")["Table"]["CreationDateTime"]

    moved = place.does(block("From files to S3"))
    assert "unchanged" in moved
    assert place.environment["PULUMI_BACKEND_URL"].startswith("s3://")
    assert OBJECT in place.keys(".pulumi/stacks/")
    held = json.loads(place.s3.get_object(Bucket=BUCKET, Key=OBJECT)["Body"].read())
    assert held["checkpoint"]["latest"]["secrets_providers"]["type"] == "cloud"

    writer = place.update()
    second = place.run(f"./pulumiw up --stack {STACK} --yes --skip-preview")
    os.killpg(writer.pid, signal.SIGKILL)
    writer.wait()
    assert second.returncode != 0
    assert "the stack is currently locked" in second.stdout
    assert place.keys(".pulumi/locks/")
    stale = place.run(f"./pulumiw up --stack {STACK} --yes --skip-preview")
    assert "the stack is currently locked" in stale.stdout
    place.does(block("Locks"))
    assert not place.keys(".pulumi/locks/")

    place.does(block("Backup and restore"))
    place.does(block("Backup and restore", 1))

    place.s3.put_object(Bucket=BUCKET, Key=OBJECT, Body=b"{ damaged")
    assert place.run(f"./pulumiw preview --stack {STACK} --expect-no-changes").returncode != 0
    listing, copying, proof = block("Backup and restore", 2).strip().splitlines()
    versions = called(place, listing)["Versions"]
    version = next(one["VersionId"] for one in versions if one["Key"] == OBJECT and not one["IsLatest"])
    called(place, copying.replace("VERSION", version))
    place.does(proof)

    assert "unchanged" in place.does(block("From S3 to files"))
    assert place.environment["PULUMI_BACKEND_URL"].startswith("file://")
    after = place.client("dynamodb").describe_table(TableName="BankTradeData")["Table"]["CreationDateTime"]
    assert after == before
