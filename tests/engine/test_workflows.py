"""The workflows, run on this machine: every step of every job, on the real engine and the embedded AWS."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.actions.github import BOT, REPOSITORY
from tests.support.actions.runner import PROVIDER, VARIABLES, Job, Runner
from tests.support.engine import ROOT, embedded_environment, end, person
from tests.support.project import Project
from tests.support.urns import PARTS

pytestmark = pytest.mark.engine

MAIN = "refs/heads/main"
NUMBER = 7
TOLD_ALREADY = ("checks", "try-out")
"""Jobs that take their time, and that one pull request shows as well as every one."""


@dataclass
class System:
    """A repository that is switched on as docs/pipeline.md says, and its production, up and as declared."""

    runner: Runner
    base: str
    first: list[dict[str, Job]]

    def push(self) -> dict[str, Job]:
        return self.runner.run("production.yml", "push", {}, MAIN)

    def propose(self, owner: str = REPOSITORY, *without: str) -> dict[str, Job]:
        self.runner.project.commit()
        event = {"number": NUMBER, "pull_request": {"number": NUMBER, "head": {"repo": {"full_name": owner}}}}
        return self.runner.run(
            "pull-request.yml", "pull_request", event, f"refs/pull/{NUMBER}/merge", without
        )

    def drift(self) -> dict[str, Job]:
        return self.runner.run("drift.yml", "schedule", {}, MAIN)

    def client(self, service: str) -> Any:  # noqa: ANN401 - boto3 makes clients at run time
        port = json.loads((self.runner.home / "box" / "server.json").read_text())["port"]
        return person(f"http://127.0.0.1:{port}", service)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    home = tmp_path_factory.mktemp("actions")
    project = Project(home / "repository", without=())
    project.edit("Pulumi.production.yaml", "- SET-THE-ACCOUNT-ID", '- "123456789012"')
    project.edit("Pulumi.production.yaml", "config:", f"secretsprovider: {PROVIDER}\nconfig:")
    base = project.commit()
    # `make test` runs inside a job too: there it is two tests, one of `make check`'s, or it would run this again
    selected = "-k 'test_every_output_is_in_the_outputs_table or test_the_page_is_what_the_grants_say'"
    environment = {**embedded_environment(home / "box"), "PYTEST_ADDOPTS": selected}
    runner = Runner(project, home, environment)
    waiting = System(runner, base, []).push()
    runner.approved = True
    done = System(runner, base, []).push()
    yield System(runner, base, [waiting, done])
    runner.github.close()
    end(environment)


@pytest.fixture
def system(built: System) -> Iterator[System]:
    yield built
    built.runner.project.restore(built.base)
    built.runner.between.clear()
    built.runner.variables = dict(VARIABLES)
    built.runner.github.comments.clear()
    built.runner.github.issues.clear()
    built.runner.github.log.clear()


def test_what_is_merged_waits_for_approval_and_is_then_done_as_planned(system: System) -> None:
    waiting, done = system.first
    assert waiting["plan"].result == "success", waiting["plan"].log
    assert waiting["deploy"].result == "waiting"
    assert done["deploy"].result == "success", done["deploy"].log
    assert done["plan"].role.endswith("/drift")
    assert done["deploy"].role.endswith("/deploy")
    assert f"{done['plan'].outputs['changes']} changes done" in done["deploy"].log
    assert "- create: `bank-trades` (dynamodb Table)" in done["deploy"].summary


def test_with_nothing_to_do_nobody_is_asked(system: System) -> None:
    jobs = system.push()
    assert jobs["plan"].outputs["changes"] == "0", jobs["plan"].log
    assert jobs["deploy"].result == "skipped"


def test_a_pull_request_is_commented_once_and_then_edited_in_place(system: System) -> None:
    hub = system.runner.github
    stranger = hub.comment(NUMBER, "somebody", "<!-- tms preview-summary: production -->\n\nnot ours")
    for _ in range(120):
        hub.comment(NUMBER, "somebody", "talk")  # ours is on a later page of the list
    system.runner.project.edit(
        "Pulumi.production.yaml", "    ManagedBy: pulumi", "    ManagedBy: pulumi\n    CostCenter: '4711'"
    )
    jobs = system.propose()
    assert {name: job.result for name, job in jobs.items()} == dict.fromkeys(jobs, "success"), [
        job.log for job in jobs.values()
    ]
    (comment,) = [one for one in hub.comments.values() if one["user"]["login"] == BOT]
    assert "nothing stands against it" in comment["body"]
    assert "CostCenter" in comment["body"]
    assert "(https://github.example/owner/system/actions/runs/" in comment["body"]
    system.runner.project.restore(system.base)
    system.propose(REPOSITORY, *TOLD_ALREADY)
    (edited,) = [one for one in hub.comments.values() if one["user"]["login"] == BOT]
    assert edited["id"] == comment["id"]
    assert "nothing changes" in edited["body"]
    assert stranger["body"].endswith("not ours")
    assert hub.log == [f"POST issues/{NUMBER}/comments", f"PATCH issues/comments/{comment['id']}"]


def test_a_pull_request_that_deletes_a_table_fails_and_is_told_why(system: System) -> None:
    project = system.runner.project
    settings = (project.folder / "Pulumi.production.yaml").read_text()
    table = settings[settings.index("    agent-registry:\n") :]
    table = table[: table.index("\n\n") + 1]
    project.edit("Pulumi.production.yaml", table, "")
    project.edit(
        "components/grants.py",
        '        Need("table", "agent-registry", ("dynamodb:Scan", *LOOK_UP), "finds agents and their endpoints"),\n',
        "",
    )
    project.edit(
        "deployment/orchestrator/agentcore.yaml",
        "  DYNAMODB_AGENT_REGISTRY_TABLE: ${tables.agent-registry}\n",
        "",
    )
    jobs = system.propose(REPOSITORY, *TOLD_ALREADY)
    assert jobs["preview"].result == "failure"
    assert jobs["preview"].steps["Preview and judge"] == "failure 1"
    assert jobs["preview"].role.endswith("/preview")
    assert jobs["report"].result == "success", jobs["report"].log
    (comment,) = system.runner.github.comments.values()
    assert "do not merge: agent-registry would be deleted" in comment["body"]


def test_code_of_a_fork_gets_no_role_and_no_right_to_write(system: System) -> None:
    jobs = system.propose(owner="somebody/system")
    assert {name: job.result for name, job in jobs.items()} == {
        "checks": "success",
        "try-out": "success",
        "preview": "skipped",
        "report": "skipped",
    }
    assert not any(job.role for job in jobs.values())
    assert f"**{PARTS} created**" in jobs["try-out"].summary
    assert system.runner.github.log == []


def test_a_stack_that_moved_since_it_was_planned_is_not_updated(system: System) -> None:
    system.runner.project.edit(
        "Pulumi.production.yaml", "    ManagedBy: pulumi", "    ManagedBy: pulumi\n    Moved: 'yes'"
    )
    system.runner.project.commit()
    engine = [str(ROOT / "pulumiw"), "stack", "export", "--stack", "production", "--non-interactive"]
    exported = subprocess.run(
        engine, env=system.runner.environment, capture_output=True, text=True, check=True
    )
    state = json.loads(exported.stdout)
    state["deployment"]["resources"][-1]["taint"] = True

    def move() -> None:
        _import(system, state)

    system.runner.between["plan"] = move
    jobs = system.push()
    state["deployment"]["resources"][-1].pop("taint")
    move()
    assert jobs["deploy"].result == "failure"
    assert "production has changed since it was planned: plan it anew" in jobs["deploy"].log


def _import(system: System, state: Any) -> None:  # noqa: ANN401 - a state
    subprocess.run(
        [str(ROOT / "pulumiw"), "stack", "import", "--stack", "production", "--non-interactive"],
        env=system.runner.environment,
        input=json.dumps(state),
        capture_output=True,
        text=True,
        check=True,
    )


def test_drift_opens_one_issue_that_is_edited_and_closed(system: System) -> None:
    hub, queues = system.runner.github, system.client("sqs")
    clean = system.drift()
    assert clean["look"].result == "success", clean["look"].log
    assert hub.issues == {}
    (url,) = [one for one in queues.list_queues()["QueueUrls"] if "compliance-dlq" in one]
    told: list[str] = []
    for seconds in ("77", "88"):
        queues.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": seconds})
        jobs = system.drift()
        assert jobs["look"].result == "failure"
        assert jobs["look"].steps["Compare the state with what is live"] == "failure 1"
        assert jobs["tell"].result == "success", jobs["tell"].log
        (issue,) = hub.issues.values()
        told.append(issue["body"])
    assert "`compliance-dlq` (sqs Queue) `visibilityTimeoutSeconds` is `77` and was `300`" in told[0]
    assert "is `88`" in told[1]
    queues.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "300"})
    system.drift()
    (issue,) = hub.issues.values()
    assert (issue["state"], issue["state_reason"], issue["labels"]) == ("closed", "completed", ["drift"])
    assert hub.log[0] == "POST issues"
    system.drift()
    assert len(hub.log) == 4, "a clean stack without an open issue writes nothing"


def test_a_plan_is_used_for_its_own_commit_and_unchanged_only(system: System) -> None:
    project = system.runner.project
    project.edit("Pulumi.production.yaml", "    ManagedBy: pulumi", "    ManagedBy: pulumi\n    Later: 'yes'")
    project.commit()
    plans = sorted(system.runner.home.glob("run-*/artifacts/plan"))

    def swap() -> None:
        latest = max(system.runner.home.glob("run-*/artifacts/plan"), key=lambda one: int(one.parts[-3][4:]))
        (latest / "plan.json").write_bytes((plans[0] / "plan.json").read_bytes())

    system.runner.between["plan"] = swap
    jobs = system.push()
    assert jobs["deploy"].result == "failure"
    assert "plan.json is not the plan that was judged (SHA-256)" in jobs["deploy"].log


def test_what_is_not_switched_on_is_named_with_the_place_to_set_it(system: System) -> None:
    system.runner.variables = {"AWS_PREVIEW_ROLE_ARN": "preview", "PULUMI_SECRETS_PROVIDER": "awskms://other"}
    jobs = system.propose(REPOSITORY, *TOLD_ALREADY)
    assert jobs["preview"].result == "failure"
    for words in (
        "PULUMI_BACKEND_URL is not set: add it to the repository under Settings > Secrets and variables",
        "AWS_PREVIEW_ROLE_ARN is 'preview' and must be a role's ARN",
        f"Pulumi.production.yaml: secretsprovider is {PROVIDER} and PULUMI_SECRETS_PROVIDER awskms://other",
    ):
        assert words in jobs["preview"].log
    assert jobs["report"].steps["Get the verdict"] == "failure 1"
