"""What a run of the engine would change: a resource, and each property of it."""

from dataclasses import dataclass
from typing import Any, Literal

from pulumi.automation import StepEventStateMetadata

from toolkit.engine.property_path import PropertyPath
from toolkit.engine.urn import find_urn
from toolkit.engine.values import CONCEALED, concealed

Action = Literal["replace", "delete", "create", "import", "update", "same"]
ACTIONS: tuple[Action, ...] = ("replace", "delete", "create", "import", "update", "same")
"""From the gravest down."""


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """One property that differs.

    Attributes:
        path: Its path, as `pointInTimeRecovery.enabled`.
        old: The former input; None where there was none.
        new: The new input; None where there is none.
    """

    path: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class ResourceChange:
    """What a preview would do to one resource.

    Attributes:
        urn: The engine's unique name.
        type: Its type token.
        action: What would be done, as a whole.
        causes: Properties that force a replacement.
        paths: Paths of all properties that differ.
        old: The state before; None for a new resource.
        new: The state after; None for one that goes.
    """

    urn: str
    type: str
    action: Action
    causes: tuple[str, ...]
    paths: tuple[str, ...]
    old: StepEventStateMetadata | None
    new: StepEventStateMetadata | None

    @property
    def name(self) -> str:
        """The resource's logical name."""
        return name_of(self.urn)

    @property
    def kind(self) -> str:
        """The type as people call it, such as `dynamodb Table`."""
        return kind_of(self.type)

    @property
    def property_changes(self) -> tuple[PropertyChange, ...]:
        """What differs in the inputs, each path once; tags stand once, not again under `tagsAll`."""
        changes: list[PropertyChange] = []
        for text in self.paths:
            path = PropertyPath.of(text)
            change = PropertyChange(text, _input(self.old, path), _input(self.new, path))
            if path.root != "tagsAll" and (change.old != change.new or change.new == CONCEALED):
                changes.append(change)
        return tuple(changes)

    def before(self, name: str) -> Any:  # noqa: ANN401 - a property's value
        """Return the former input at a top-level property."""
        return _input(self.old, PropertyPath((name,)))

    def after(self, name: str) -> Any:  # noqa: ANN401 - a property's value
        """Return the new input at a top-level property."""
        return _input(self.new, PropertyPath((name,)))


def kind_of(token: str) -> str:
    """Return a type as people call it, such as `dynamodb Table`."""
    module, _, last = token.removeprefix("aws:").partition("/")
    return f"{module} {last.rpartition(':')[2]}" if last else token.rpartition(":")[2]


def name_of(urn: str) -> str:
    """Return the logical name of a URN; a text that is not one is its own name."""
    parsed = find_urn(urn)
    return parsed.name if parsed else urn


def _input(state: StepEventStateMetadata | None, path: PropertyPath) -> Any:  # noqa: ANN401 - any JSON
    """Return the input at a path, with CONCEALED for a secret and for all that is in one."""
    value = concealed(state.inputs or {}) if state else {}
    for step in path.steps:
        if value == CONCEALED:
            return CONCEALED
        value = PropertyPath((step,)).get(value)
    return value
