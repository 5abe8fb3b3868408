"""A preview, an update or a refresh, as changes by resource."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pulumi.automation import DiagnosticEvent, StepEventMetadata

from toolkit.engine.changes import ACTIONS, Action, ResourceChange, name_of
from toolkit.engine.events import Event, read_events
from toolkit.engine.urn import find_urn
from toolkit.errors import UNABLE, CommandError

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


@dataclass(frozen=True, slots=True)
class Preview:
    """One preview.

    Attributes:
        events: All events, in order.
        changes: One per resource, those that stay the same included.
        diagnostics: What the engine and the program said.
        ended: Whether the engine came to its summary.
        judged: Rules of the pack that were run on anything.
        whole: Whether the pack saw the whole stack, which comes last.
    """

    events: tuple[Event, ...]
    changes: tuple[ResourceChange, ...]
    diagnostics: tuple[DiagnosticEvent, ...]
    ended: bool
    judged: frozenset[str] = field(default=frozenset())
    whole: bool = False

    def doing(self, action: Action) -> tuple[ResourceChange, ...]:
        """Return the changes of one action, without the stack itself and components."""
        return tuple(
            change for change in self.changes if change.action == action and change.type.startswith("aws:")
        )

    @property
    def errors(self) -> tuple[DiagnosticEvent, ...]:
        """What the engine or a provider refused."""
        return tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.severity == "error")

    @property
    def stack(self) -> str:
        """The stack's name, as every URN has it."""
        urn = find_urn(self.changes[0].urn) if self.changes else None
        return urn.stack if urn else "?"


def read_preview(file: Path, pack: str) -> Preview:
    """Return the preview whose events are in a file.

    Args:
        file: Where they are; `-` is not taken, so that the stream itself is kept.
        pack: The name of the policy pack whose results count.

    Raises:
        CommandError: The file cannot be read, or holds no events of the engine.
    """
    try:
        events = read_events(file)
    except OSError as error:
        raise CommandError(
            UNABLE, f"{file}: {error.strerror}", "give the file that the preview's stdout went to"
        ) from error
    if not events:
        raise CommandError(
            UNABLE,
            f"{file}: holds no events of the engine",
            "write it by PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true "
            "./pulumiw preview --json --policy-pack policy > FILE",
        )
    return preview_of(events, pack)


def preview_of(events: tuple[Event, ...], pack: str) -> Preview:
    """Return the preview that events tell of."""
    steps: dict[str, list[StepEventMetadata]] = {}
    for event in events:
        if event.resource_pre_event and event.resource_pre_event.metadata.urn:
            step = event.resource_pre_event.metadata
            steps.setdefault(step.urn, []).append(step)
    summaries = [event.pack_summary for event in events if event.pack_summary]
    summaries = [summary for summary in summaries if summary.pack == pack]
    return Preview(
        events,
        # in the order of names, as the engine's own differs from run to run
        tuple(_change(urn, steps[urn]) for urn in sorted(steps, key=name_of)),
        tuple(event.diagnostic_event for event in events if event.diagnostic_event),
        any(event.summarized for event in events),
        frozenset(rule for summary in summaries for rule in summary.rules),
        any(summary.stack for summary in summaries),
    )


def refreshed(events: Iterable[Event]) -> tuple[ResourceChange, ...]:
    """Return what a refresh found to differ; its events have that once a resource is read, not before."""
    steps = (event.res_outputs_event.metadata for event in events if event.res_outputs_event)
    return tuple(_change(step.urn, [step]) for step in steps if step.op in ("update", "delete"))


def _change(urn: str, steps: list[StepEventMetadata]) -> ResourceChange:
    """Return one change of the steps that the engine has for a resource; a replacement has three."""
    actions: list[Action] = [_ACTION_OF[step.op.value] for step in steps]
    return ResourceChange(
        urn,
        steps[0].type,
        next(action for action in ACTIONS if action in actions),
        tuple(dict.fromkeys(key for step in steps for key in step.keys or ())),
        tuple(dict.fromkeys(path for step in steps for path in step.detailed_diff or ())),
        next((step.old for step in steps if step.old), None),
        next((step.new for step in steps if step.new), None),
    )
