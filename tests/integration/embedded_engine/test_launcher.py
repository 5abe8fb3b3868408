import json
from pathlib import Path

import pytest

from embedded.engine import build, launcher
from embedded.engine.launcher import LaunchError, embedded_wanted, installed_pulumi, version_tuple

LOCKED = (*(launcher.ROOT / "requirements").glob("*.txt"), launcher.ROOT / "policy" / "requirements.txt")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("v3.259.0", (3, 259, 0)),
        ("3.300.1-dev.0", (3, 300, 1)),
        ("1.27.3\n", (1, 27, 3)),
        ("", ()),
        ("devel", ()),
    ],
)
def test_a_version_is_read_whatever_follows_it(text: str, expected: tuple[int, ...]) -> None:
    assert version_tuple(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(None, False), ("", False), ("0", False), ("1", True), ("true", True)]
)
def test_embedded_is_a_yes_or_a_no(value: str | None, expected: bool) -> None:
    assert embedded_wanted(value) is expected


def test_any_other_value_of_embedded_is_refused_with_what_is_allowed() -> None:
    with pytest.raises(LaunchError, match=r"EMBEDDED=yes is not understood; use EMBEDDED=1"):
        embedded_wanted("yes")


@pytest.fixture
def pulumi_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install a `pulumi` on PATH that prints a version and counts how often it was asked."""
    executable = tmp_path / "bin" / "pulumi"
    executable.parent.mkdir()
    executable.write_text(f'#!/bin/sh\necho x >> "{tmp_path}/asked"\necho v3.260.1\n')
    executable.chmod(0o755)
    monkeypatch.setenv("PATH", f"{executable.parent}:/usr/bin:/bin")
    monkeypatch.setattr(launcher, "INSTALLED_CACHE", tmp_path / "cache" / "installed.json")
    return executable


def test_an_installed_pulumi_is_used_from_the_pinned_version_on(pulumi_on_path: Path) -> None:
    assert installed_pulumi((3, 260, 1)) == str(pulumi_on_path)
    assert installed_pulumi((3, 259, 0)) == str(pulumi_on_path)
    assert installed_pulumi((3, 261, 0)) is None


def test_an_installed_pulumi_is_asked_once_for_its_version(pulumi_on_path: Path, tmp_path: Path) -> None:
    for _ in range(3):
        installed_pulumi((3, 0, 0))
    assert (tmp_path / "asked").read_text() == "x\n"
    pulumi_on_path.write_text("#!/bin/sh\necho v3.1.0\n")
    assert installed_pulumi((3, 259, 0)) is None, "another executable at the same path is asked again"


def test_a_spoilt_cache_is_no_obstacle(pulumi_on_path: Path) -> None:
    launcher.INSTALLED_CACHE.parent.mkdir()
    launcher.INSTALLED_CACHE.write_text("{")
    assert installed_pulumi((3, 259, 0)) == str(pulumi_on_path)
    assert json.loads(launcher.INSTALLED_CACHE.read_text())["version"] == "v3.260.1"


def test_the_cli_and_the_sdk_are_pinned_to_one_version() -> None:
    requirements = (launcher.ROOT / "requirements" / "deploy.txt").read_text()
    assert f"\npulumi=={build.pinned_version().removeprefix('v')} " in requirements


def test_no_lock_file_holds_an_address() -> None:
    files = [
        *LOCKED,
        *(build.MODULE / name for name in ("uv.txt", "go.txt", "go.sum")),
    ]
    assert [path.name for path in files if "://" in path.read_text()] == []


def test_every_pinned_package_carries_a_hash() -> None:
    for name in (*LOCKED, build.MODULE / "uv.txt", build.MODULE / "go.txt"):
        entries = [line for line in name.read_text().splitlines() if "==" in line]
        assert entries
        assert all(line.endswith("\\") for line in entries), name


def test_a_bare_build_is_lent_our_language_host(pulumi_on_path: Path) -> None:
    assert not launcher.has_language_host(str(pulumi_on_path))
    _, environment = launcher.prepare(["version"])
    assert environment["PATH"].startswith(str(build.MODULE / "bin"))


def test_a_downloaded_pulumi_keeps_its_own_language_host(
    pulumi_on_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulumi_on_path.with_name("pulumi-language-python").write_text("")
    monkeypatch.delenv("EMBEDDED", raising=False)
    engine, environment = launcher.prepare(["version"])
    assert engine == str(pulumi_on_path)
    assert str(build.MODULE) not in environment["PATH"]
