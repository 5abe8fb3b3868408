"""Settings that grant: what an agent may do in one stack beside what components/grants.py gives it in all."""

import re
from typing import Annotated

from pydantic import Field

from components.grants import KINDS, Kind, Need
from components.settings.fields import LogicalName, Strict, matching

Reason = Annotated[
    str,
    matching(r"\S[^|\r\n]{8,198}\S", "one line of 10 to 200 characters, without '|'", re.UNICODE),
]


class Grant(Strict, frozen=True):
    """Actions on one target, whose kind is the key that names it: prefix, table, queue or agent."""

    prefix: LogicalName | None = Field(default=None, description="logical name of a prefix")
    table: LogicalName | None = Field(default=None, description="logical name of a table")
    queue: LogicalName | None = Field(default=None, description="logical name of a queue")
    agent: LogicalName | None = Field(default=None, description="logical name of an agent")
    actions: Annotated[list[str], Field(min_length=1)] = Field(
        description="exact IAM actions of the thing's service; never a wildcard"
    )
    reason: Reason = Field(description="why, for the reader of the permission matrix")

    def targets(self) -> dict[Kind, str]:
        """Return the logical names that are written, by kind; a right grant has one."""
        names: dict[Kind, str | None] = {kind: getattr(self, kind) for kind in KINDS}
        return {kind: name for kind, name in names.items() if name is not None}

    def need(self) -> Need:
        """Return it as the needs of components/grants.py are."""
        ((kind, target),) = self.targets().items()
        return Need(kind, target, tuple(self.actions), self.reason)
