"""Whatever checkov finds in the planted faults, the pack finds on the same resource."""

import json
import subprocess
from typing import Any

import pytest

from tests.engine.test_violations import CONFIG, PROGRAM, REPORTED
from tests.support.engine import ROOT, Engine
from tests.support.peers import checkov
from tests.support.peers.terraform import document

pytestmark = pytest.mark.engine
# Types beside this kind of system's own services, whose frameworks the table does not list
BESIDE = ("aws_cloudfront_", "aws_lb", "aws_ecs_")
# checkov asks for these of everything; here a setting says of what
EVERYWHERE = {
    "dynamodb-table-customer-key": {"tables": ["*"]},
    "lambda-function-network": {"functions": ["*"]},
    "s3-bucket-customer-key": {"buckets": ["*"]},
}


@pytest.fixture(scope="module")
def planned(engine: Engine) -> list[dict[str, Any]]:
    """Give what the faulty program would create."""
    shown = engine.succeed("-C", str(PROGRAM), "preview", "--json")
    steps = json.loads(shown[shown.index("{") :])["steps"]
    return [one["newState"] for one in steps if one["newState"]["type"].startswith("aws:")]


@pytest.fixture(scope="module")
def theirs(planned: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> set[Any]:
    """Give (check, resource) of all that checkov finds, without asking its maker's servers."""
    folder = tmp_path_factory.mktemp("terraform")
    (folder / "main.tf").write_text(document(planned))
    options = ["--framework", "terraform", "--skip-download", "-o", "json", "--quiet"]
    result = subprocess.run(
        [checkov.command(), "-d", str(folder), *options],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
    )
    report = json.loads(result.stdout)
    assert report["summary"]["parsing_errors"] == 0
    assert report["summary"]["resource_count"] > 80
    return {
        (one["check_id"], one["resource"].partition(".")[2])
        for one in report["results"]["failed_checks"]
        if not one["resource"].startswith(BESIDE)
    }


@pytest.fixture(scope="module")
def ours(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> set[Any]:
    """Give (rule, resource) of all that the pack finds."""
    config = tmp_path_factory.mktemp("config") / "config.json"
    config.write_text(json.dumps(CONFIG | EVERYWHERE))
    pack = ("--policy-pack", str(ROOT / "policy"), "--policy-pack-config", str(config))
    return set(REPORTED.findall(engine.run("-C", str(PROGRAM), "preview", *pack).stdout))


def answers() -> dict[str, tuple[list[str], str]]:
    """Give, by check, our rules and the reason why there is none."""
    text = (ROOT / "policy" / "tms_policies" / "data" / "controls.json").read_text()
    return {one["id"]: (one["rules"], one["reason"]) for one in json.loads(text)["controls"]}


def test_the_pack_finds_all_that_checkov_finds(theirs: set[Any], ours: set[Any]) -> None:
    assert len(theirs) > 70
    table, missed = answers(), []
    for check, resource in sorted(theirs):
        rules, reason = table[check]
        if not reason and not any((rule, resource) in ours for rule in rules):
            missed.append((check, resource, rules))
    assert missed == [], "\n".join(map(str, missed))


def test_checkov_misses_most_of_what_the_pack_finds(theirs: set[Any], ours: set[Any]) -> None:
    named = {resource for _, resource in theirs}
    assert len({resource for _, resource in ours} - named) > len(named)
