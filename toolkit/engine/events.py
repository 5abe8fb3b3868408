"""The engine's JSON event stream of a preview, as changes by resource.

The stream is what `pulumi preview --json` prints under PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true: one object
per line, with one key that ends in `Event` (github.com/pulumi/pulumi, sdk/go/common/apitype/events.go).
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

from toolkit.errors import UNABLE, CommandError
from toolkit.policy_check.report import PACK

Action = Literal["replace", "delete", "create", "import", "update", "same"]
ACTIONS: tuple[Action, ...] = ("replace", "delete", "create", "import", "update", "same")
"""From the gravest down."""
_ACTION_OF: Mapping[str, Action] = {
    "replace": "replace",
    "create-replacement": "replace",
    "delete-replaced": "replace",
    "discard-replaced": "replace",
    "import-replacement": "replace",
    "read-replacement": "replace",
    "delete": "delete",
    "discard": "delete",
    "remove-pending-replace": "delete",
    "create": "create",
    "import": "import",
    "update": "update",
    "same": "same",
    "read": "same",
    "refresh": "same",
}
STACK = "pulumi:pulumi:Stack"
CONCEALED = "[secret]"
"""What stands for a secret here, the former and the new one alike: the engine tells neither."""
# How the engine marks one (pulumi, sdk/go/common/resource/sig)
_MARK = ("4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270")


@dataclass(frozen=True, slots=True)
class Difference:
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
class Change:
    """What the preview would do to one resource.

    Attributes:
        urn: The engine's unique name.
        type: Its type token.
        action: What would be done, as a whole.
        causes: Properties that force a replacement.
        paths: Paths of all properties that differ.
        old: The state before; empty for a new resource.
        new: The state after; empty for one that goes.
    """

    urn: str
    type: str
    action: Action
    causes: tuple[str, ...]
    paths: tuple[str, ...]
    old: Mapping[str, Any]
    new: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The resource's own name."""
        return self.urn.split("::", 3)[-1]

    @property
    def kind(self) -> str:
        """The type as people call it, such as `dynamodb Table`."""
        module, _, last = self.type.removeprefix("aws:").partition("/")
        return f"{module} {last.rpartition(':')[2]}" if last else self.type.rpartition(":")[2]

    @property
    def differences(self) -> tuple["Difference", ...]:
        """What differs in the inputs, each path once; tags stand once, not again under `tagsAll`."""
        old, new = self.old.get("inputs") or {}, self.new.get("inputs") or {}
        found: list[Difference] = []
        for path in self.paths:
            steps = _steps(path)
            one = Difference(path, _at(old, steps), _at(new, steps))
            if steps[0] != "tagsAll" and (one.old != one.new or one.new == CONCEALED):
                found.append(one)
        return tuple(found)

    def before(self, path: str) -> Any:  # noqa: ANN401 - a property's value
        """Give the former input at a top-level property."""
        return _plain((self.old.get("inputs") or {}).get(path))

    def after(self, path: str) -> Any:  # noqa: ANN401 - a property's value
        """Give the new input at a top-level property."""
        return _plain((self.new.get("inputs") or {}).get(path))


@dataclass(frozen=True, slots=True)
class Preview:
    """One preview.

    Attributes:
        events: All events, in order.
        changes: One per resource, those that stay the same included.
        errors: What the engine or the program complained of: (URN or empty, text).
        ended: Whether the engine came to its summary.
        judged: Rules of the pack that were run on anything.
        whole: Whether the pack saw the whole stack, which comes last.
    """

    events: tuple[Mapping[str, Any], ...]
    changes: tuple[Change, ...]
    errors: tuple[tuple[str, str], ...]
    ended: bool
    judged: frozenset[str] = field(default=frozenset())
    whole: bool = False

    def doing(self, action: Action) -> tuple[Change, ...]:
        """Give the changes of one action, without the stack itself and components."""
        return tuple(one for one in self.changes if one.action == action and one.type.startswith("aws:"))

    @property
    def stack(self) -> str:
        """The stack's name, as every URN has it."""
        first = self.changes[0].urn if self.changes else "urn:pulumi:?::"
        return first.removeprefix("urn:pulumi:").partition("::")[0]


def read(file: Path) -> Preview:
    """Read a stream.

    Args:
        file: Where it was written; `-` is not taken, so that the stream itself is kept.

    Raises:
        CommandError: The file cannot be read, or holds no events of a preview.
    """
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError as error:
        raise CommandError(
            UNABLE, f"{file}: {error.strerror}", "give the file that the preview's stdout went to"
        ) from error
    events = tuple(_objects(lines))
    if not any(key.endswith("Event") for one in events for key in one):
        raise CommandError(
            UNABLE,
            f"{file}: holds no events of the engine",
            "write it by PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true "
            "./pulumiw preview --json --policy-pack policy > FILE",
        )
    return preview_of(events)


def _steps(path: str) -> list[str | int]:
    """Take a path apart: `tags.a`, `rules[0].id`, `tags["a.b"]`."""
    found = re.findall(r'\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.\[\]]+)', path)
    return [int(index) if index else quoted or plain for quoted, index, plain in found]


def _at(value: Any, steps: list[str | int]) -> Any:  # noqa: ANN401 - a property's value
    """Give what is at a place of a value, without the provider's own notes; None if there is nothing."""
    for step in steps:
        if _plain(value) == CONCEALED:
            return CONCEALED
        if isinstance(value, list):
            value = value[step] if isinstance(step, int) and step < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return _plain(value)


def _plain(value: Any) -> Any:  # noqa: ANN401 - as above
    if isinstance(value, dict):
        if value.get(_MARK[0]) == _MARK[1]:
            return CONCEALED
        return {key: _plain(one) for key, one in value.items() if key != "__defaults"}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _objects(lines: Iterable[str]) -> Iterable[Mapping[str, Any]]:
    for line in lines:
        try:
            found = json.loads(line)
        except ValueError:
            continue  # what a wrapper or a plugin printed between the events
        if isinstance(found, dict):
            yield cast("dict[str, Any]", found)


def preview_of(events: tuple[Mapping[str, Any], ...]) -> Preview:
    """Make a preview of its events.

    Args:
        events: Objects with one key that ends in `Event`.
    """
    steps: dict[str, list[Mapping[str, Any]]] = {}
    for event in events:
        step = event.get("resourcePreEvent", {}).get("metadata")
        if step:
            steps.setdefault(step["urn"], []).append(step)
    said = [one["diagnosticEvent"] for one in events if "diagnosticEvent" in one]
    summaries = [one for event in events for key, one in event.items() if key in _SUMMARIES]
    ours = [one for one in summaries if one.get("policyPackName") == PACK]
    return Preview(
        events,
        # in the order of names, as the engine's own differs from run to run
        tuple(_change(urn, steps[urn]) for urn in sorted(steps, key=lambda one: one.split("::", 3)[-1])),
        tuple(
            (str(one.get("urn", "")), str(one["message"]).strip())
            for one in said
            if one["severity"] == "error"
        ),
        any("summaryEvent" in one for one in events),
        frozenset(rule for one in ours for key in _OUTCOMES for rule in one.get(key) or ()),
        any(e.get("policyAnalyzeStackSummaryEvent", {}).get("policyPackName") == PACK for e in events),
    )


_SUMMARIES = ("policyAnalyzeSummaryEvent", "policyAnalyzeStackSummaryEvent")
_OUTCOMES = ("passed", "failed", "disabled", "notApplicable")


def _change(urn: str, steps: list[Mapping[str, Any]]) -> Change:
    """Make one change of the steps that the engine has for a resource; a replacement has three."""
    actions: list[Action] = [_ACTION_OF.get(step["op"], "update") for step in steps]
    old: Mapping[str, Any] = next((step["old"] for step in steps if step.get("old")), {})
    new: Mapping[str, Any] = next((step["new"] for step in steps if step.get("new")), {})
    return Change(
        urn,
        steps[0]["type"],
        next(one for one in ACTIONS if one in actions),
        tuple(dict.fromkeys(key for step in steps for key in step.get("keys") or ())),
        tuple(dict.fromkeys(path for step in steps for path in step.get("detailedDiff") or ())),
        old,
        new,
    )
