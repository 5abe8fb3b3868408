"""What a preview's step would change of what is live, property by property."""

import re
from collections.abc import Mapping
from typing import Any

from adopt import lint
from adopt.model import Difference

_KEYS = re.compile(r'"([^"]*)"|([^.\[\]"]+)')
_KINDS = {"replace": "replaced", "update": "updated in place", "create": "created", "delete": "deleted"}


def differences(step: Mapping[str, Any], wanted: set[str]) -> list[Difference]:
    """Give what a step of the rehearsal's preview would change; a creation that was decided is none."""
    urn, op = step["urn"], step["op"]
    old, new = step.get("oldState") or {}, step.get("newState") or {}
    if op == "same":
        return [
            Difference(urn, key, old.get(key), new.get(key), "nothing sent to AWS")
            for key in ("protect", "parent", "provider")
            if (old.get(key) or None) != (new.get(key) or None)
        ]
    if op == "create" and urn in wanted:
        return []
    kind = next((word for start, word in _KINDS.items() if start in op), "updated in place")
    paths = step.get("detailedDiff") or {} if kind not in ("created", "deleted") else {}
    named = step.get("replaceReasons") or step.get("diffReasons") or []
    stops = (
        kind in ("replaced", "deleted")
        and step.get("type", urn.split("::")[2].rpartition("$")[2]) in lint.STATEFUL
    )
    return [
        Difference(
            urn,
            path,
            _at(old.get("inputs", {}), path),
            _at(new.get("inputs", {}), path),
            "replaced" if "replace" in str(detail.get("kind", "")) else kind,  # pyright: ignore[reportArgumentType]
            stops,
        )
        for path, detail in (paths or {key: {} for key in named or [""]}).items()
    ]


def keys(path: str) -> list[str]:
    """Give the keys and indices of a path as the engine writes it: `rules[0].prefix`, `tags["a.b"]`."""
    return [quoted or plain for quoted, plain in _KEYS.findall(path)]


def _at(inputs: object, path: str) -> object:
    for key in keys(path):
        if isinstance(inputs, dict):
            inputs = inputs.get(key)
        elif isinstance(inputs, list) and key.isdigit():
            inputs = inputs[int(key)] if int(key) < len(inputs) else None
        else:
            return None
    return _plain(inputs)


def _plain(value: object) -> object:
    """Give a value without the provider's notes on what it filled in, which nobody declares."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if key != "__defaults"}
    return [_plain(one) for one in value] if isinstance(value, list) else value
