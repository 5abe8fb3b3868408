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


def explained(one: Difference, step: Mapping[str, Any], written: Written) -> Difference:
    """Give a difference with its cause, its effect, the provider's default and the edit that mends it.

    Args:
        one: The difference.
        step: The engine's step that it is of.
        written: The stack's settings.
    """
    urn = Urn.parse(one.urn)
    token = urn.type
    if not one.path:
        gone = one.consequence in ("deleted", "replaced")
        return replace(
            one, effect=provider_facts.lost(token) if gone else "", remedy=_as_a_whole(one, urn.name)
        )
    cause = _cause(one, token, step)
    consequence = _consequence(one, token, cause)
    change = Edit(replace(one, cause=cause), token, step, filled(step, one.path))
    fix, remedy = mended(change, written)
    return replace(
        one,
        cause=cause,
        default=_default(one, token, step, cause),
        consequence=consequence,
        effect=_effect(one, token, cause, consequence),
        fix=fix,
        remedy=remedy,
    )


def _as_a_whole(one: Difference, name: str) -> str:
    if one.consequence == "deleted":
        return f"declare {name} again, or take it out of the state: pulumi state delete '{one.urn}'"
    if one.consequence == "created":
        return f"say in the mapping which live one {name} is, or create with the reason"
    return f"compare {name} with the live one, the engine does not say what differs"


def _cause(one: Difference, token: str, step: Mapping[str, Any]) -> Cause:
    first = PropertyPath.of(one.path).root
    unread = provider_facts.unread(token, first) if one.live is None else None
    same = _same(one.live, one.declared) or _same(live(step, first), declared(step, first))
    causes: list[tuple[object, Cause]] = [
        (one.consequence == "nothing sent to AWS" and first in _OF_STATE, "only in the state"),
        (first == "tags", "tags"),
        (first == "tagsAll", "default tags"),
        (unread and (unread.filled or not one.declared), "default never read"),
        (unread, "not read back"),
        (first in _NAMES and filled(step, one.path), "no name declared"),
        (filled(step, one.path), "provider default"),
        (one.declared is None and provider_facts.default(token, one.path) is not None, "provider default"),
        (provider_facts.moving(token, first), "moves by itself"),
        (same == "order", "order"),
        (same == "form", "form"),
        (_within(declared(step, first), live(step, first)), "not declared"),
    ]
    for holds, cause in causes:
        if holds:
            return cause
    return "declared otherwise"


def _consequence(one: Difference, token: str, cause: Cause) -> Consequence:
    if cause not in ("not read back", "default never read") or one.consequence != "updated in place":
        return one.consequence
    unread = provider_facts.unread(token, PropertyPath.of(one.path).root)
    return "cannot be read back" if unread and unread.sent else "nothing sent to AWS"


def _default(one: Difference, token: str, step: Mapping[str, Any], cause: Cause) -> Any:  # noqa: ANN401 - any JSON
    if filled(step, one.path) and cause != "no name declared":
        return one.declared
    return provider_facts.default(token, one.path)


def _effect(one: Difference, token: str, cause: Cause, consequence: Consequence) -> str:
    """Say what goes with the change beside the property itself."""
    if consequence == "replaced":
        unseen = (
            "no preview shows it, and only a new one has it; "
            if table_attributes.typed(token, one.path)
            else ""
        )
        return f"{unseen}{provider_facts.lost(token)}"
    if consequence == "nothing sent to AWS":
        return ""
    unread = (
        provider_facts.unread(token, PropertyPath.of(one.path).root) if cause == "not read back" else None
    )
    said = {
        "order": "it means the same in another order",
        "form": "it means the same in another form",
        "default tags": "the provider's defaultTags would be put on it",
    }
    parts = [
        said.get(cause, ""),
        *(f"an update {does}" for does in (provider_facts.update(token), unread and unread.effect) if does),
    ]
    return "; ".join(part for part in parts if part)


def filled(step: Mapping[str, Any], path: str) -> bool:
    """Say whether the provider put a value there, as `__defaults` of what it stands in tells."""
    inputs: Any = (step.get("newState") or {}).get("inputs") or {}
    for key in PropertyPath.of(path).steps:
        if key in defaults(inputs):
            return True
        inputs = step_into(inputs, key)
    return False


def _same(before: object, after: object) -> str:
    """Say whether two values mean the same, in another `order` or another `form`; empty if they do not."""
    if before is None or after is None:
        return ""
    one, other = _parsed(before), _parsed(after)
    if _text(one) == _text(other) or _text(_sorted(one)) == _text(_sorted(other)):
        return "order" if isinstance(one, (list, dict)) and type(before) is type(after) else "form"
    return "form" if _text(_meant(one)) == _text(_meant(other)) else ""


def _parsed(value: object) -> object:
    """Give what a text of JSON holds, and any other value as it is."""
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _sorted(value: object) -> object:
    if isinstance(value, dict):
        return {key: _sorted(one) for key, one in value.items()}
    return sorted(map(_sorted, value), key=_text) if isinstance(value, list) else value


def _meant(value: object) -> object:
    """Give a value in the one form of those that AWS takes for the same.

    A list of one is its element, a number its digits, an account its root
    (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
    """
    if isinstance(value, dict):
        return {key: _meant(one) for key, one in value.items()}
    if isinstance(value, list):
        return _meant(value[0]) if len(value) == 1 else sorted(map(_meant, value), key=_text)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return _ROOT.sub(r"\1", text)


def _within(said: object, there: object) -> bool:
    """Say whether everything that the program says is there, and AWS has more."""
    if said is None or said == there:
        return True
    if isinstance(said, dict) and isinstance(there, dict):
        return all(_within(one, there.get(key)) for key, one in said.items())
    if isinstance(said, list) and isinstance(there, list):
        return len(said) == len(there) and all(map(_within, said, there))
    return False


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=str)
