"""The parts of a report, each a text or a count that is ready to be rendered."""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.adopt.report.wording import Severity


@dataclass(frozen=True)
class ValueText:
    """A property's value as text.

    Attributes:
        line: On one line.
        lines: The same, over several lines where that reads better.
        is_json: Whether it is JSON; else a phrase that says that there is no value.
    """

    line: str
    lines: str
    is_json: bool = True


@dataclass(frozen=True)
class ChangedProperty:
    """A property that differs, as text.

    Attributes:
        path: Property path; empty for the whole resource.
        live: What AWS has.
        declared: What the program says.
        default: The provider's default.
        cause: Why it differs.
        agreed: Why a person lets the first update make the change; empty if nobody agreed.
        fix: The edit that removes the difference; may have several lines.
        effect: Side effects of an update, data loss first; may be empty.
        remedy: What to do, with the name of the setting or argument; may be empty.
    """

    path: str
    live: ValueText
    declared: ValueText
    default: ValueText
    cause: str
    agreed: str
    fix: str
    effect: str
    remedy: str


@dataclass(frozen=True)
class ChangedResource:
    """A resource, and its differences that have the same consequence."""

    name: str
    type: str
    urn: str
    changes: Sequence[ChangedProperty]


@dataclass(frozen=True)
class ConsequenceGroup:
    """Differences with the same consequence."""

    title: str
    note: str
    severity: Severity
    resources: Sequence[ChangedResource]
    folded: bool

    @property
    def count(self) -> int:
        """The number of properties."""
        return sum(len(resource.changes) for resource in self.resources)

    @property
    def agreed(self) -> int:
        """The number of properties whose change a person agreed to."""
        return sum(1 for resource in self.resources for change in resource.changes if change.agreed)


@dataclass(frozen=True)
class ResourceRow:
    """A declared resource and its live counterpart.

    Attributes:
        name: Logical name.
        type: Type token.
        urn: URN.
        id: Id of the live resource; empty if unknown.
        decision: `import`, `create` or `skip`.
        undecided: Whether a person must decide first.
        detail: The reason for its status.
        candidates: Live resources that it may be, as (id, detail).
    """

    name: str
    type: str
    urn: str
    id: str
    decision: str
    undecided: bool
    detail: str
    candidates: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class StatusGroup:
    """Declared resources of the same status."""

    status: str
    note: str
    severity: Severity
    resources: Sequence[ResourceRow]
    folded: bool


@dataclass(frozen=True)
class UnmanagedGroup:
    """Live resources of the same type that nothing declares, as (name, owner)."""

    type: str
    resources: Sequence[tuple[str, str]]
    folded: bool


@dataclass(frozen=True)
class StatusMatrix:
    """The number of resources by type, the rows, and status, the columns."""

    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int]]]

    @property
    def totals(self) -> Sequence[int]:
        """The sums of the columns."""
        return [sum(column) for column in zip(*(counts for _, counts in self.rows), strict=True)]


@dataclass(frozen=True)
class View:
    """A whole report; `next` has (text, whether it is a command), `facts` and `figures` (label, value)."""

    title: str
    outcome: str
    badge: str
    severity: Severity
    facts: Sequence[tuple[str, str]]
    next: Sequence[tuple[str, bool]]
    percent: int
    figures: Sequence[tuple[str, int]]
    differences: Sequence[ConsequenceGroup]
    no_differences: str
    matrix: StatusMatrix
    statuses: Sequence[StatusGroup]
    unmanaged: Sequence[UnmanagedGroup]
    unlisted: Sequence[tuple[str, str]]
    warnings: Sequence[str]
