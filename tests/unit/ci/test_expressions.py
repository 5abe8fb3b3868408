"""The runner's expressions, against what GitHub documents."""

from typing import Any

import pytest

from tests.support.actions.expressions import Unknown, filled, holds

CONTEXTS: dict[str, Any] = {
    "github": {"ref": "refs/heads/main", "event": {"number": 7}},
    "needs": {},
    "vars": {},
}
WELL = {"success": True, "failure": False, "cancelled": False, "always": True}
ILL = {**WELL, "success": False, "failure": True}


@pytest.mark.parametrize(
    ("condition", "well", "ill"),
    [
        (None, True, False),
        ("github.ref == 'refs/heads/main'", True, False),
        ("github.ref != 'refs/heads/main'", False, False),
        ("${{ !cancelled() }}", True, True),
        ("${{ !cancelled() && github.ref == 'x' || failure() }}", False, True),
        ("always() && (github.event.number == '7' || vars.none == '')", True, True),
    ],
)
def test_a_condition_holds_as_github_says(condition: str | None, well: bool, ill: bool) -> None:
    assert (holds(condition, CONTEXTS, WELL), holds(condition, CONTEXTS, ILL)) == (well, ill)


def test_a_text_is_filled_in() -> None:
    assert filled("pr-${{ github.event.number }}-${{ vars.none }}.", CONTEXTS) == "pr-7-."


@pytest.mark.parametrize(
    "text", ["hashFiles('x')", "secrets.token", "github.ref > 'a'", "github['ref']", "(a"]
)
def test_what_is_not_modelled_is_refused(text: str) -> None:
    with pytest.raises(Unknown):
        holds(text, CONTEXTS, WELL)
