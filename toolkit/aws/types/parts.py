"""The parts that a type's record is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

LossKind = Literal["data", "id", "access"]


def actions(service: str, names: str) -> tuple[str, ...]:
    """Return IAM actions of a service, by their names in one text."""
    return tuple(f"{service}:{name}" for name in names.split())


@dataclass(frozen=True)
class Loss:
    """What goes with a live resource that is replaced or deleted.

    Attributes:
        kind: How grave it is; data is told first, then ids, then access.
        text: In words.
    """

    kind: LossKind
    text: str


@dataclass(frozen=True)
class SubResource:
    """Another type that sets one property of this one: the provider writes both in turn, so only one may.

    Attributes:
        setting: The property of this type.
        token: The other type.
        by: The property of the other type that names this resource.
        several: Whether a resource may have more than one of them.
        only_if: Values of properties of the other resource, where it may set another setting instead.
    """

    setting: str
    token: str
    by: str
    several: bool = False
    only_if: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class Unread:
    """An argument that the provider's Read never fills.

    Attributes:
        sent: Whether an update sends it to AWS; otherwise it is only written into the state.
        filled: Whether the provider fills it in when the program leaves it out.
        ignored: Whether it is left alone by `ignore_changes` only.
        effect: What an update with it does.
    """

    sent: bool = True
    filled: bool = False
    ignored: bool = False
    effect: str = ""


@dataclass(frozen=True)
class ProviderFacts:
    """What the AWS provider does with a type that no preview tells.

    Attributes:
        sources: Addresses, or files below `internal/service/` of hashicorp/terraform-provider-aws.
        update: What an update in place does beside what it changes.
        defaults: What the provider takes where the program leaves a property out.
        unread: Arguments that its Read never fills.
        moving: Properties that AWS or a person moves while the system runs.
        blocks: Blocks that AWS shows switched off, by the property that switches them on. A
            program must leave them out while they are off: written out they are refused.
    """

    sources: tuple[str, ...]
    update: str = ""
    defaults: Mapping[str, Any] = field(default_factory=dict[str, Any])
    unread: Mapping[str, Unread] = field(default_factory=dict[str, Unread])
    moving: tuple[str, ...] = ()
    blocks: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class Delivery:
    """IAM actions with which the provider creates, updates and deletes a type, beside the record's `reads`.

    Attributes:
        on: Kind of resource whose ARNs the actions take, as `components/delivery/scopes.py` has them.
        source: Where the actions are written down: below `internal/service/` of the provider, or AWS's guide.
        create: To create one.
        update: To update one in place.
        delete: To delete one; none where it is kept.
        documented: Those of them, and of `reads`, that are known from the documents alone: the embedded AWS's
            plugin does not call them.
        kept: Why the roles may never delete it; empty if they may.
    """

    on: str
    source: str
    create: tuple[str, ...]
    update: tuple[str, ...]
    delete: tuple[str, ...] = ()
    documented: tuple[str, ...] = ()
    kept: str = ""


@dataclass(frozen=True)
class ConsolePage:
    """A resource's page of the AWS console.

    Attributes:
        path: What follows the host, with `{name}`, `{quoted}`, `{twice}` (quoted twice, `$` for `%`),
            `{queue_url}`, `{arn}`, `{region}` and `{account}`.
        name: The property that holds the name of the resource, or of what it is a part of.
        arn: Service and resource of the page's ARN, such as `("sns", "{name}")`.
        regional: Whether it is a page about one region.
    """

    path: str
    name: str = "name"
    arn: tuple[str, str] = ("", "")
    regional: bool = True


@dataclass(frozen=True)
class Cost:
    """What moves the bill, from the service's pricing page.

    Attributes:
        charged: By what AWS charges for one; empty if only its settings move another's charge.
        properties: Properties whose change moves what is charged.
    """

    charged: str = ""
    properties: tuple[str, ...] = ()
