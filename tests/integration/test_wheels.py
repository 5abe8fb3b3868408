"""The wheels of pack, toolkit and embedded AWS, installed into one fresh environment and run away from the checkout."""

import json
import os
import re
import subprocess
import sys
import time
import tomllib
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from embedded.engine.environment import index_settings
from tests.support.fake_engine import FakeEngine
from tests.support.recorded import RECORDED
from tms_policies.catalogue import RULES

ROOT = Path(__file__).resolve().parents[2]
UV = ROOT / ".tools" / "uv" / "bin" / "uv"
PACKAGES = {"policy": "tms_policies", "embedded": "embedded", "toolkit": "toolkit"}
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


@dataclass(frozen=True)
class Installation:
    """An environment with the three wheels in it.

    Attributes:
        wheels: Where the archives are.
        environment: The virtual environment.
        folder: An empty folder, in which commands run.
    """

    wheels: Path
    environment: Path
    folder: Path

    def run(
        self, *command: str, path: str = "/nowhere", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command of the environment, with nothing of the caller's but the variables given."""
        return subprocess.run(
            [str(self.environment / "bin" / command[0]), *command[1:]],
            cwd=self.folder,
            env={"PATH": path, "HOME": str(self.folder), "TERM": "dumb", **variables},
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Build the wheels through source archives, and install them with the versions that the project pins."""
    base = tmp_path_factory.mktemp("wheels")
    wheels, environment, folder = base / "dist", base / "environment", base / "elsewhere"
    folder.mkdir()
    index = {**os.environ, **index_settings()}
    building = (
        "build",
        "--quiet",
        "--no-build-isolation",
        "--python",
        sys.executable,
        "--out-dir",
        str(wheels),
    )
    for member in PACKAGES:
        subprocess.run([str(UV), *building, str(ROOT / member)], check=True, env=index)
    subprocess.run([str(UV), "venv", "--quiet", "--python", sys.executable, str(environment)], check=True)
    python = str(environment / "bin" / "python")
    pinned = ("--constraint", str(ROOT / "requirements" / "run.txt"))
    archives = [str(file) for file in wheels.glob("*.whl")]
    subprocess.run(
        [str(UV), "pip", "install", "--quiet", "--python", python, *pinned, *archives], check=True, env=index
    )
    return Installation(wheels, environment, folder)


def test_all_distributions_have_the_version_of_the_project(installation: Installation) -> None:
    assert yaml.safe_load((ROOT / "policy" / "PulumiPolicy.yaml").read_text())["version"] == VERSION
    assert sorted(file.name for file in installation.wheels.glob("*.whl")) == [
        f"tms_{name}-{VERSION}-py3-none-any.whl" for name in ("embedded_aws", "policies", "toolkit")
    ]


@pytest.mark.parametrize("member", PACKAGES)
def test_a_wheel_holds_every_file_of_its_package_and_nothing_else(
    installation: Installation, member: str
) -> None:
    package = PACKAGES[member]
    folder = ROOT / member if member == package else ROOT / member / package
    around = {f"{package}/{name}" for name in ("pyproject.toml", "README.md", "LICENSE")}
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "."],  # noqa: S607 - git of the PATH
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    present = {f"{package}/{name}" for name in tracked if (folder / name).exists()} - around
    name = tomllib.loads((ROOT / member / "pyproject.toml").read_text())["project"]["name"].replace("-", "_")
    with zipfile.ZipFile(installation.wheels / f"{name}-{VERSION}-py3-none-any.whl") as archive:
        packed = {entry for entry in archive.namelist() if ".dist-info/" not in entry}
        licence = archive.read(f"{name}-{VERSION}.dist-info/licenses/LICENSE")
    assert packed == present
    assert licence == (ROOT / "LICENSE").read_bytes()


def test_the_pack_lists_its_rules(installation: Installation) -> None:
    listed = installation.run("python", "-m", "tms_policies.catalogue", "--json")
    assert listed.returncode == 0, listed.stderr
    assert {rule["name"] for rule in json.loads(listed.stdout)} == {rule.id for rule in RULES}


def test_the_pack_writes_a_folder_that_the_engine_can_start(installation: Installation) -> None:
    assert installation.run("python", "-m", "tms_policies.pack_folder", "guard").returncode == 0
    guard = installation.folder / "guard"
    shipped = yaml.safe_load((ROOT / "policy" / "PulumiPolicy.yaml").read_text())
    runtime = {"name": "python", "options": {"virtualenv": str(installation.environment)}}
    written = yaml.safe_load((guard / "PulumiPolicy.yaml").read_text())
    assert (written["name"], written["version"], written["runtime"]) == (shipped["name"], VERSION, runtime)
    command = [str(installation.environment / "bin" / "python"), "-u", "-m", "pulumi.policy", "127.0.0.1:1"]
    with subprocess.Popen([*command, str(guard)], stdout=subprocess.PIPE, text=True, env={}) as pack:
        try:
            assert pack.stdout is not None
            assert re.fullmatch(r"\d+\n", pack.stdout.readline())
        finally:
            pack.terminate()


@pytest.mark.parametrize(
    "command",
    [(), ("adopt",), ("policy", "check")],
)
def test_the_command_line_shows_its_help(installation: Installation, command: tuple[str, ...]) -> None:
    completed = installation.run("tms", *command, "--help")
    assert (completed.returncode, completed.stderr) == (0, "")
    assert f"tms {' '.join(command)}".strip() in completed.stdout


def test_a_check_runs_the_pulumi_on_the_path_with_the_installed_pack(
    installation: Installation, tmp_path: Path
) -> None:
    fake = FakeEngine(tmp_path)
    fake.plays("analyze.jsonl", code=1)
    (tmp_path / "pulumiw").rename(tmp_path / "pulumi")
    state = tmp_path / "state.json"
    state.write_text('{"version": 3, "deployment": {}}')
    arguments = ("tms", "policy", "check", "--state", str(state), "--format", "json")
    completed = installation.run(*arguments, path=f"{tmp_path}:/usr/bin:/bin")
    assert (completed.returncode, completed.stderr) == (1, "")
    lines = (RECORDED / "analyze.jsonl").read_text().splitlines()
    recorded = {json.loads(line)["policyEvent"]["policyName"] for line in lines if "policyEvent" in line}
    assert {verdict["rule"] for verdict in json.loads(completed.stdout)["verdicts"]} == recorded
    folder = fake.arguments[fake.arguments.index("--policy-pack") + 1]
    assert "tms-policies-" in folder
    assert not Path(folder).exists(), "it goes with the command"


def test_a_preview_is_summed_up(installation: Installation) -> None:
    completed = installation.run("tms", "preview-summary", str(RECORDED / "preview.jsonl"), path=os.defpath)
    assert completed.returncode == 1, completed.stderr
    assert "do not merge" in completed.stdout


@pytest.mark.parametrize(
    ("command", "variables", "message"),
    [
        (
            ("status",),
            {},
            "`tms status` reads the program's `components`, which are not here; run `./tms status` in its checkout",
        ),
        (
            ("report", "--stack", "local"),
            {},
            "`tms report` reads the program's `components`, which are not here; run `./tms report` in its checkout",
        ),
        (
            ("policy", "check", "--program", "."),
            {},
            "no `pulumi` is on PATH; install it (https://www.pulumi.com/docs/install)",
        ),
        (
            ("policy", "check", "--program", "."),
            {"EMBEDDED": "1"},
            "EMBEDDED=1 works in a checkout only, by `./tms`; unset it to reach AWS",
        ),
        (
            ("adopt", "discover", "--stack", "local"),
            {"EMBEDDED": "1"},
            "EMBEDDED=1 works in a checkout only, by `./tms`; unset it to reach AWS",
        ),
    ],
)
def test_what_does_not_work_outside_a_checkout_says_so(
    installation: Installation, command: tuple[str, ...], variables: dict[str, str], message: str
) -> None:
    completed = installation.run("tms", *command, **variables)
    assert (completed.returncode, completed.stdout, completed.stderr) == (2, "", f"tms: {message}\n")


def test_the_embedded_aws_starts_and_ends_with_its_record(installation: Installation, tmp_path: Path) -> None:
    record, log = tmp_path / "server.json", tmp_path / "server.log"
    command = ("-m", "embedded.aws.server", "--record", str(record), "--log", str(log))
    python = str(installation.environment / "bin" / "python")
    with subprocess.Popen([python, *command], cwd=installation.folder, env={}) as server:
        try:
            deadline = time.monotonic() + 30
            while not record.exists():
                assert server.poll() is None, log.read_text()
                assert time.monotonic() < deadline
                time.sleep(0.1)
            port = json.loads(record.read_text())["port"]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/moto-api/", timeout=10) as answer:
                assert answer.status == 200
            record.unlink()
            assert server.wait(timeout=10) == 0
        finally:
            server.terminate()
