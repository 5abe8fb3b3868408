"""A hand-made estate for tests of adoption: made call by call in an AWS of its own, and no state knows it."""

import json
import shutil
import subprocess
import urllib.request
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from examples.estate.manual_setup.creation import create_resources, planned_resources
from examples.estate.project import configure, lay_out, run, step
from tests.support.engine import ROOT, Engine, embedded_environment, person
from tests.support.stackfile import declare_memory, remembering, stack_config, stack_file


def fitting(folder: Path, config: Mapping[str, Any]) -> None:
    """Lay the project out in a folder, with declarations that fit a config."""
    lay_out(folder)
    if remembering(config):
        (folder / "deployment").unlink()
        shutil.copytree(ROOT / "deployment", folder / "deployment")
        declare_memory(folder, config)


class Estate:
    """A hand-made system in an embedded AWS of its own, and a project that adopts it."""

    def __init__(self, home: Path, project: Path, config: dict[str, Any] | None = None) -> None:
        """Make by hand what a preview shows, as somebody's script does: the provider has no part in it.

        Args:
            home: A folder for the embedded AWS.
            project: A folder that is not there yet.
            config: Other settings than those of the local stack.
        """
        self.environment = embedded_environment(home)
        self.project = project
        self.engine = Engine(self.environment)
        own = config or stack_config("local")
        self.settings = stack_file(home, own)
        fitting(project, own)
        at = ("--stack", "local", "--config-file", self.settings)
        shown = self.engine.succeed("preview", "--json", *at, folder=project)
        port = json.loads((home / "server.json").read_text())["port"]
        self.endpoint = f"http://127.0.0.1:{port}"
        create_resources(self.endpoint, planned_resources(shown))
        (self.checkpoint,) = (home / "state" / ".pulumi" / "stacks").glob("*/local.json")
        # with the attributes beside it, which have its digest
        self.empty = {path: path.read_bytes() for path in self.checkpoint.parent.glob("local.json*")}

    def reset(self) -> None:
        """Make the state empty and the project's files as they come.

        The backend's file is written, as it was before anything came in: the engine takes seconds for the same.
        """
        for path, content in self.empty.items():
            path.write_bytes(content)
        self.restore()

    def restore(self) -> None:
        """Make the project's files as they come."""
        shutil.rmtree(self.project / ".adopt", ignore_errors=True)
        shutil.copy(self.settings, self.project / "Pulumi.local.yaml")

    def tms(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one step of the adoption in the project's folder."""
        return run(step(*arguments), self.project, self.environment)

    def expect(self, code: int, *arguments: str) -> str:
        """Run one step that must end with a code, and give what it said."""
        result = self.tms(*arguments)
        assert result.returncode == code, result.stdout
        assert "Traceback" not in result.stdout
        return result.stdout

    def stopped(self, code: int, *arguments: str) -> str:
        """Run one step that must stop with a code, and give its reason, which must be one line of the tool's."""
        result = self.streams(*arguments)
        assert result.returncode == code, result.stdout + result.stderr
        (line,) = result.stderr.splitlines()
        assert line.startswith("tms: ")
        return line

    @contextmanager
    def untouched(self) -> Generator[None]:
        """Demand that nothing changes in AWS meanwhile, whatever the tool does."""
        before = self.aws()
        yield
        assert self.aws() == before

    def configure(self, key: str, change: Any) -> None:  # noqa: ANN401 - a setting is anything
        """Change a setting of the project's stack file."""

        def edit(config: dict[str, Any]) -> None:
            config[key] = change(config[key])

        configure(self.project, edit)

    def state(self) -> list[dict[str, Any]]:
        """Return the resources of the state, as the backend has them; `settled` asks the engine."""
        return json.loads(self.checkpoint.read_text())["checkpoint"]["latest"].get("resources") or []

    def aws(self) -> Any:  # noqa: ANN401 - the whole fake account
        """Give everything that the fake account holds, but for the access logs that reads leave in S3."""
        with urllib.request.urlopen(f"{self.endpoint}/moto-api/data.json") as answer:  # noqa: S310 - loopback
            held = json.loads(answer.read())
        for trace in ("FakeKey", "FakeAcl", "FakeGrant", "FakeGrantee"):
            held["s3"].pop(trace, None)
        held["iam"].pop("AccountSummary", None)  # figures, which moto makes anew
        return {service: models for service, models in held.items() if any(models.values())}

    def client(self, service: str, region: str = "us-east-1") -> Any:  # noqa: ANN401 - boto3 makes clients at run time
        """Give a client of the fake account, as a person at the console."""
        return person(self.endpoint, service, region)

    def streams(self, *arguments: str, **environment: str | None) -> subprocess.CompletedProcess[str]:
        """Run one step with its two streams apart, and with other variables; None takes one away."""
        changed = {**self.environment, **environment}
        return subprocess.run(
            step(*arguments),
            cwd=self.project,
            env={key: one for key, one in changed.items() if one is not None},
            check=False,
            text=True,
            capture_output=True,
            stdin=subprocess.DEVNULL,
        )
