"""The profiles: fresh, whole, and such that the engine and the command line take them."""

from pathlib import Path

import pytest

from tms_policies.catalogue import RULES
from tms_policies.profiles import DEMANDS, FACTS, FOLDER, profiles, written
from toolkit.policy_check.pack_config import disabled

STRICT = profiles()["strict"]


@pytest.mark.generated
def test_the_files_are_those_of_the_catalogue() -> None:
    assert {path: path.read_text() for path in FOLDER.glob("*.json")} == written(), "run: make docs"


@pytest.mark.parametrize("path", written(), ids=lambda path: path.stem)
def test_a_profile_is_a_configuration_that_turns_nothing_off(path: Path) -> None:
    assert disabled(path) == frozenset()


def test_strict_turns_every_demand_on_or_says_why_not() -> None:
    """A new switch that is off, or a new list that is empty, must be taken for a demand or for something else."""
    allowing = {"accounts", "acceptedTargets", "elsewhere", "exempt", "openRoutes", "publicPorts"}
    undecided: list[tuple[str, str]] = []
    for rule in RULES:
        demands = STRICT[rule.id]
        for name, schema in rule.settings.items():
            off = schema["default"] in (False, [])
            if off and not (isinstance(demands, dict) and name in demands) and name not in allowing:
                undecided.append((rule.id, name))
    assert set(undecided) == FACTS


def test_every_demand_is_a_setting_of_its_rule() -> None:
    settings = {rule.id: set(rule.settings) for rule in RULES}
    assert [rule for rule, demands in DEMANDS.items() if not demands.keys() <= settings[rule]] == []
