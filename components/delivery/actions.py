"""Which actions of AWS each declared type takes: the one table that the delivery's roles are computed from.

`actions.json` has a row per type: what is done to create, read, update and delete one, and on which place of
`components.delivery.places`. A row without `delete` says in `kept` why. `documented` are the actions that the
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
        on: The place of `components.delivery.places` that its resources are at.
        deeds: Actions by what is done: `create`, `read`, `update`, `delete`.
        documented: Those of them that are known from the documents alone.
        kept: Why it is never deleted; empty if it may be.
        source: Where the actions are written down.
    """

    on: str
    deeds: Mapping[str, tuple[str, ...]]
    documented: frozenset[str]
    kept: str
    source: str

    def actions(self, *deeds: str) -> frozenset[str]:
        """Give the actions of some deeds; of all without any."""
        return frozenset(one for deed in deeds or (*READ, *WRITE) for one in self.deeds[deed])


@cache
def table() -> Mapping[str, Row]:
    """Give the row of each type."""
    content = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        token: Row(
            row["on"],
            {deed: tuple(row[deed]) for deed in (*READ, *WRITE)},
            frozenset(row.get("documented", ())),
            row.get("kept", ""),
            row["source"],
        )
        for token, row in content.items()
    }


def taken(*deeds: str) -> Iterator[tuple[str, str]]:
    """Give each action that some deeds take with the place of its type, sorted, once."""
    yield from sorted({(row.on, one) for row in table().values() for one in row.actions(*deeds)})
