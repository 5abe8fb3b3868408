"""What moves between a rehearsal, its import and its undoing: nothing is imported or put back then, and it is named."""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.adopting import WHOLE, adopted_whole, settled, work
from tests.support.engine import ROOT
from tests.support.estate import Estate
from tests.support.faulty import Network
from tests.support.urns import PARTS

pytestmark = pytest.mark.engine
TABLE = "ai-trade-matching-processing-status"
AGAIN = "since the rehearsal: `tms adopt rehearse --stack local`"


def other_project(tags: dict[str, str]) -> dict[str, str]:
    return tags | {"Project": "other"}


def another_account(_accounts: list[str]) -> list[str]:
    return ["999988887777"]


@pytest.fixture
def ready(emptied: Estate, rehearsal: str) -> Estate:
    """Give the estate after a clean rehearsal, to a test that changes AWS itself."""
    work(emptied).mkdir(parents=True)
    (work(emptied) / "rehearsal.json").write_text(rehearsal)
    return emptied


@contextmanager
def edited(estate: Estate, file: str, old: str, new: str) -> Generator[None]:
    """Edit the program, and put it back."""
    link = estate.project / "components"
    link.unlink()
    shutil.copytree(ROOT / "components", link)
    try:
        text = (link / file).read_text()
        assert old in text
        (link / file).write_text(text.replace(old, new))
        yield
    finally:
        shutil.rmtree(link)
        link.symlink_to(ROOT / "components")


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (
            "queues.py",
            "time_seconds=20",
            "time_seconds=10",
            "more: program, mapping or live resource changed",
        ),
        # no preview shows an option
        (
            "tables.py",
            "retain_on_delete=True",
            "retain_on_delete=False",
            "components/tables.py: the program's",
        ),
    ],
)
def test_a_program_that_is_edited_is_not_imported(
    rehearsed: Estate, file: str, old: str, new: str, words: str
) -> None:
    with edited(rehearsed, file, old, new):
        said = rehearsed.stopped(9, "apply", "--yes")
    assert words in said
    assert AGAIN in said
    assert settled(rehearsed) == 0


def test_settings_that_are_edited_are_not_imported(rehearsed: Estate) -> None:
    rehearsed.configure("trade-matching-system:tags", other_project)
    assert AGAIN in rehearsed.stopped(9, "apply", "--yes")
    assert settled(rehearsed) == 0


def test_nothing_is_applied_that_was_not_rehearsed(estate: Estate) -> None:
    assert "say --yes" in estate.stopped(2, "apply")
    assert "nothing was rehearsed yet" in estate.stopped(7, "apply", "--yes")
    assert settled(estate) == 0


def test_a_state_that_somebody_else_has_written_is_not_written_over(rehearsed: Estate) -> None:
    url = "https://sqs.us-east-1.amazonaws.com/123456789012/trade-matching-system-matching-dlq-production"
    rehearsed.engine.succeed(
        *("import", "aws:sqs/queue:Queue", "stray", url, "--stack", "local", "--yes"),
        *("--protect=false", "--generate-code=false"),
    )
    held = settled(rehearsed)
    said = rehearsed.stopped(9, "apply", "--yes")
    assert "Queue::stray" in said
    assert f"the state of local has changed {AGAIN}" in said
    assert settled(rehearsed) == held


@contextmanager
def without_policy(estate: Estate) -> Generator[str]:
    """Take an agent's inline policy away, and put it back as it was."""
    iam = estate.client("iam")
    role = "trade-matching-system-agentcore-orchestrator-production"
    (name,) = iam.list_role_policies(RoleName=role)["PolicyNames"]
    document = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
    iam.delete_role_policy(RoleName=role, PolicyName=name)
    try:
        yield name
    finally:
        iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(document))


def test_a_live_resource_that_is_deleted_stops_the_import(ready: Estate) -> None:
    with without_policy(ready) as name, ready.untouched():
        said = ready.stopped(9, "apply", "--yes")
        assert f"::{name} and 1 more" in said  # its role, whose inline policies are others now
        assert "changed (it is absent now) since the rehearsal: `tms adopt rehearse" in said
        assert settled(ready) == 0


def test_a_live_property_that_changes_stops_the_import_and_is_a_difference_then(ready: Estate) -> None:
    table = ready.client("dynamodb")
    arn = table.describe_table(TableName=TABLE)["Table"]["TableArn"]
    table.tag_resource(ResourceArn=arn, Tags=[{"Key": "Touched", "Value": "yes"}])
    try:
        with ready.untouched():
            assert AGAIN in ready.stopped(9, "apply", "--yes")
            assert "updated in place: processing-status.tags" in ready.expect(7, "rehearse")
            assert settled(ready) == 0
    finally:
        table.untag_resource(ResourceArn=arn, TagKeys=["Touched"])


def test_undo_puts_the_state_back_unless_it_has_moved_on(rehearsed: Estate) -> None:
    assert "no apply is in the journal: there is nothing to undo" in rehearsed.stopped(9, "undo")
    rehearsed.expect(0, "apply", "--yes")
    rehearsed.expect(0, "undo")
    assert settled(rehearsed) == 0
    assert "every apply of the journal was undone" in rehearsed.stopped(9, "undo")
    rehearsed.expect(0, "apply", "--yes")
    # every id is as it was
    rehearsed.engine.succeed("state", "unprotect", "--all", "--stack", "local", "--yes")
    assert "the state has changed since that apply" in rehearsed.stopped(9, "undo")
    assert settled(rehearsed) == WHOLE


def begun(estate: Estate, *arguments: str, until: str, file: str) -> subprocess.Popen[str]:
    """Begin a step in a process group of its own, and wait until a file of its says something."""
    step = subprocess.Popen(
        [str(ROOT / "tms"), "adopt", *arguments, "--stack", "local"],
        cwd=estate.project,
        env=estate.environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline, seen = time.monotonic() + 240, work(estate) / file
    while until not in (seen.read_text() if seen.exists() else ""):
        assert time.monotonic() < deadline
        assert step.poll() is None
        time.sleep(0.05)
    return step


@pytest.mark.parametrize("seconds", [1.1, 2])  # the engine is just beginning, or in the midst of it
def test_an_apply_that_is_told_to_end_lets_go_and_goes_on_or_back(rehearsed: Estate, seconds: float) -> None:
    with begun(rehearsed, "apply", "--yes", "--json", until='"importing"', file="journal.jsonl") as step:
        time.sleep(seconds)
        step.send_signal(signal.SIGTERM)  # this process alone, as a supervisor does
        output, errors = step.communicate()
    assert step.returncode == 8, errors
    error = json.loads(output)["error"]
    assert error["code"] == 8
    assert errors == f"tms: {error['message']}\n"
    assert "Run the same again" in error["message"]
    assert settled(rehearsed) < WHOLE  # nothing pending, no lock
    rehearsed.expect(0, "undo")
    assert settled(rehearsed) == 0
    assert f"{PARTS} resources imported" in rehearsed.expect(0, "apply", "--yes")
    adopted_whole(rehearsed)


def test_a_run_that_is_interrupted_at_the_terminal_ends_with_one_line(
    estate: Estate, network: Network
) -> None:
    journal = work(estate)
    step = subprocess.Popen(
        [str(ROOT / "tms"), "adopt", "run", "--stack", "local"],
        cwd=estate.project,
        env=estate.environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 120
    while not any(one.operation == "ListQueues" for one in network.calls):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.killpg(step.pid, signal.SIGINT)
    output, errors = step.communicate()
    assert step.returncode == 8, errors
    assert output == ""
    assert errors.startswith("tms: interrupted")
    assert len(errors.splitlines()) == 1
    assert not (journal / "rehearsal.json").exists()
    assert settled(estate) == 0


def test_the_wrong_account_is_refused_before_anything_else_is_asked(estate: Estate, network: Network) -> None:
    estate.configure("aws:allowedAccountIds", another_account)
    said = estate.stopped(3, "run")
    assert "this is account 123456789012" in said
    assert "aws:allowedAccountIds of Pulumi.local.yaml has 999988887777" in said
    assert [one.operation for one in network.calls if one.service] == ["GetCallerIdentity"]


def test_a_journal_whose_last_line_was_cut_off_is_read_and_gone_on_with(rehearsed: Estate) -> None:
    rehearsed.expect(0, "apply", "--yes")
    file = work(rehearsed) / "journal.jsonl"
    with file.open("a") as journal:
        journal.write('{"time": "2026-')
    rehearsed.expect(0, "undo")
    assert settled(rehearsed) == 0
    assert "every apply of the journal was undone" in rehearsed.stopped(9, "undo")


def test_files_that_are_not_whole_are_named(rehearsed: Estate) -> None:
    folder = work(rehearsed)
    for name, code, step in (("rehearsal.json", 7, ("apply", "--yes")), ("report.json", 2, ("report",))):
        (folder / name).write_text('{"clean": tr')
        said = rehearsed.stopped(code, *step)
        assert str(folder / name) in said
    file = Path(rehearsed.project / "Pulumi.local.yaml")
    file.write_text("config: [")
    assert f"{file}: line 1: it is not YAML" in rehearsed.stopped(2, "check")
