"""What an example is made of: resources as the engine would send them, and what the rule says of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pulumi_policy.proxy import UNKNOWN_STRING_VALUE

UNKNOWN = UNKNOWN_STRING_VALUE
"""Stands for a value that the engine does not know yet."""


@dataclass(frozen=True)
class Declared:
    """A resource as the engine would send it.

    Attributes:
        type: Type token, for AWS's without `aws:`, such as `dynamodb/table:Table`.
        props: Properties in wire names.
        name: Logical name; names are unique within a case.
        protect: `opts.protect`.
        ignore: `opts.ignore_changes`.
        delete_first: `opts.delete_before_replace`.
        provider: Properties of its provider, such as `{"defaultTags": {"tags": {...}}}`.
        uses: Per property, the names of the resources that its value is computed from.
    """

    type: str
    props: Mapping[str, Any] = field(default_factory=dict[str, Any])
    name: str = "it"
    protect: bool = False
    ignore: Sequence[str] = ()
    delete_first: bool = False
    provider: Mapping[str, Any] | None = None
    uses: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])

    @property
    def token(self) -> str:
        """Its type token in full."""
        return self.type if ":" in self.type.partition("/")[0] else f"aws:{self.type}"

    @property
    def urn(self) -> str:
        """Its unique name."""
        return f"urn:pulumi:test::test::{self.type}::{self.name}"


@dataclass(frozen=True)
class Case:
    """Some resources, and what the rule says of them.

    Attributes:
        resources: All that the stack holds.
        says: Words of one of the rule's messages; None if it says nothing.
        settings: The rule's configuration.
        exemptions: The text of the program's exemptions file.
    """

    resources: tuple[Declared, ...]
    says: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict[str, Any])
    exemptions: str = ""


@dataclass(frozen=True)
class Example:
    """A rule shown at work.

    A case that cannot arise is given as the reason, a sentence.

    Attributes:
        rule: The rule's id.
        good: What it accepts.
        bad: What it refuses.
        missing: The property, or the resource, that it asks for is not there.
        unknown: What it reads is not known yet.
        config: Other settings turn its verdict on these resources; empty if it has none.
    """

    rule: str
    good: Case
    bad: Case
    missing: Case | str
    unknown: Case | str
    config: Case | str = ""


def case(*resources: Declared, says: str | None = None, exemptions: str = "", **settings: object) -> Case:
    """Return a case; keywords beside `says` and `exemptions` are the rule's settings."""
    return Case(resources, says, settings, exemptions)
