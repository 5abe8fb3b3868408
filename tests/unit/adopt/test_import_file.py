"""Planned states and import entries are paired by type, logical name and parent."""

from typing import Any

import pytest

from toolkit.adopt.import_file import targets
from toolkit.errors import UNABLE, CommandError

QUEUE = "aws:sqs/queue:Queue"


def state(name: str, parent: str = "") -> dict[str, Any]:
    return {"urn": f"urn:pulumi:s::p::{QUEUE}::{name}", "type": QUEUE, "inputs": {}, "parent": parent}


@pytest.mark.parametrize("name", ["orders", "orders::eu", "a$b", "a [b] ", "::"])
def test_a_logical_name_may_hold_what_delimits_a_urn(name: str) -> None:
    entry = {"type": QUEUE, "name": name, "id": "<PLACEHOLDER>"}
    (target,) = targets([state(name)], [entry], {})
    assert target.name == name
    assert target.entry == {"type": QUEUE, "name": name}


def test_a_resource_without_an_entry_is_refused() -> None:
    entry = {"type": QUEUE, "name": "eu", "id": "<PLACEHOLDER>"}
    with pytest.raises(CommandError, match="orders::eu is not in the engine's import file") as refused:
        targets([state("orders::eu")], [entry], {})
    assert refused.value.exit_code == UNABLE
