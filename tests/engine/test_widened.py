"""An agent that was given more is seen twice: in what differs from the commit, and in the pack's verdict.

The pack looks at what the reviewed needs say (`needs.yaml`), whoever wrote the grant; what is declared there too
passes, and shows in the difference all the same.
"""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.support.engine import PACK, ROOT, Engine
from tests.support.project import Project

pytestmark = pytest.mark.engine
GRANTS = "components/grants.py"


BUCKET = "trade-matching-system-agentcore-production"
LISTS = "lists its own prefixes; without it a missing object reads as forbidden"
GIVEN = [
    f"+ pdf-adapter: s3:GetObjectTagging on {BUCKET}/BANK/ (reads the bank's trade confirmations)",
    "+ trade-extraction: dynamodb:Scan on ExceptionsTable (why)",
    "+ trade-matching: dynamodb:DeleteItem on BankTradeData (compares the bank's trades)",
    f"+ exception-management: s3:PutObject on {BUCKET}/everything/ (writes exception reports)",
    f"+ exception-management: s3:ListBucket on {BUCKET} where s3:prefix StringLike everything/* ({LISTS})",
]
BEYOND = {
    ("iam-role-declared-needs", "trade-extraction"): r"dynamodb:Scan on \S+table/ExceptionsTable",
    ("iam-role-declared-needs", "trade-matching"): r"dynamodb:DeleteItem on \S+table/BankTradeData",
    ("iam-role-declared-needs", "exception-management"): r"s3:PutObject on \S+/everything/\*",
    ("iam-role-destructive-actions", "trade-matching"): r"dynamodb:DeleteItem on \S+table/BankTradeData",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a copy in which grants and a setting give four agents more, one of them as its needs say."""
    made = Project(tmp_path / "project")
    scan = '("dynamodb:Scan", *LOOK_UP), "compares the bank'
    made.edit(GRANTS, scan, scan.replace('("', '("dynamodb:DeleteItem", "'))
    bank = '"bank", READ, '
    made.edit(GRANTS, bank, bank.replace("READ", '(*READ, "s3:GetObjectTagging")'))
    extraction = '"trade-extraction": ('
    another = 'Need("table", "exceptions", ("dynamodb:Scan",), "why"),'
    made.edit(GRANTS, extraction, f"{extraction}\n        {another}")
    made.edit("Pulumi.production.yaml", "{path: exceptions/", "{path: everything/")
    first = "    - actions: [s3:GetObject]\n"
    made.edit("needs.yaml", first, first.replace("]", ", s3:GetObjectTagging]"))
    return made


def run(project: Project, engine: Engine, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=project.folder,
        env=engine.environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
    )


def test_what_was_given_shows_in_the_difference_and_beyond_the_needs_in_the_verdict(
    engine: Engine, project: Project
) -> None:
    told = run(project, engine, str(project.folder / "tms"), "permissions", "--diff", "HEAD", "--exit-code")
    assert (told.returncode, told.stderr) == (1, "")
    assert [line for line in told.stdout.splitlines() if line.startswith("+")] == GIVEN

    check = ("policy", "check", "--program", ".", "--stack", "local", "--format", "json")
    judged = run(project, engine, str(ROOT / "tms"), *check)
    assert judged.returncode == 1, judged.stderr
    verdicts = [one for one in json.loads(judged.stdout)["verdicts"] if one["level"] == "mandatory"]
    found = {(one["rule"], one["resource"]): one["message"] for one in verdicts}
    assert set(found) == set(BEYOND)
    for one, pattern in BEYOND.items():
        assert re.search(pattern, found[one]), found[one]


OWN_MODELS = """      repository: bedrock-agentcore-trade_matching_ai
"""
SETTING = """      grants:
        - table: bank-trades
          actions: [dynamodb:DeleteItem]
          reason: removes trades that were cancelled
"""
NEED = """    - actions: [dynamodb:DeleteItem]
      resources: ["arn:aws:dynamodb:*:*:table/BankTradeData"]
      reason: removes trades that were cancelled
"""
MATCHING = "  trade-matching-system-agentcore-trade-matching-*:\n"


def test_one_action_more_in_settings_shows_and_is_stopped_until_the_needs_have_it(
    engine: Engine, tmp_path: Path
) -> None:
    project = Project(tmp_path / "project")
    project.edit("Pulumi.production.yaml", OWN_MODELS, OWN_MODELS + SETTING)
    told = run(project, engine, str(project.folder / "tms"), "permissions", "--diff", "HEAD")
    assert (told.returncode, told.stderr, told.stdout) == (
        0,
        "",
        "+ trade-matching: dynamodb:DeleteItem on BankTradeData (removes trades that were cancelled)\n",
    )

    preview = ("preview", "--stack", "local", *PACK)
    stopped = engine.run(*preview, folder=project.folder)
    assert stopped.returncode != 0, stopped.stdout
    role = "trade-matching-system-agentcore-trade-matching-production"
    table = r"\S+table/BankTradeData"
    assert re.search(
        rf"iam-role-declared-needs[\s\S]*{role} may do more than needs.yaml says it needs: "
        rf"dynamodb:DeleteItem on {table}",
        stopped.stdout,
    ), stopped.stdout

    project.edit("needs.yaml", MATCHING, MATCHING + NEED)
    passed = engine.run(*preview, folder=project.folder)
    assert passed.returncode == 0, passed.stdout
    assert "mandatory" not in passed.stdout
