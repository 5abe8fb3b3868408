"""Documents point at what is there: pages, headings, targets of make, commands."""

import re
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from tests.support.stackfile import ROOT
from toolkit.cli.app import app

PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "decisions").glob("*.md")]
)
BY_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def commands() -> dict[str, set[str]]:
    """Give the commands with those inside them."""
    root = get_command(app)
    assert isinstance(root, TyperGroup)
    return {
        name: set(command.commands) if isinstance(command, TyperGroup) else set()
        for name, command in root.commands.items()
    }


COMMANDS = commands()
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def anchors(page: Path) -> set[str]:
    """Give the anchors of a page's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@BY_PAGE
def test_every_link_leads_to_a_page_and_a_heading(page: Path) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", page.read_text()):
        path, _, anchor = link.partition("#")
        target = (page.parent / path) if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@BY_PAGE
def test_every_target_and_command_exists(page: Path) -> None:
    text = page.read_text()
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)) <= TARGETS
    for command in re.findall(r"\./tms ((?:[a-z][a-z-]* ?){1,2})", text):
        first, *second = command.split()
        assert first in COMMANDS, command
        assert not COMMANDS[first] or set(second) <= COMMANDS[first], command


@BY_PAGE
def test_no_page_is_out_of_reach(page: Path) -> None:
    if page.parent == ROOT:
        return
    index = page.parent / "README.md"
    above = ROOT / "docs" / "README.md" if page == index and page.parent != ROOT / "docs" else index
    assert page == above or f"({page.relative_to(above.parent).as_posix()})" in above.read_text()
