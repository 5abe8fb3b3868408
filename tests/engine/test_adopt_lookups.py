"""Adoption of what AWS names itself: found by what is declared of it, inside what was found before it."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.cases.agents import AGENTS
from tests.support.cases.audits import ANOMALIES
from tests.support.cases.case import Case, declare, project
from tests.support.cases.images import IMAGES
from tests.support.cases.network import NETWORK
from tests.support.cases.topics import TOPICS
from tests.support.engine import ROOT, Engine
from tests.support.network import default_network, placed

pytestmark = pytest.mark.engine

_ACCOUNT = "123456789012"  # the one that credentials lead to
_WRITTEN_ONLY = {"forceDelete", "revokeRulesOnDelete"}  # AWS does not know them, so `up` would write them


def adoptable(case: Case) -> Case:
    """A case as a program declares it that adopts: with the VPC that a group is looked for in."""
    vpc = {"vpcId": {"network": "vpc"}} if case.type == "aws:ec2/securityGroup:SecurityGroup" else {}
    kept = {name: value for name, value in case.props.items() if name not in _WRITTEN_ONLY}
    return replace(case, props={**kept, **vpc})


def adopt(engine: Engine, folder: Path, *arguments: str, code: int = 0) -> str:
    result = subprocess.run(
        [str(ROOT / "tms"), "adopt", *arguments, "--stack", "one"],
        cwd=folder,
        env=engine.environment,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )
    assert result.returncode == code, result.stdout
    return result.stdout


def test_what_aws_names_itself_is_looked_up_and_adopted(alone: Engine, tmp_path: Path) -> None:
    folder = project(tmp_path, "lookups", [], allowedAccountIds=[_ACCOUNT])
    at = ("-C", str(folder))
    alone.succeed(*at, "stack", "ls")  # the first command starts the embedded AWS
    network = default_network(Path(alone.environment["EMBEDDED_HOME"]), _ACCOUNT)
    told = [case for case in TOPICS if case.name == "topic-minimal"]
    cases = [adoptable(case) for case in (*IMAGES, *AGENTS, *NETWORK, *told, *ANOMALIES)]
    declare(folder, placed(cases, network))
    alone.succeed(*at, "up", "--stack", "one", "--yes", "--skip-preview")
    made = alone.succeed(*at, "stack", "export", "--stack", "one")
    state = json.loads(made)
    state["deployment"]["resources"] = []
    forgotten = folder / "empty.json"
    forgotten.write_text(json.dumps(state))
    alone.succeed(*at, "stack", "import", "--stack", "one", "--file", str(forgotten))
    found = f"{len(cases)} of {len(cases)} declared resources found"
    assert found in adopt(alone, folder, "run")
    adopt(alone, folder, "apply", "--yes")
    assert "no differences" in adopt(alone, folder, "prove")
    adopted = alone.succeed(*at, "stack", "export", "--stack", "one")
    assert ids(adopted) == ids(made)
    alone.succeed(*at, "destroy", "--stack", "one", "--yes", "--skip-preview")


def ids(exported: str) -> dict[str, str]:
    """The ids of a state's resources, by name."""
    resources = json.loads(exported)["deployment"]["resources"]
    return {one["urn"].rpartition("::")[2]: one["id"] for one in resources if one["type"].startswith("aws:")}
