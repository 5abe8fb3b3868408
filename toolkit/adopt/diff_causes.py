"""Why a property differs, what goes with an update, and what to write so that it does not differ."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from toolkit.adopt import provider_facts, table_attributes
from toolkit.adopt.diff import declared, live
from toolkit.adopt.model import Cause, Consequence, Difference
from toolkit.adopt.setting_of_property import Written
from toolkit.adopt.suggested_edits import Edit, mended
from toolkit.engine.property_path import PropertyPath, step_into
from toolkit.engine.urn import Urn
from toolkit.engine.values import defaults

_OF_STATE = ("protect", "parent", "provider")
_NAMES = ("name", "bucket")
_ROOT = re.compile(r"arn:aws[a-z-]*:iam::(\d{12}):root")


def explained(difference: Difference, step: Mapping[str, Any], written: Written) -> Difference:
    """Return a difference with its cause, its effect, the provider's default and the edit that mends it.

    Args:
        difference: The difference.
        step: The engine's step that it is of.
        written: The stack's settings.
    """
    urn = Urn.parse(difference.urn)
    token = urn.type
    if not difference.path:
        lost = difference.consequence in ("deleted", "replaced")
        return replace(
            difference,
            effect=provider_facts.lost(token) if lost else "",
            remedy=_as_a_whole(difference, urn.name),
        )
    cause = _cause(difference, token, step)
    consequence = _consequence(difference, token, cause)
    change = Edit(replace(difference, cause=cause), token, step, filled(step, difference.path))
    fix, remedy = mended(change, written)
    return replace(
        difference,
        cause=cause,
        default=_default(difference, token, step, cause),
        consequence=consequence,
        effect=_effect(difference, token, cause, consequence),
        fix=fix,
        remedy=remedy,
    )


def _as_a_whole(difference: Difference, name: str) -> str:
    if difference.consequence == "deleted":
        return f"declare {name} again, or take it out of the state: pulumi state delete '{difference.urn}'"
    if difference.consequence == "created":
        return f"say in the mapping which live one {name} is, or create with the reason"
    return f"compare {name} with the live one, the engine does not say what differs"


def _cause(difference: Difference, token: str, step: Mapping[str, Any]) -> Cause:
    first = PropertyPath.of(difference.path).root
    unread = provider_facts.unread(token, first) if difference.live is None else None
    same = _same(difference.live, difference.declared) or _same(live(step, first), declared(step, first))
    causes: list[tuple[object, Cause]] = [
        (difference.consequence == "nothing sent to AWS" and first in _OF_STATE, "only in the state"),
        (first == "tags", "tags"),
        (first == "tagsAll", "default tags"),
        (unread and (unread.filled or not difference.declared), "default never read"),
        (unread, "not read back"),
        (first in _NAMES and filled(step, difference.path), "no name declared"),
        (filled(step, difference.path), "provider default"),
        (
            difference.declared is None and provider_facts.default(token, difference.path) is not None,
            "provider default",
        ),
        (provider_facts.moving(token, first), "moves by itself"),
        (same == "order", "order"),
        (same == "form", "form"),
        (_within(declared(step, first), live(step, first)), "not declared"),
    ]
    for holds, cause in causes:
        if holds:
            return cause
    return "declared otherwise"


def _consequence(difference: Difference, token: str, cause: Cause) -> Consequence:
    if cause not in ("not read back", "default never read") or difference.consequence != "updated in place":
        return difference.consequence
    unread = provider_facts.unread(token, PropertyPath.of(difference.path).root)
    return "cannot be read back" if unread and unread.sent else "nothing sent to AWS"


def _default(difference: Difference, token: str, step: Mapping[str, Any], cause: Cause) -> Any:  # noqa: ANN401 - any JSON
    if filled(step, difference.path) and cause != "no name declared":
        return difference.declared
    return provider_facts.default(token, difference.path)


def _effect(difference: Difference, token: str, cause: Cause, consequence: Consequence) -> str:
    """Return what goes with the change beside the property itself."""
    if consequence == "replaced":
        unseen = (
            "no preview shows it, and only a new one has it; "
            if table_attributes.typed(token, difference.path)
            else ""
        )
        return f"{unseen}{provider_facts.lost(token)}"
    if consequence == "nothing sent to AWS":
        return ""
    unread = (
        provider_facts.unread(token, PropertyPath.of(difference.path).root)
        if cause == "not read back"
        else None
    )
    texts = {
        "order": "it means the same in another order",
        "form": "it means the same in another form",
        "default tags": "the provider's defaultTags would be put on it",
    }
    parts = [
        texts.get(cause, ""),
        *(f"an update {does}" for does in (provider_facts.update(token), unread and unread.effect) if does),
    ]
    return "; ".join(part for part in parts if part)


def filled(step: Mapping[str, Any], path: str) -> bool:
    """Check whether the provider put a value there, as `__defaults` of what it stands in tells."""
    inputs: Any = (step.get("newState") or {}).get("inputs") or {}
    for key in PropertyPath.of(path).steps:
        if key in defaults(inputs):
            return True
        inputs = step_into(inputs, key)
    return False


def _same(before: object, after: object) -> str:
    """Check whether two values mean the same, in another `order` or another `form`; empty if they do not."""
    if before is None or after is None:
        return ""
    first, second = _parsed(before), _parsed(after)
    if _text(first) == _text(second) or _text(_sorted(first)) == _text(_sorted(second)):
        return "order" if isinstance(first, (list, dict)) and type(before) is type(after) else "form"
    return "form" if _text(_meant(first)) == _text(_meant(second)) else ""


def _parsed(value: object) -> object:
    """Return what a text of JSON holds, and any other value as it is."""
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _sorted(value: object) -> object:
    if isinstance(value, dict):
        return {key: _sorted(part) for key, part in value.items()}
    return sorted(map(_sorted, value), key=_text) if isinstance(value, list) else value


def _meant(value: object) -> object:
    """Return a value in the one form of those that AWS takes for the same.

    A list of one is its element, a number its digits, an account its root
    (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
    """
    if isinstance(value, dict):
        return {key: _meant(part) for key, part in value.items()}
    if isinstance(value, list):
        return _meant(value[0]) if len(value) == 1 else sorted(map(_meant, value), key=_text)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return _ROOT.sub(r"\1", text)


def _within(declared_value: object, live_value: object) -> bool:
    """Check whether everything that the program says is there, and AWS has more."""
    if declared_value is None or declared_value == live_value:
        return True
    if isinstance(declared_value, dict) and isinstance(live_value, dict):
        return all(_within(part, live_value.get(key)) for key, part in declared_value.items())
    if isinstance(declared_value, list) and isinstance(live_value, list):
        return len(declared_value) == len(live_value) and all(map(_within, declared_value, live_value))
    return False


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=str)
