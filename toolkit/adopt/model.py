"""What adoption speaks of: declared resources, what was found of them, and how a step ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["found", "absent", "unknown", "ambiguous", "open", "managed elsewhere"]

Consequence = Literal[
    "nothing sent to AWS", "updated in place", "replaced", "created", "deleted", "cannot be read back"
]
Cause = Literal[
    "declared otherwise",
    "not declared",
    "no name declared",
    "provider default",
    "default never read",
    "not read back",
    "tags",
    "default tags",
    "order",
    "form",
    "moves by itself",
    "only in the state",
]

# Exit codes, as docs/adoption.md lists them
UNRESOLVED = 4
DESTRUCTIVE = 5
DIFFERENCES = 7
INTERRUPTED = 8
MOVED = 9
PARTIAL = 10


@dataclass(frozen=True)
class Target:
    """A resource that the program declares and the stack's state does not have yet.

    Attributes:
        urn: Its unique name.
        type: Type token.
        name: Logical name.
        inputs: Declared properties in wire names; what is not known yet holds the engine's sentinel.
        uses: Per property, the URNs that its value is computed from.
        component: Whether it is a component, which has no id.
        protect: Whether the program protects it.
        retained: Whether a deletion in the program leaves the live one alone.
        entry: Its entry in the engine's import file, without an id.
    """

    urn: str
    type: str
    name: str
    inputs: Mapping[str, Any]
    uses: Mapping[str, tuple[str, ...]]
    component: bool
    protect: bool
    retained: bool
    entry: Mapping[str, Any]


@dataclass(frozen=True)
class Candidate:
    """A live resource that may be the one that is declared.

    Attributes:
        id: Its import id.
        detail: What a person knows it by.
    """

    id: str
    detail: str


@dataclass
class Found:
    """What is known of a target's live counterpart.

    Attributes:
        target: What is declared.
        id: Its import id; none while it is open.
        status: What discovery said.
        detail: Why, in words: the action that was refused, who manages it, what to look for.
        decision: What `mapping.yaml` says to do with it: import it, create it, or leave it out.
        candidates: Which live ones it may be, where that could not be told.
        named_by: The setting or argument that declares its name, if a candidate is nearly called so.
        agreed: Why the first update may change a property of it in place, by the property's path.
    """

    target: Target
    id: str | None = None
    status: Status = "open"
    detail: str = ""
    decision: Literal["import", "create", "skip"] = "import"
    candidates: list[Candidate] = field(default_factory=list[Candidate])
    named_by: str = ""
    agreed: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class Difference:
    """One property that is declared otherwise than it is.

    Attributes:
        urn: Whose property it is.
        path: Where it stands.
        live: What AWS has.
        declared: What the program says.
        consequence: What `up` would do about it.
        stops: Whether it must not happen: what is replaced or deleted is gone.
        cause: Why it differs.
        default: What the provider puts there when the program says nothing.
        agreed: Why a person lets the first update make this change; empty if nobody has.
        fix: What to write where so that it does not differ, ready to paste.
        effect: What goes with it: what is lost, or what an update does besides; empty if nothing.
        remedy: What to do, in half a sentence that names the setting or argument.
    """

    urn: str
    path: str
    live: Any
    declared: Any
    consequence: Consequence
    stops: bool = False
    cause: Cause = "declared otherwise"
    default: Any = None
    agreed: str = ""
    fix: str = ""
    effect: str = ""
    remedy: str = ""


@dataclass
class Plan:
    """What a whole stack's adoption looks like.

    Attributes:
        found: Per target, in the program's order.
        unmanaged: Live resources of the account that the program does not declare, as (type, name).
        ids: Their import ids by the same, where the id is more than the name.
        owners: Who manages them, in words, as far as that is known.
        hidden: The same of what AWS made by itself.
        adopted: URNs of what the state has already, with their ids.
        unlisted: Types that could not be listed, each with the reason; nothing of them is taken for absent.
        differences: Filled by the rehearsal.
        rehearsed: Whether it was; until then no difference means nothing.
    """

    found: list[Found] = field(default_factory=list[Found])
    unmanaged: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    ids: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    owners: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    hidden: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    adopted: dict[str, str] = field(default_factory=dict[str, str])
    unlisted: dict[str, str] = field(default_factory=dict[str, str])
    differences: list[Difference] = field(default_factory=list[Difference])
    rehearsed: bool = False
