"""Adoption on the real engine: an estate that no state knows comes in whole, or not at all, and AWS is only read."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from filelock import FileLock

from tests.support.engine import ROOT
from tests.support.estate import Estate
from tests.support.urns import PARTS, STEPS
from toolkit.aws.account import Account, ForbiddenError
from toolkit.aws.types import LISTING_BY_TYPE

ALARM = "Observability$aws:cloudwatch/metricAlarm:MetricAlarm"

pytestmark = pytest.mark.engine
TABLE = "ai-trade-matching-processing-status"


def other_project(tags: dict[str, str]) -> dict[str, str]:
    return tags | {"Project": "other"}


def test_the_whole_estate_is_adopted_and_a_second_time_nothing_is_left(estate: Estate) -> None:
    assert f"{PARTS} of {PARTS} declared resources found" in estate.expect(0, "run")
    assert f"{PARTS} resources imported" in estate.expect(0, "apply", "--yes")
    assert "no differences" in estate.expect(0, "prove")
    assert "nothing is left to adopt" in estate.expect(0, "apply", "--yes")
    estate.expect(0, "discover")
    kept = json.loads((estate.project / ".adopt" / "local" / "report.json").read_text())
    assert {"declared": PARTS, "adopted": PARTS, "found": 0}.items() <= kept["coverage"].items()
    held = {one["type"] for one in estate.state() if one.get("protect")}
    assert held >= {"aws:dynamodb/table:Table", "aws:s3/bucket:Bucket", "aws:sqs/queue:Queue"}
    modes = [path.stat().st_mode & 0o777 for path in estate.project.glob(".adopt/local/backup-*.json")]
    assert modes == [0o600]


def test_another_hash_key_stops_everything_before_anything_is_imported(estate: Estate) -> None:
    def other_key(tables: dict[str, Any]) -> dict[str, Any]:
        return tables | {
            "processing-status": tables["processing-status"] | {"hashKey": {"name": "id", "type": "S"}}
        }

    estate.configure("trade-matching-system:tables", other_key)
    said = estate.expect(5, "run")
    setting = "trade-matching-system:tables.processing-status.hashKey.name of Pulumi.local.yaml"
    assert said.splitlines()[0] == (
        "STOP replaced: processing-status.hashKey: live 'sessionId', declared 'id' "
        f"(declared otherwise; its items would be lost; write the live one into {setting})"
    )
    assert "processing-status.attributes" not in said
    assert "      processing-status:\n        hashKey:\n          name: sessionId\n" in said
    assert f"which would replace it: its items would be lost; write the live one into {setting}" in said
    estate.expect(0, "report")
    headline = (estate.project / ".adopt" / "local" / "report.md").read_text().splitlines()[0]
    for word in ("processing-status", "hashKey", "sessionId", "id", "Pulumi.local.yaml"):
        assert word in headline
    assert "was not clean" in estate.expect(7, "apply", "--yes")
    assert estate.state() == []


def test_a_key_of_another_type_stops_though_no_preview_shows_it(estate: Estate) -> None:
    def other_type(tables: dict[str, Any]) -> dict[str, Any]:
        return tables | {
            "exceptions": tables["exceptions"] | {"rangeKey": {"name": "timestamp", "type": "N"}}
        }

    estate.configure("trade-matching-system:tables", other_type)
    first = (
        "STOP replaced: exceptions.attributes[\"timestamp\"].type: live 'S', declared 'N' (declared otherwise; "
        "no preview shows it, and only a new one has it; its items would be lost; write the live one into "
        "trade-matching-system:tables.exceptions.rangeKey.type of Pulumi.local.yaml)"
    )
    assert estate.expect(5, "run").splitlines()[:5] == [
        first,
        "    # Pulumi.local.yaml, under config",
        "    trade-matching-system:tables:",
        "      exceptions:",
        "        rangeKey:",
    ]
    assert estate.state() == []


def test_settings_that_the_program_refuses_are_named(built: Estate) -> None:
    def half(tables: dict[str, Any]) -> dict[str, Any]:
        return tables | {"exceptions": tables["exceptions"] | {"rangeKey": {"type": "S"}}}

    built.reset()
    built.configure("trade-matching-system:tables", half)
    said = built.expect(2, "check")
    assert (
        "Pulumi.local.yaml: trade-matching-system:tables.exceptions.rangeKey.name: is missing; write it"
        in said
    )


def test_a_difference_in_place_is_named_with_both_values(estate: Estate) -> None:
    estate.configure("trade-matching-system:tags", other_project)
    said = estate.expect(7, "rehearse")
    both = "live 'trade-matching-system', declared 'other' (tags)"
    assert f"updated in place: bank-trades.tags.Project: {both}" in said
    assert "tagsAll" not in said
    assert "trade-matching-system:tags:\n      Project: trade-matching-system\n" in said
    assert f"{PARTS} of {PARTS} declared resources found; the program has " in said
    assert "live ones are declared by nothing" in said


PLATFORM = "urn:pulumi:local::trade-matching-system::tradematching:index:Platform$tradematching:index:"


def test_another_kind_of_queue_bucket_name_or_role_path_stops_everything(built: Estate) -> None:
    built.reset()
    queues, buckets, roles = (built.client(one) for one in ("sqs", "s3", "iam"))
    role = roles.get_role(RoleName="trade-matching-system-agentcore-orchestrator-production")["Role"]
    trust = json.dumps(role["AssumeRolePolicyDocument"])
    url = queues.create_queue(QueueName="made-by-hand")["QueueUrl"]
    buckets.create_bucket(Bucket="made-by-hand")
    roles.create_role(RoleName="made-by-hand", Path="/legacy/", AssumeRolePolicyDocument=trust)
    mapping = built.project / ".adopt" / "local" / "mapping.yaml"
    mapping.parent.mkdir(parents=True)
    live = {
        "Queues$aws:sqs/queue:Queue::hitl-review": "https://sqs.us-east-1.amazonaws.com/123456789012/made-by-hand",
        "Buckets$tradematching:index:Bucket$aws:s3/bucket:Bucket::documents": "made-by-hand",
        "Roles$aws:iam/role:Role::orchestrator": "made-by-hand",
    }
    decided = [{"urn": f"{PLATFORM}{part}", "id": identity} for part, identity in live.items()]
    # What hangs on them is not there, and shall be made
    decided += [
        {"urn": f"*::{one}-*", "create": "with it"} for one in ("hitl-review", "documents", "orchestrator")
    ]
    mapping.write_text(yaml.safe_dump(decided))
    before = built.aws()
    try:
        said = built.expect(5, "rehearse")
        assert built.aws() == before
    finally:
        queues.delete_queue(QueueUrl=url)
        buckets.delete_bucket(Bucket="made-by-hand")
        roles.delete_role(RoleName="made-by-hand")
    stops = [line.partition(", declared")[0] for line in said.splitlines() if line.startswith("STOP ")]
    assert stops == [
        "STOP replaced: documents.bucket: live 'made-by-hand'",
        "STOP replaced: hitl-review.fifoQueue: live False",
        "STOP replaced: hitl-review.name: live 'made-by-hand'",
        # What a bucket has from its first day goes by the bucket's name
        "STOP replaced: documents-public-access-block.bucket: live 'made-by-hand'",
        "STOP replaced: documents-encryption.bucket: live 'made-by-hand'",
        "STOP replaced: documents-versioning.bucket: live 'made-by-hand'",
        "STOP replaced: orchestrator.name: live 'made-by-hand'",
        "STOP replaced: orchestrator.path: live '/legacy/'",
        "STOP replaced: documents-ownership.bucket: live 'made-by-hand'",
    ]
    assert "updated in place: hitl-review.visibilityTimeoutSeconds: live 30, declared 300, default 30" in said
    assert "write the live one into trade-matching-system:documents.name of Pulumi.local.yaml" in said
    assert "\n    path='/legacy/'\n" in said
    assert built.state() == []


def test_what_is_not_there_is_put_to_a_person(estate: Estate) -> None:
    def one_more(tables: dict[str, Any]) -> dict[str, Any]:
        return tables | {
            "extra": {"name": "Extra", "purpose": "extra", "hashKey": {"name": "id", "type": "S"}}
        }

    estate.configure("trade-matching-system:tables", one_more)
    mapping = estate.project / ".adopt" / "local" / "mapping.yaml"
    assert "2 resources cannot be adopted as they are; decide 2 in" in estate.expect(4, "run")
    urn = "urn:pulumi:local::trade-matching-system::tradematching:index:Platform$tradematching:index:Tables$aws:dynamodb/table:Table::extra"
    assert f"# - urn: {urn}" in mapping.read_text()
    watched = urn.replace("Tables$aws:dynamodb/table:Table::extra", f"{ALARM}::extra-throttles")
    decided = [
        {"urn": urn, "create": "the next update shall make it"},
        {"urn": watched, "create": "as the table"},
        {"urn": "*::flow", "change": {"dashboardBody": "the table is shown as well"}},
    ]
    mapping.write_text(yaml.safe_dump(decided))
    assert "(agreed: the table is shown as well)" in estate.expect(0, "run")
    assert f"{PARTS} resources imported" in estate.expect(0, "apply", "--yes")
    assert "created: extra (aws:dynamodb/table:Table)" in estate.expect(7, "prove")


def test_what_is_live_is_not_created_whatever_the_mapping_says(estate: Estate) -> None:
    mapping = estate.project / ".adopt" / "local" / "mapping.yaml"
    mapping.parent.mkdir(parents=True)
    queue, url = "matching", "https://sqs.us-east-1.amazonaws.com/123456789012/trade-matching-system-matching"
    urn = f"{PLATFORM}Queues$aws:sqs/queue:Queue::{queue}"
    mapping.write_text(yaml.safe_dump([{"urn": urn, "create": "I think that there is none"}]))
    said = estate.expect(4, "run")
    assert f"{urn}: open: the mapping says create, and it is live: write id: {url}" in said
    assert "nothing was rehearsed yet" in estate.expect(7, "apply", "--yes")
    assert estate.state() == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- urn: [", "it is not YAML"),
        ("urn: a", "it must be a list of entries"),
        ("- urn: nowhere\n  id: a", "nowhere is not declared by the program"),
        ("- urn: nowhere\n  idd: a", "idd is no key of it"),
        ("- urn: nowhere", "needs exactly one of id, create, skip, ours; it has none"),
        ("- urn: nowhere\n  skip: ''", "skip is empty; write the reason"),
    ],
)
def test_a_wrong_mapping_is_refused(estate: Estate, text: str, expected: str) -> None:
    file = estate.project / ".adopt" / "local" / "mapping.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    assert expected in estate.expect(2, "resolve")


def test_a_wrong_id_among_many_is_named(estate: Estate) -> None:
    platform = "urn:pulumi:local::trade-matching-system::tradematching:index:Platform"
    urn = f"{platform}$tradematching:index:Tables$aws:dynamodb/table:Table::bank-trades"
    file = estate.project / ".adopt" / "local" / "mapping.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(f"- urn: {urn}\n  id: NoSuchTable\n")
    said = estate.expect(4, "resolve")
    assert "1 resource cannot be adopted as it is" in said
    assert f"NoSuchTable  <-  {urn}" in said


def test_two_applies_at_once_and_a_journal_that_cannot_be_written(rehearsed: Estate) -> None:
    folder = rehearsed.project / ".adopt" / "local"
    with FileLock(folder / "apply.lock"):
        assert "another apply of local is running" in rehearsed.expect(9, "apply", "--yes")
    (folder / "journal.jsonl").mkdir()
    assert "cannot be written" in rehearsed.expect(9, "apply", "--yes")
    assert rehearsed.state() == []


def test_an_apply_that_is_killed_goes_on_where_it_stopped(rehearsed: Estate) -> None:
    command = [str(ROOT / "tms"), "adopt", "apply", "--yes", "--stack", "local"]
    journal = rehearsed.project / ".adopt" / "local" / "journal.jsonl"
    with subprocess.Popen(
        command,
        cwd=rehearsed.project,
        env=rehearsed.environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    ) as apply:
        deadline = time.monotonic() + 120
        while '"batch"' not in (journal.read_text() if journal.exists() else ""):
            assert time.monotonic() < deadline
            assert apply.poll() is None
            time.sleep(0.05)
        time.sleep(1)
        os.killpg(apply.pid, signal.SIGKILL)
    assert 0 < len(rehearsed.state()) < STEPS + 1  # and the provider
    again = rehearsed.tms("apply", "--yes")
    if again.returncode == 9:
        assert "`pulumi cancel --stack local`" in again.stdout
        rehearsed.engine.succeed("cancel", "local", "--yes")
        rehearsed.expect(0, "apply", "--yes")
    assert len(rehearsed.state()) == STEPS + 1
    assert "no differences" in rehearsed.expect(0, "prove")


def test_another_run_that_holds_the_stack_is_waited_for(rehearsed: Estate) -> None:
    locks = Path(rehearsed.environment["EMBEDDED_HOME"]) / "state" / ".pulumi" / "locks"
    lock = locks / "organization" / "trade-matching-system" / "local" / "somebody.json"
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.write_text(
        json.dumps(
            {"pid": 1, "username": "somebody", "hostname": "elsewhere", "timestamp": "2026-01-01T00:00:00Z"}
        )
    )
    try:
        assert "the stack is locked" in rehearsed.expect(9, "apply", "--yes")
    finally:
        lock.unlink()
    assert rehearsed.state() == []


def test_no_call_that_could_change_something_leaves_the_tool(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, value in {
        "AWS_ENDPOINT_URL": estate.endpoint,
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
    }.items():
        monkeypatch.setitem(os.environ, key, value)
    account = Account("us-east-1")
    assert account.identity()[0] == "123456789012"
    tables = account.rows(LISTING_BY_TYPE["aws:dynamodb/table:Table"], "123456789012")
    assert TABLE in [row["id"] for row in tables]
    with pytest.raises(ForbiddenError, match="dynamodb:DeleteTable is not among the reads"):
        account.client("dynamodb").delete_table(TableName=TABLE)
