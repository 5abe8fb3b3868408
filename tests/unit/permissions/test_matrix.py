"""The permission matrix is what the roles' documents are made of, cell by cell."""

import json

import pytest

from components import matrix
from components.grants import GRANTS
from components.naming import Naming
from components.settings import read
from components.statements import permissions
from tests.support.stackfile import ACCOUNT, ROOT
from tests.support.tally import Counts, lines

SETTINGS = read("local", ROOT)


@pytest.mark.parametrize("agent", GRANTS)
def test_a_document_has_a_statement_for_each_cell_and_no_other(agent: str) -> None:
    cells = matrix.of(agent, SETTINGS, Naming("us-east-1", ACCOUNT))
    statements = json.loads(permissions(agent, SETTINGS, Naming("us-east-1", ACCOUNT)))["Statement"]
    assert [(one.sid, sorted(one.actions), sorted(one.resources)) for one in cells] == [
        (one["Sid"], one["Action"], one["Resource"]) for one in statements
    ]
    assert [dict(one.conditions) for one in cells] == [one.get("Condition", {}) for one in statements]


def test_every_cell_says_why_and_is_the_only_one_of_its_name() -> None:
    cells = matrix.matrix(SETTINGS)
    assert {one.agent for one in cells} == set(GRANTS)
    assert all(len(one.reason) > 5 for one in cells)
    assert len({(one.agent, one.sid) for one in cells}) == len(cells)


def test_the_counts_are_summed_for_each_judge() -> None:
    counts = Counts({("moto", "b", "denied"): 2, ("moto", "a", "allowed"): 1, ("moto", "a", "denied"): 4})
    assert list(lines(counts)) == [
        "moto: 1 allowed, 6 denied",
        "  a: 1 allowed, 4 denied",
        "  b: 0 allowed, 2 denied",
    ]
