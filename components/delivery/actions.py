"""Which actions of AWS each declared type takes: the one table that the delivery's roles are computed from.

`actions.json` has a row per type: what is done to create, read, update and delete one, and on which family of
`components.delivery.scopes`. A row without `delete` says in `kept` why. `documented` are the actions that the
published provider takes by its source (`internal/service/` and the row's `source`) and that the embedded
AWS's plugin does not call.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("actions.json")
READ = ("read",)
WRITE = ("create", "update", "delete")


@dataclass(frozen=True, slots=True)
class Row:
    """What one type takes.

    Attributes:
        family: The family of `components.delivery.scopes` that its resources are of.
        operations: Actions by operation: `create`, `read`, `update`, `delete`.
        documented: Those of them that are known from the documents alone.
        kept: Why it is never deleted; empty if it may be.
        source: Where the actions are written down.
    """

    family: str
    operations: Mapping[str, tuple[str, ...]]
    documented: frozenset[str]
    kept: str
    source: str

    def actions(self, *operations: str) -> frozenset[str]:
        """Return the actions of some operations; of all without any."""
        chosen = operations or (*READ, *WRITE)
        return frozenset(action for operation in chosen for action in self.operations[operation])


@cache
def table() -> Mapping[str, Row]:
    """Return the row of each type."""
    content = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        token: Row(
            row["on"],
            {operation: tuple(row[operation]) for operation in (*READ, *WRITE)},
            frozenset(row.get("documented", ())),
            row.get("kept", ""),
            row["source"],
        )
        for token, row in content.items()
    }


def actions_of(*operations: str) -> Iterator[tuple[str, str]]:
    """Yield each action that some operations take, behind the family of its type, sorted, once."""
    yield from sorted(
        {(row.family, action) for row in table().values() for action in row.actions(*operations)}
    )
