"""What is looked at before any work: the region, locks, and what a killed run left."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import pytest
from botocore.exceptions import ClientError
from pulumi.automation import StackSummary

from toolkit.adopt import locks, preconditions
from toolkit.adopt.model import MOVED
from toolkit.aws.account import Account
from toolkit.engine.stack import Engine
from toolkit.errors import IDENTITY, UNABLE, CommandError

HELD = {"pid": 7, "username": "ann", "hostname": "desk", "timestamp": "2026-01-01T00:00:00Z"}


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    (tmp_path / "Pulumi.yaml").write_text("name: matching\nruntime: python\n")
    return Engine("prod", tmp_path)


def stopped(stop: pytest.ExceptionInfo[CommandError]) -> tuple[int, str]:
    return stop.value.exit_code, str(stop.value)


@pytest.mark.parametrize(
    ("project", "stack", "expected"),
    [
        ("", "config: {aws:region: eu-west-1}", "eu-west-1"),
        ("config: {aws:region: eu-west-1}", "", "eu-west-1"),
        ("config: {aws:region: {value: eu-west-1}}", "config: {}", "eu-west-1"),
        ("config: {aws:region: eu-west-1}", "config: {aws:region: eu-north-1}", "eu-north-1"),
    ],
)
def test_the_region_is_read_without_asking_anybody(
    engine: Engine, project: str, stack: str, expected: str
) -> None:
    (engine.folder / "Pulumi.yaml").write_text(f"name: matching\n{project}\n")
    engine.stack_file.write_text(stack)
    assert preconditions.declared_region(engine) == expected


def test_a_stack_without_a_region_is_refused(engine: Engine) -> None:
    with pytest.raises(CommandError, match=r"^Pulumi\.prod\.yaml: aws:region is missing") as stop:
        preconditions.declared_region(engine)
    assert stop.value.exit_code == UNABLE


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, None),
        ({"AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1"}, None),
        ({"AWS_REGION": "eu-west-1"}, "AWS_REGION is eu-west-1"),
        (
            {"AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "eu-west-1"},
            "AWS_DEFAULT_REGION is eu-west-1",
        ),
        ({"AWS_PROFILE": "there"}, None),
        ({"AWS_PROFILE": "elsewhere"}, "the region of profile elsewhere is eu-west-1"),
        ({"AWS_PROFILE": "nobody"}, None),  # who it is comes later
    ],
)
def test_every_place_that_names_a_region_names_the_stacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: str | None
) -> None:
    file = tmp_path / "config"
    file.write_text("[profile there]\nregion = us-east-1\n[profile elsewhere]\nregion = eu-west-1\n")
    for name in ("AWS_PROFILE", "AWS_DEFAULT_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(file))
    if "AWS_PROFILE" in environment:
        monkeypatch.setenv("AWS_PROFILE", environment["AWS_PROFILE"])
    if expected is None:
        preconditions.same_region("us-east-1", environment, "Pulumi.prod.yaml")
        return
    with pytest.raises(CommandError) as stop:
        preconditions.same_region("us-east-1", environment, "Pulumi.prod.yaml")
    code, message = stopped(stop)
    assert code == IDENTITY
    assert message.startswith(f"{expected}, and aws:region of Pulumi.prod.yaml is us-east-1: sign in to")


@pytest.mark.parametrize("lock_folder", ["organization/matching/prod", "prod"])
@pytest.mark.parametrize(
    ("content", "holder"),
    [(json.dumps(HELD), "by ann@desk (pid 7) since 2026-01-01T00:00:00Z"), ("{", "by whoever wrote ")],
)
def test_a_lock_in_a_file_backend_names_who_and_when(
    engine: Engine, lock_folder: str, content: str, holder: str
) -> None:
    backend = f"file://{engine.folder / 'state'}"
    locks.unlocked(engine, backend, [])
    folder = engine.folder / "state" / ".pulumi" / "locks" / lock_folder
    folder.mkdir(parents=True)
    (folder / "a.json").write_text(content)
    for url in (backend, f"{backend}?no_tmp_dir=true", "file://./state"):
        with pytest.raises(CommandError) as stop:
            locks.unlocked(engine, url, [])
        code, message = stopped(stop)
        assert code == MOVED
        assert message.startswith(f"the stack is locked, {holder}")
        assert "`pulumi cancel --stack prod` clears it" in message


@pytest.mark.parametrize(
    ("account_ids", "says"),
    [
        (
            "[SET-THE-ACCOUNT-ID]",
            "aws:allowedAccountIds has SET-THE-ACCOUNT-ID; allowed are ids of 12 digits",
        ),
        (
            "[12345]",
            "aws:allowedAccountIds has 12345; allowed are ids of 12 digits, in quotes: write that of",
        ),
        ("[]", "aws:allowedAccountIds is missing; allowed are ids of 12 digits"),
    ],
)
def test_an_account_that_is_none_is_refused_before_aws_is_asked(
    engine: Engine, account_ids: str, says: str
) -> None:
    engine.stack_file.write_text(f"config: {{aws:region: us-east-1, aws:allowedAccountIds: {account_ids}}}")
    with pytest.raises(CommandError) as stop:
        preconditions.allowed_account(engine, cast("Account", None))  # whoever asks it fails
    code, message = stopped(stop)
    assert code == UNABLE
    assert message.startswith(f"Pulumi.prod.yaml: {says}")


def test_the_lock_of_another_stack_is_no_concern(engine: Engine) -> None:
    folder = engine.folder / "state" / ".pulumi" / "locks" / "organization" / "matching" / "dev"
    folder.mkdir(parents=True)
    (folder / "a.json").write_text(json.dumps(HELD))
    locks.unlocked(engine, f"file://{engine.folder / 'state'}", [])


@pytest.mark.parametrize(
    ("name", "busy", "stops"),
    [
        ("org/matching/prod", True, True),
        ("org/matching/prod", False, False),
        ("org/matching/dev", True, False),
        ("org/other/prod", True, False),
    ],
)
def test_an_update_that_pulumi_cloud_has_in_progress(
    engine: Engine, name: str, *, busy: bool, stops: bool
) -> None:
    stacks = [StackSummary(name, current=False, update_in_progress=busy)]
    if not stops:
        locks.unlocked(engine, "https://api.pulumi.com", stacks)
        return
    with pytest.raises(CommandError, match=r"by an update that https://api\.pulumi\.com has in progress"):
        locks.unlocked(engine, "https://api.pulumi.com", stacks)


class Bucket(Account):
    """An account whose state bucket holds one lock, or may not be listed."""

    def __init__(self, *, readable: bool) -> None:
        super().__init__("us-east-1")
        self._readable = readable

    def pages(self, service: str, operation: str, **arguments: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - as there
        assert (service, operation, arguments["Bucket"]) == ("s3", "list_objects_v2", "states")
        if not self._readable:
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "ListObjectsV2")
        key = "team/.pulumi/locks/organization/matching/prod/a.json"
        yield (
            {"Contents": [{"Key": key, "LastModified": "2026-01-01"}]}
            if key.startswith(arguments["Prefix"])
            else {}
        )


def test_a_lock_in_s3_is_seen_and_what_may_not_be_listed_is_a_warning(engine: Engine) -> None:
    assert locks.unlocked_in_s3(engine, "file:///state", Bucket(readable=True)) == []
    assert locks.unlocked_in_s3(engine, "s3://states", Bucket(readable=True)) == []
    with pytest.raises(CommandError, match=r"is locked, by team/.*/prod/a\.json of states since 2026-01-01"):
        locks.unlocked_in_s3(engine, "s3://states/team?region=us-east-1", Bucket(readable=True))
    (warning,) = locks.unlocked_in_s3(engine, "s3://states", Bucket(readable=False))
    assert warning.startswith("whether the stack is locked is not known: s3:ListBucket of states failed (")


def test_what_a_killed_run_left_is_named_with_what_clears_it() -> None:
    importing = {"type": "importing", "resource": {"urn": "urn:a"}}
    assert preconditions.settled("prod", []) == []
    assert preconditions.settled("prod", [importing]) == [
        "an import of 1 was cut short: `apply` again ends it"
    ]
    with pytest.raises(CommandError) as stop:
        preconditions.settled("prod", [importing, {"type": "creating", "resource": {"urn": "urn:b"}}])
    code, message = stopped(stop)
    assert code == MOVED
    assert "killed while creating urn:b" in message
    assert "`pulumi refresh --stack prod` clears it, which asks for the id" in message
