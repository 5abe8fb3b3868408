"""What must not be merged, whatever the engine's exit code says."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tms_policies.catalogue import RULES
from toolkit.aws.types import find
from toolkit.engine.changes import ResourceChange
from toolkit.engine.errors import joined, one_line
from toolkit.engine.preview import Preview
from toolkit.engine.property_path import PropertyPath
from toolkit.engine.urn import find_urn

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Blocker:
    """One reason not to merge.

    Attributes:
        headline: In a few words, for the comment's title.
        text: What, of which resource, why, and what to do; one paragraph of Markdown.
    """

    headline: str
    text: str


def stops(preview: Preview, *, disabled: frozenset[str], ignoring: tuple[str, ...]) -> tuple[Blocker, ...]:
    """Return every reason not to merge, gravest first; policy violations are not among them.

    Args:
        preview: The preview.
        disabled: Rules that the pack's configuration turns off.
        ignoring: Places that switch protection off, as `file:line` or the name of a variable.
    """
    return (
        *_lost_data(preview),
        *_lost_guards(preview),
        *_ignored_guards(ignoring),
        *_refused(preview),
        *_unjudged(preview, disabled),
    )


def _lost_data(preview: Preview) -> Iterator[Blocker]:
    for change in preview.changes:
        if not find(change.type).holds_data or change.action not in ("replace", "delete"):
            continue
        action = "replaced" if change.action == "replace" else "deleted"
        yield Blocker(
            f"{change.name} would be {action}",
            f"**`{change.name}`** ({change.kind}) holds data and would be **{action}**{_because(change)}. "
            + (
                "Take the change back, or make a second one beside it and move the data over."
                if change.action == "replace"
                else "Put it back into the program. What shall leave Pulumi's hands but stay in AWS is taken "
                "out of the state instead: `pulumi state delete`."
            ),
        )


def _because(change: ResourceChange) -> str:
    causes = [
        f"`{key}` changes from {shown(change.before(root))} to {shown(change.after(root))}"
        for key in change.causes
        for root in (PropertyPath.of(key).root,)
    ]
    return f", because {' and '.join(causes)}" if causes else ""


def shown(value: Any) -> str:  # noqa: ANN401 - a property's value
    """Return a value as code, shortened."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str).replace("`", "'")
    return f"`{text if len(text) <= _SHOWN else text[: _SHOWN - 3] + '...'}`"


def _lost_guards(preview: Preview) -> Iterator[Blocker]:
    for change in preview.changes:
        if change.action in ("delete", "create") or not change.old or not change.new:
            continue
        for option, argument, meaning in _GUARDS:
            if getattr(change.old, argument) and not getattr(change.new, argument):
                yield Blocker(
                    f"{change.name} loses {option}",
                    f"**`{change.name}`** ({change.kind}) loses the option **`{option}`**: {meaning}. "
                    f"Put `{argument}=True` back.",
                )


_GUARDS = (
    ("protect", "protect", "an update may then delete or replace it"),
    ("retainOnDelete", "retain_on_delete", "it is then deleted in AWS when it leaves the program"),
)
"""Options that keep data, as the engine and as Python call them, each with what its loss means."""


def _ignored_guards(positions: tuple[str, ...]) -> Iterator[Blocker]:
    for position in positions:
        yield Blocker(
            "protection is switched off",
            f"`{position}` has `--ignore-protect`, with which an update deletes and replaces what is "
            "protected. Take it out.",
        )


def _refused(preview: Preview) -> Iterator[Blocker]:
    """What the engine or the program itself refused; an error that only says that it failed adds nothing."""
    stated = {change.urn for change in preview.changes if change.action in ("replace", "delete")}
    for diagnostic in preview.errors:
        message = joined([one_line(diagnostic.message)])
        if not message or diagnostic.urn in stated:
            continue
        urn = find_urn(diagnostic.urn or "")
        subject = f"**`{urn.name}`**: " if urn and urn.type != "pulumi:pulumi:Stack" else ""
        yield Blocker("the preview failed", f"{subject}{message}")
    if not preview.ended:
        yield Blocker("the preview did not end", "The engine gave no summary: run the preview again.")


def _unjudged(preview: Preview, disabled: frozenset[str]) -> Iterator[Blocker]:
    if not preview.whole:
        yield Blocker(
            "the policy pack did not see the whole stack",
            "The policy pack did not come to its end, so nothing is proven. Run the preview with "
            "`--policy-pack policy`, and mend what stops the program before its end.",
        )
        return
    silent = sorted(
        rule.id
        for rule in RULES
        if rule.level == "mandatory" and rule.id not in preview.judged and rule.id not in disabled
    )
    if silent:
        ids = ", ".join(f"`{rule_id}`" for rule_id in silent[:5])
        suffix = f" and {len(silent) - 5} more" if len(silent) > 5 else ""  # noqa: PLR2004 - as many as are named
        yield Blocker(
            f"{len(silent)} mandatory rules did not run",
            f"These mandatory rules gave no result, neither good nor bad: {ids}{suffix}. Is the pack's "
            "configuration the one of this repository?",
        )
