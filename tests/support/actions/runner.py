"""Runs the jobs of a workflow file as GitHub would: each in a fresh checkout, every `run:` step for real.

Steps with `uses:` are played by stand-ins, which hold what the action needs; an action without one is refused.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.support.actions.expressions import filled, holds
from tests.support.actions.github import REPOSITORY, TOKEN, GitHub
from tests.support.project import Project

ARN = "arn:aws:iam::123456789012:role/{}"
PROVIDER = "awskms://alias/state?region=us-east-1"
VARIABLES = {
    "AWS_PREVIEW_ROLE_ARN": ARN.format("preview"),
    "AWS_DEPLOY_ROLE_ARN": ARN.format("deploy"),
    "AWS_DRIFT_ROLE_ARN": ARN.format("drift"),
    "PULUMI_BACKEND_URL": "s3://state?region=us-east-1",
    "PULUMI_SECRETS_PROVIDER": PROVIDER,
}


@dataclass
class Job:
    """What became of one job.

    Attributes:
        result: `success`, `failure` or `skipped`.
        outputs: What it handed on.
        log: What its steps printed.
        summary: What is on the page of the run.
        steps: What became of each step, by name.
        role: The role that it took.
        folder: Its checkout.
    """

    result: str = "success"
    outputs: dict[str, str] = field(default_factory=dict[str, str])
    log: str = ""
    summary: str = ""
    steps: dict[str, str] = field(default_factory=dict[str, str])
    role: str = ""
    folder: Path = Path()


class Refused(Exception):  # noqa: N818 - what GitHub would not do either
    """A workflow has what is not modelled, or what GitHub refuses."""


class _Failed(Exception):  # noqa: N818 - a step's own end
    """A step failed, with an exit code, and may have handed something on before."""

    def __init__(self, code: int, outputs: dict[str, str]) -> None:
        super().__init__(code)
        self.code, self.outputs = code, outputs


class Runner:
    """A repository on GitHub, its environment `production` approved by nobody unless a test does.

    Attributes:
        project: The repository.
        github: The API that jobs write to.
        approved: Whether somebody approves jobs of the environment.
        variables: The repository's variables.
        between: What happens after each job, by its name: what a test does to the project or to AWS.
    """

    def __init__(self, project: Project, home: Path, environment: Mapping[str, str]) -> None:
        """Take a project.

        Args:
            project: A repository with the workflows.
            home: Where checkouts and artifacts go.
            environment: What each step sees beside GitHub's own.
        """
        self.project, self.home, self.environment = project, home, environment
        self.github = GitHub()
        self.approved = False
        self.variables = dict(VARIABLES)
        self.between: dict[str, Callable[[], None]] = {}
        self.runs = 0

    def run(
        self, workflow: str, event: str, payload: Mapping[str, Any], ref: str, without: Sequence[str] = ()
    ) -> dict[str, Job]:
        """Run a workflow on an event, and give its jobs by their ids.

        Args:
            workflow: The file's name.
            event: The event's name.
            payload: The event.
            ref: The ref that it is on, as `refs/heads/main`.
            without: Jobs that are left out.
        """
        self.runs += 1
        text = (self.project.folder / ".github" / "workflows" / workflow).read_text(encoding="utf-8")
        document: Any = yaml.safe_load(text)
        triggers = document[True]  # YAML 1.1 reads `on` as a yes
        if event not in triggers:
            raise Refused(f"{workflow} does not run on {event}")
        assert document["permissions"] == {}
        run = _Run(self, document, event, payload, ref)
        jobs: dict[str, Job] = {}
        for name, job in document["jobs"].items():
            if name in without:
                continue
            jobs[name] = run.job(name, job, jobs)
            self.between.get(name, lambda: None)()
        return jobs


class _Run:
    """One run of a workflow."""

    def __init__(
        self, runner: Runner, document: Mapping[str, Any], event: str, payload: Mapping[str, Any], ref: str
    ) -> None:
        self.runner = runner
        self.home = runner.home / f"run-{runner.runs}"
        self.artifacts = self.home / "artifacts"
        self.artifacts.mkdir(parents=True)
        self.commit = runner.project.git("rev-parse", "HEAD").strip()
        self.github: dict[str, Any] = {
            "event": payload,
            "event_name": event,
            "ref": ref,
            "repository": REPOSITORY,
            "token": TOKEN,
            "sha": self.commit,
            "workflow": document["name"],
        }
        self.environment = document.get("env", {})
        self.event = self.home / "event.json"
        self.event.write_text(json.dumps(payload), encoding="utf-8")

    def job(self, name: str, job: Mapping[str, Any], before: Mapping[str, Job]) -> Job:
        """Run one job after those that it needs."""
        needs = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
        contexts: dict[str, Any] = {
            "github": self.github,
            "vars": self.runner.variables,
            "needs": {one: {"result": before[one].result, "outputs": before[one].outputs} for one in needs},
        }
        well = all(before[one].result == "success" for one in needs)
        done = Job()
        if not holds(job.get("if"), contexts, _status(well=well)):
            done.result = "skipped"
            return done
        if job.get("environment") == "production" and not self.runner.approved:
            done.result = "waiting"
            return done
        contexts["env"] = {
            key: filled(str(one), contexts) for key, one in {**self.environment, **job.get("env", {})}.items()
        }
        self._steps(name, job, done, contexts)
        if done.result == "success" or job.get("outputs"):
            done.outputs = {key: filled(one, contexts) for key, one in job.get("outputs", {}).items()}
        return done

    def _steps(self, name: str, job: Mapping[str, Any], done: Job, contexts: dict[str, Any]) -> None:
        done.folder = self.home / name
        contexts["steps"] = {}
        writes = frozenset(key for key, one in job["permissions"].items() if one == "write")
        self.runner.github.permissions = writes
        for step in job["steps"]:
            if not holds(step.get("if"), contexts, _status(well=done.result == "success")):
                done.steps[step["name"]] = "skipped"
                continue
            try:
                outputs = self._step(step, done, contexts, writes)
                done.steps[step["name"]] = "success"
            except _Failed as failed:
                done.result = "failure"
                done.steps[step["name"]] = f"failure {failed.code}"
                outputs = failed.outputs
            contexts["steps"][step.get("id", "")] = {"outputs": outputs}

    def _step(
        self, step: Mapping[str, Any], done: Job, contexts: Mapping[str, Any], writes: frozenset[str]
    ) -> dict[str, str]:
        if "run" in step:
            return self._shell(step["run"], done, contexts)
        action = step["uses"].partition("@")[0]
        given = {key: filled(str(one), contexts) for key, one in step.get("with", {}).items()}
        if action not in _STAND_INS:
            raise Refused(f"{action} has no stand-in")
        _STAND_INS[action](self, done, given, writes)
        return {}

    def _shell(self, command: str, done: Job, contexts: Mapping[str, Any]) -> dict[str, str]:
        """Run a command as the runner's default shell on Linux does: `bash -e {0}`."""
        files = {name: self.home / f"{done.folder.name}.{name}" for name in ("OUTPUT", "STEP_SUMMARY", "ENV")}
        files["OUTPUT"].write_text("")
        for file in files.values():
            file.touch()
        shown = subprocess.run(
            ["/bin/bash", "-e", "-c", command],
            cwd=done.folder,
            env={
                **self.runner.environment,
                **contexts["env"],
                **{f"GITHUB_{name}": str(file) for name, file in files.items()},
                "CI": "true",
                "GITHUB_ACTIONS": "true",
                "GITHUB_API_URL": self.runner.github.url,
                "GITHUB_EVENT_NAME": self.github["event_name"],
                "GITHUB_EVENT_PATH": str(self.event),
                "GITHUB_REPOSITORY": REPOSITORY,
                "GITHUB_RUN_ID": str(self.runner.runs),
                "GITHUB_SERVER_URL": "https://github.example",
                "GITHUB_SHA": self.commit,
                "GITHUB_WORKSPACE": str(done.folder),
            },
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        done.log += f"$ {command}\n{shown.stdout}"
        done.summary = files["STEP_SUMMARY"].read_text()
        outputs = dict(line.split("=", 1) for line in files["OUTPUT"].read_text().splitlines())
        if shown.returncode:
            raise _Failed(shown.returncode, outputs)
        return outputs

    def check_out(self, done: Job, given: Mapping[str, str], writes: frozenset[str]) -> None:
        """actions/checkout: the commit, and no credentials left behind."""
        del writes
        assert given == {"persist-credentials": "False"}
        self.runner.project.git("clone", "--quiet", "--shared", ".", str(done.folder))
        self.runner.project.git("-C", str(done.folder), "checkout", "--quiet", self.commit)
        for name in (".venv", ".tools"):
            (done.folder / name).symlink_to((self.runner.project.folder / name).resolve())
        with (done.folder / ".git" / "info" / "exclude").open("a") as out:
            out.write(".venv\n.tools\n")

    def install_pulumi(self, done: Job, given: Mapping[str, str], writes: frozenset[str]) -> None:
        """pulumi/actions: the version of the file; the engine of this machine is that one."""
        del writes
        version = (done.folder / given["pulumi-version-file"]).read_text().strip()
        asked = subprocess.run(
            [str(done.folder / "pulumiw"), "version"],
            env={**os.environ, "EMBEDDED": ""},
            capture_output=True,
            text=True,
            check=True,
        )
        assert asked.stdout.strip() == f"v{version}"

    def take_role(self, done: Job, given: Mapping[str, str], writes: frozenset[str]) -> None:
        """aws-actions/configure-aws-credentials: GitHub gives a token to those that may ask for one."""
        assert "id-token" in writes
        assert given["aws-region"] == "us-east-1"
        done.role = given["role-to-assume"]

    def upload(self, done: Job, given: Mapping[str, str], writes: frozenset[str]) -> None:
        """actions/upload-artifact: files by path, hidden ones only where that is said."""
        del writes
        place = self.artifacts / given["name"]
        sources = [done.folder / one for one in given["path"].split()]
        found = [one for one in sources if one.exists()]
        if not found and given["if-no-files-found"] == "error":
            raise _Failed(1, {})
        root = found[0] if found[0].is_dir() else found[0].parent
        for source in found:
            hidden = any(part.startswith(".") for part in source.relative_to(done.folder).parts)
            assert not hidden or given.get("include-hidden-files") == "True", source
            if source.is_dir():
                shutil.copytree(source, place, dirs_exist_ok=True)
            else:
                place.mkdir(exist_ok=True)
                shutil.copy(source, place / source.relative_to(root))

    def download(self, done: Job, given: Mapping[str, str], writes: frozenset[str]) -> None:
        """actions/download-artifact: by name, and only what this run has."""
        del writes
        place = self.artifacts / given["name"]
        if not place.exists():
            raise _Failed(1, {})
        shutil.copytree(place, done.folder / given["path"], dirs_exist_ok=True)

    def upload_sarif(self, done: Job, given: Mapping[str, str], writes: frozenset[str]) -> None:
        """github/codeql-action/upload-sarif: a file that is one."""
        assert "security-events" in writes
        assert '"version": "2.1.0"' in (done.folder / given["sarif_file"]).read_text()


def _status(*, well: bool) -> dict[str, bool]:
    return {"success": well, "failure": not well, "cancelled": False, "always": True}


_STAND_INS: dict[str, Callable[[_Run, Job, Mapping[str, str], frozenset[str]], None]] = {
    "actions/checkout": _Run.check_out,
    "actions/upload-artifact": _Run.upload,
    "actions/download-artifact": _Run.download,
    "aws-actions/configure-aws-credentials": _Run.take_role,
    "github/codeql-action/upload-sarif": _Run.upload_sarif,
    "pulumi/actions": _Run.install_pulumi,
}
