"""The whole program on the real engine, with the pack in force."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.engine import PACK, ROOT, Engine
from tests.support.stackfile import changed, stack_config, stack_file
from tests.support.urns import CHANGED, SNAPSHOT, STEPS

pytestmark = pytest.mark.engine

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
DOCUMENTS = ("policy", "assumeRolePolicy", "redrivePolicy", "redriveAllowPolicy")


@pytest.fixture(scope="module")
def production(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Give the planned state of every resource of the production stack file."""
    file = stack_file(tmp_path_factory.mktemp("production"), stack_config("production"))
    shown = engine.succeed("preview", "--stack", "production", "--config-file", file, "--json")
    return [step["newState"] for step in json.loads(shown[shown.index("{") :])["steps"]]


def test_a_first_preview_passes_the_pack(engine: Engine, tmp_path: Path) -> None:
    file = stack_file(tmp_path, stack_config("production"))
    shown = engine.succeed("preview", "--stack", "production", "--config-file", file, *PACK)
    assert f"{STEPS} to create" in shown
    assert "mandatory" not in shown


def test_the_urns_of_production_are_as_recorded(production: list[dict[str, Any]]) -> None:
    urns = sorted(one["urn"] for one in production)
    assert urns == SNAPSHOT.read_text().split(), CHANGED


def test_no_policy_document_is_unknown_on_the_first_preview(production: list[dict[str, Any]]) -> None:
    documents = [
        one["inputs"][key] for one in production for key in DOCUMENTS if key in one.get("inputs", {})
    ]
    assert len(documents) >= 52  # roles, queues, buckets and redrives; and what else there is
    assert not [text for text in documents if UNKNOWN in text or not json.loads(text)]


def test_without_an_account_the_production_stack_stops_with_one_line(engine: Engine) -> None:
    result = engine.run("preview", "--stack", "production", *PACK)
    errors = [line for line in result.stdout.partition("Diagnostics:")[2].splitlines() if "error:" in line]
    assert result.returncode != 0
    assert len(errors) == 1
    assert "Pulumi.production.yaml: aws:allowedAccountIds:" in errors[0]
    assert "Traceback" not in result.stdout


def test_a_key_that_stands_twice_is_refused_before_the_program_runs(engine: Engine, tmp_path: Path) -> None:
    """The engine itself refuses it in the file of the stack; that of a base is read by components.settings."""
    file = tmp_path / "Pulumi.twice.yaml"
    file.write_text("config:\n  aws:region: us-east-1\n  aws:region: us-west-2\n")
    result = engine.run("preview", "--stack", "local", "--config-file", str(file))
    assert result.returncode != 0
    assert 'line 3: mapping key "aws:region" already defined at line 2' in result.stdout


def test_what_is_up_shows_no_change_and_a_refresh_shows_none_either(running: Engine) -> None:
    assert f"{STEPS} unchanged" in running.succeed(
        "preview", "--stack", "local", "--expect-no-changes", *PACK
    )
    assert f"{STEPS} unchanged" in running.succeed("refresh", "--stack", "local", "--yes", "--skip-preview")
    assert f"{STEPS} unchanged" in running.succeed(
        "preview", "--stack", "local", "--expect-no-changes", *PACK
    )


def test_a_changed_setting_updates_what_it_is_about_and_nothing_else(running: Engine, tmp_path: Path) -> None:
    config = changed(stack_config("local"), "queues.ops-desk.visibilityTimeoutSeconds", 120)
    shown = running.succeed(
        "preview", "--stack", "local", "--config-file", stack_file(tmp_path, config), *PACK
    )
    assert "~ 2 to update" in shown
    assert f"{STEPS - 2} unchanged" in shown


KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
CHANGES: list[tuple[str, object]] = [
    (
        "tables.bank-trades.indexes",
        {"ByDate": {"hashKey": {"name": "day"}, "rangeKey": {"name": "n", "type": "N"}}},
    ),
    ("tables.bank-trades.pointInTimeRecovery", False),
    ("tables.bank-trades.deletionProtection", False),
    ("tables.exceptions.encryption", "aws-owned"),
    ("tables.agent-registry.ttlAttribute", "expiresAt"),
    ("encryption", {"tables": KEY, "buckets": KEY, "queues": KEY}),
    ("documents.crossAccountReaders", [{"accountId": "111111111111", "prefix": "reports"}]),
    ("documents.prefixes.bank.storageClass", "DEEP_ARCHIVE"),
    ("documents.prefixes.bank.expireAfterDays", 3650),
    ("queues.ops-desk.highThroughput", True),
    ("queues.ops-desk.retentionSeconds", 600),
    ("queues.ops-desk.maxReceiveCount", 9),
    ("permissionsBoundaryArn", "arn:aws:iam::123456789012:policy/boundary"),
    ("tags.Owner", "platform"),
]


def settle(engine: Engine, file: str) -> None:
    """Bring the stack to a stack file; nothing may be left to change then, whoever looks."""
    engine.succeed("up", "--stack", "local", "--config-file", file, "--yes", "--skip-preview")
    for command in (("preview",), ("refresh", "--yes", "--skip-preview"), ("preview",)):
        engine.succeed(*command, "--stack", "local", "--config-file", file, "--expect-no-changes")


def test_settings_change_in_place_and_back(running: Engine, tmp_path: Path) -> None:
    config = stack_config("local")
    for path, value in CHANGES:
        config = changed(config, path, value)
    settle(running, stack_file(tmp_path, config))
    back = changed(stack_config("local"), "tables.agent-registry.ttlAttribute", "expiresAt")
    settle(running, stack_file(tmp_path, back))


def test_a_second_expiry_attribute_is_refused_as_aws_does(running: Engine, tmp_path: Path) -> None:
    file = stack_file(
        tmp_path, changed(stack_config("local"), "tables.processing-status.ttlAttribute", "ttl")
    )
    result = running.run("up", "--stack", "local", "--config-file", file, "--yes", "--skip-preview")
    assert result.returncode != 0
    assert "TimeToLive is active on a different AttributeName" in result.stdout


@pytest.mark.parametrize(
    ("path", "value", "resource"),
    [
        ("tables.bank-trades.hashKey.name", "Trade_ID", "bank-trades"),
        ("tables.bank-trades.name", "BankTradeData-production", "bank-trades"),
        ("documents.name", "trade-matching-system-other", "documents"),
        ("queues.ops-desk.name", "another-queue.fifo", "ops-desk"),
    ],
)
def test_a_replacement_of_what_holds_data_is_refused(
    running: Engine, tmp_path: Path, path: str, value: object, resource: str
) -> None:
    file = stack_file(tmp_path, changed(stack_config("local"), path, value))
    result = running.run("preview", "--stack", "local", "--config-file", file)
    assert result.returncode != 0
    assert "protect" in result.stdout
    assert f"::{resource}" in result.stdout


def test_a_table_that_leaves_the_settings_is_not_deleted(running: Engine, tmp_path: Path) -> None:
    config = changed(stack_config("local"), "agents.exception-management", ...)
    config = changed(config, "agents.orchestrator", ...)
    file = stack_file(tmp_path, changed(config, "tables.exceptions", ...))
    result = running.run("preview", "--stack", "local", "--config-file", file)
    assert result.returncode != 0
    assert "protect" in result.stdout


@pytest.mark.parametrize(
    ("path", "value", "rule", "resource"),
    [
        (
            "tables.bank-trades.pointInTimeRecovery",
            False,
            "dynamodb-table-point-in-time-recovery",
            "bank-trades",
        ),
        ("tables.exceptions.encryption", "aws-owned", "dynamodb-table-encryption", "exceptions"),
        ("tags.ManagedBy", ..., "account-resource-required-tags", "bank-trades"),
        ("tables.exceptions.deletionProtection", False, "dynamodb-table-deletion-protection", "exceptions"),
    ],
)
def test_a_setting_that_weakens_the_system_stops_the_preview(
    running: Engine, tmp_path: Path, path: str, value: object, rule: str, resource: str
) -> None:
    file = stack_file(tmp_path, changed(stack_config("local"), path, value))
    result = running.run("preview", "--stack", "local", "--config-file", file, *PACK)
    assert result.returncode != 0
    assert rule in result.stdout
    assert resource in result.stdout


def test_the_pack_comes_from_any_folder(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: elsewhere\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(
        "from pulumi_aws import dynamodb\n"
        "dynamodb.Table('bare', hash_key='a', attributes=[{'name': 'a', 'type': 'S'}])\n"
    )
    result = engine.run("-C", str(tmp_path), "preview", "--policy-pack", str(ROOT / "policy"))
    assert result.returncode != 0
    assert "dynamodb-table-point-in-time-recovery" in result.stdout
    assert "bare" in result.stdout
