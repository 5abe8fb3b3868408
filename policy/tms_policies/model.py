"""What rules see and give: plain resources, findings, and the description of a rule.

Nothing here knows the policy SDK, so a rule is a pure function that a test calls with plain values.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from tms_policies.exemptions.entries import Exemptions

Bag = Mapping[str, Any]
Severity = Literal["low", "medium", "high", "critical"]
Level = Literal["advisory", "mandatory"]


@dataclass(frozen=True)
class Unknown:
    """A value that the engine does not know yet, because it is an output of a resource not yet made.

    Attributes:
        path: Where it stands, such as `tags.Project` or `attributes[0].name`.
    """

    path: str


class Secret(str):
    """A text that the program marked as a secret: judged like any other, and in no message."""

    __slots__ = ()


@dataclass(frozen=True, eq=False)
class Resource:
    """A resource as the program declares it; equal to itself only, so that caches may hold it.

    Attributes:
        type: Type token with the `V2` spellings of S3 folded, such as `aws:s3/bucket:Bucket`.
        name: Logical name.
        urn: The engine's unique name.
        props: Properties in wire names (camelCase): str, int, float, bool, None, list, dict or `Unknown`.
        protect: Whether the program sets `opts.protect`.
        ignore_changes: Property paths of `opts.ignore_changes`.
        delete_before_replace: Whether the program sets `opts.delete_before_replace`.
        default_tags: Tags of the provider's `defaultTags`; `Unknown` if they are not known.
        accounts: The provider's `allowedAccountIds`, which are the stack's own accounts.
        dependencies: Per property, the URNs that its value is computed from (stack rules only).
    """

    type: str
    name: str
    urn: str
    props: Bag
    protect: bool = False
    ignore_changes: tuple[str, ...] = ()
    delete_before_replace: bool = False
    default_tags: Bag | Unknown = field(default_factory=dict[str, Any])
    accounts: tuple[str, ...] = ()
    dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


@dataclass(frozen=True)
class Stack:
    """Every resource of the stack, for rules about how resources relate, and the program's exemptions."""

    resources: tuple[Resource, ...]
    exemptions: Exemptions = field(default_factory=Exemptions, compare=False)

    @cached_property
    def _by_type(self) -> Mapping[str, tuple[Resource, ...]]:
        results: dict[str, list[Resource]] = {}
        for resource in self.resources:
            results.setdefault(resource.type, []).append(resource)
        return {token: tuple(resources) for token, resources in results.items()}

    def of(self, token: str) -> tuple[Resource, ...]:
        """Return the resources of one type."""
        return self._by_type.get(token, ())

    @property
    def root(self) -> str:
        """URN of the stack itself, to which the engine attributes what names no resource."""
        return next((item.urn for item in self.of("pulumi:pulumi:Stack")), "")


@dataclass(frozen=True)
class Finding:
    """One violation.

    Attributes:
        message: What is wrong and where (property path, statement).
        remedy: The line to write instead.
        urn: For a stack rule, the resource that it concerns.
    """

    message: str
    remedy: str
    urn: str = ""


ResourceCheck = Callable[[Resource, Bag], Iterable[Finding]]
StackCheck = Callable[[Stack, Bag], Iterable[Finding]]


@dataclass(frozen=True)
class Rule:
    """A rule, as the catalogue lists it.

    Attributes:
        id: `<service>-<resource>-<what>`.
        severity: How bad a violation is.
        controls: Ids in Security Hub (`FSBP:`), the CIS benchmark (`CIS:`), checkov (`CKV`) and cdk-nag
            (`AwsSolutions-`), as `policy/tms_policies/data/controls.json` has them.
        what: One sentence that states what must hold.
        why: What goes wrong otherwise, in a sentence or two, with the source (AWS page) where there is one.
        remedy: How to satisfy it.
        types: Type tokens that it looks at; empty means every `aws:*` type.
        check: For scope `resource`, called with a resource; for scope `stack`, with the stack.
        reads: Properties that decide the verdict, so that `ignore_changes` must not hide them.
        settings: JSON schema per configuration property, each with its default.
        scope: Whether it judges one resource or the relations between resources.
    """

    id: str
    severity: Severity
    controls: tuple[str, ...]
    what: str
    remedy: str
    types: tuple[str, ...]
    check: ResourceCheck | StackCheck
    reads: tuple[str, ...] = ()
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    scope: Literal["resource", "stack"] = "resource"
    why: str = field(default="", kw_only=True)

    @property
    def level(self) -> Level:
        """Return what a finding does unless configured otherwise: low severity warns, any other stops."""
        return "advisory" if self.severity == "low" else "mandatory"

    @property
    def page(self) -> str:
        """Its page, from the root of the repository."""
        return f"docs/policies/{self.id}.md"

    def concerns(self, token: str) -> bool:
        """Return whether a resource of this type is looked at."""
        return token in self.types if self.types else token.startswith("aws:")

    def configured(self, value: Bag) -> dict[str, Any]:
        """Return the rule's settings: what the user configured, over the defaults."""
        return {name: schema["default"] for name, schema in self.settings.items()} | dict(value)
