"""The parts of a report, each a text or a count that is ready to be set."""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.adopt.report.wording import Severity


@dataclass(frozen=True)
class Value:
    """A property's value as text.

    Attributes:
        line: On one line.
        lines: The same, over several lines where that reads better.
        given: Whether it is JSON; otherwise these are words for there being none.
    """

    line: str
    lines: str
    given: bool = True


@dataclass(frozen=True)
class ChangeView:
    """One property that differs; all of it is text to show.

    Attributes:
        path: Where it stands; empty when it is the whole resource.
        live: What AWS has.
        declared: What the program says.
        default: What the provider would take.
        cause: Why it differs.
        agreed: Why a person lets the first update make the change; empty when nobody said so.
        fix: What to paste to make it vanish; may have several lines.
        effect: What goes with an update, what is lost first of all; may be empty.
        remedy: What to do, with the name of the setting or argument; may be empty.
    """

    path: str
    live: Value
    declared: Value
    default: Value
    cause: str
    agreed: str
    fix: str
    effect: str
    remedy: str


@dataclass(frozen=True)
class Changed:
    """A resource, and what of it differs with one and the same consequence."""

    name: str
    type: str
    urn: str
    changes: Sequence[ChangeView]


@dataclass(frozen=True)
class Consequence:
    """Differences that an update would treat alike."""

    title: str
    note: str
    severity: Severity
    resources: Sequence[Changed]
    folded: bool

    @property
    def count(self) -> int:
        """How many properties it speaks of."""
        return sum(len(one.changes) for one in self.resources)

    @property
    def agreed(self) -> int:
        """How many of them a person agreed to."""
        return sum(1 for one in self.resources for change in one.changes if change.agreed)


@dataclass(frozen=True)
class FindingView:
    """A declared resource and what is known of its live counterpart.

    Attributes:
        name: Logical name.
        type: Type token.
        urn: Its unique name.
        id: The live one's id; empty while it is not known.
        decision: What is done with it.
        undecided: Whether a person has to say something before that can be done.
        detail: Why.
        candidates: What it may be, as (id, detail).
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
class FoundView:
    """Declared resources of one status."""

    status: str
    note: str
    severity: Severity
    findings: Sequence[FindingView]
    folded: bool


@dataclass(frozen=True)
class Extra:
    """Live resources of one type that nothing declares, as (name, owner)."""

    type: str
    resources: Sequence[tuple[str, str]]
    folded: bool


@dataclass(frozen=True)
class Matrix:
    """How many resources of a type, the rows, have a status, the columns."""

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
    verdict: str
    badge: str
    severity: Severity
    facts: Sequence[tuple[str, str]]
    next: Sequence[tuple[str, bool]]
    percent: int
    figures: Sequence[tuple[str, int]]
    differences: Sequence[Consequence]
    no_differences: str
    matrix: Matrix
    found: Sequence[FoundView]
    unmanaged: Sequence[Extra]
    unlisted: Sequence[tuple[str, str]]
    warnings: Sequence[str]
