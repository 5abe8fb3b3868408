"""docs/guidelines.md: each statement of the guidelines has a row, each row a home, and each home is there."""

import re
from collections.abc import Iterator

import pytest
import yaml

from components.settings.agentcore import Declaration
from tests.support import guidelines
from tests.support.stackfile import ROOT
from tms_policies.catalogue import RULES

COLUMNS = ("requirement", "setting", "component", "rule", "shown by")
CONFIG = yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["config"]
RULE_IDS = {rule.id for rule in RULES}


def rows() -> Iterator[tuple[str, ...]]:
    """Give the cells of each row, headings left out."""
    for line in (ROOT / "docs/guidelines.md").read_text().splitlines():
        if line.startswith("|") and not line.startswith(("|---", "| requirement")):
            yield tuple(cell.strip() for cell in line.strip("|").split("|"))


ROWS = list(rows())
BY_REQUIREMENT = pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:60])


def named(cell: str) -> list[str]:
    """Give what a cell names; one that names nothing gives its reason."""
    names = re.findall(r"`([^`]+)`", cell)
    assert names or re.fullmatch(r"none: .{8,}", cell), f"names nothing and gives no reason: {cell!r}"
    return names


@BY_REQUIREMENT
def test_a_requirement_has_a_cell_of_each_kind(row: tuple[str, ...]) -> None:
    assert len(row) == len(COLUMNS)
    assert all(row)


@BY_REQUIREMENT
def test_a_setting_is_one_that_users_find_described(row: tuple[str, ...]) -> None:
    for setting in named(row[1]):
        if setting.startswith("agentcore.yaml: "):
            assert setting.partition(": ")[2] in Declaration.model_fields
        elif not setting.startswith("aws:"):
            key, *inside = setting.split(".")
            assert key in CONFIG, setting
            assert all(re.search(rf"\b{part}\b", CONFIG[key]["description"]) for part in inside), setting


@BY_REQUIREMENT
def test_a_component_and_a_rule_are_there(row: tuple[str, ...]) -> None:
    for path in named(row[2]):
        assert (ROOT / path).exists(), path
    assert set(named(row[3])) <= RULE_IDS


@BY_REQUIREMENT
def test_a_test_is_there(row: tuple[str, ...]) -> None:
    tests = named(row[4])
    assert tests, "a requirement without a test"
    for test in tests:
        file, _, function = test.partition("::")
        assert f"\ndef {function}(" in (ROOT / file).read_text(), test


def test_each_statement_of_the_guidelines_is_accounted_for_in_their_order() -> None:
    whole = [statement for statement, part, _ in guidelines.rows() if not part]
    parts = [statement for statement, part, _ in guidelines.rows() if part]
    assert list(dict.fromkeys(statement for statement, _, _ in guidelines.rows())) == list(
        guidelines.statements()
    )
    assert len(whole) == len(set(whole))
    assert not set(whole) & set(parts)


def test_each_statement_has_exactly_one_row_and_no_row_is_without_a_statement() -> None:
    requirements = [row[0] for row in ROWS]
    listed = [row for _, _, row in guidelines.rows()]
    assert len(requirements) == len(set(requirements))
    assert [requirement for requirement in listed if requirement not in requirements] == []
    assert [requirement for requirement in requirements if requirement not in listed] == []
