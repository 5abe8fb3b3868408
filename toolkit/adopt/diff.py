"""What a preview's step would change of what is live, property by property."""

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.adopt import table_attributes
from toolkit.adopt.model import Consequence, Difference
from toolkit.engine.property_path import PropertyPath, step_into
from toolkit.engine.values import without_defaults

_KINDS: dict[str, Consequence] = {
    "replace": "replaced",
    "update": "updated in place",
    "create": "created",
    "delete": "deleted",
}


def differences(step: Mapping[str, Any], created: set[str]) -> list[Difference]:
    """Return what a step of the rehearsal's preview would change; a creation that was decided is none.

    Attributes of a table are compared here: the engine does not see that a key has another type.
    """
    changes = _told(step, created)
    if not table_attributes.of_table(step):
        return changes
    typed = table_attributes.of_another_type(step)
    untyped = table_attributes.without(changes)
    return [*untyped, *typed] if typed or untyped else changes


def _told(step: Mapping[str, Any], created: set[str]) -> list[Difference]:
    """Return what the engine says that a step would change.

    Of a resource that is replaced only those properties are *replaced* that force it; the others could be
    changed in place.
    """
    urn, op = step["urn"], step["op"]
    old, new = step.get("oldState") or {}, step.get("newState") or {}
    if op == "same":
        return [
            Difference(urn, key, old.get(key), new.get(key), "nothing sent to AWS")
            for key in ("protect", "parent", "provider")
            if (old.get(key) or None) != (new.get(key) or None)
        ]
    if op == "create" and urn in created:
        return []
    kind: Consequence = "updated in place"
    for start, word in _KINDS.items():
        if start in op:
            kind = word
            break
    if kind in ("created", "deleted"):
        return [Difference(urn, "", None, None, kind, stops=kind == "deleted")]
    paths = _paths(step)
    forcing = _forcing(step, paths) if kind == "replaced" else set[str]()
    changes = [
        Difference(
            urn,
            path,
            live(step, path),
            declared(step, path),
            "replaced" if path in forcing else "updated in place",
            stops=path in forcing,
        )
        for path in _without_twins(step, paths)
    ]
    if kind == "replaced" and not forcing:  # the engine does not say why
        changes.insert(0, Difference(urn, "", None, None, "replaced", stops=True))
    return changes or [Difference(urn, "", None, None, kind)]


def _paths(step: Mapping[str, Any]) -> list[str]:
    """Return where a step differs; what only the reasons name comes last."""
    detailed: list[str] = list(step.get("detailedDiff") or ())
    reasons: list[str] = list(step.get("replaceReasons") or ())
    if not detailed:
        reasons += step.get("diffReasons") or ()
    roots = {PropertyPath.of(path).root for path in detailed}
    return [*detailed, *(reason for reason in dict.fromkeys(reasons) if reason not in roots)]


def _forcing(step: Mapping[str, Any], paths: Iterable[str]) -> set[str]:
    """Return the paths that force a replacement: the engine's kinds say so, or else its reasons."""
    detailed: Mapping[str, Any] = step.get("detailedDiff") or {}
    forcing = {path for path, detail in detailed.items() if "replace" in str((detail or {}).get("kind", ""))}
    roots = {PropertyPath.of(path).root for path in forcing}
    named_reasons: list[str] = list(step.get("replaceReasons") or ())
    reasons = set(named_reasons) - roots
    return forcing | {path for path in paths if PropertyPath.of(path).root in reasons}


def _without_twins(step: Mapping[str, Any], paths: Iterable[str]) -> list[str]:
    """Leave out of `tagsAll`, which the provider computes from `tags`, what `tags` shows already."""
    all_paths = list(paths)
    of_tags = [path for path in all_paths if PropertyPath.of(path).root == "tags"]
    tag_keys = {PropertyPath.of(path).leaf for path in of_tags if path != "tags"}
    if "tags" in of_tags:
        tag_keys |= _changed_keys(step, "tags")
    remaining: list[str] = []
    for path in all_paths:
        parsed = PropertyPath.of(path)
        tail = [str(key) for key in parsed.steps[1:2]]
        beyond = tail or sorted(_changed_keys(step, "tagsAll"))
        if parsed.root != "tagsAll":
            remaining.append(path)
        elif not beyond:  # it is not told which
            remaining += [] if of_tags else [path]
        else:
            remaining += [path if tail else f'tagsAll["{key}"]' for key in beyond if key not in tag_keys]
    return remaining


def _changed_keys(step: Mapping[str, Any], name: str) -> set[str]:
    before, after = live(step, name), declared(step, name)
    before, after = before if isinstance(before, dict) else {}, after if isinstance(after, dict) else {}
    return {key for key in {**before, **after} if before.get(key) != after.get(key)}


def live(step: Mapping[str, Any], path: str) -> object:
    """Return what AWS has: the provider's Read leaves values that are its defaults out of the inputs only."""
    old = step.get("oldState") or {}
    inputs, program = _sides(step, old.get("inputs"), path)
    read, _ = _sides(step, old.get("outputs"), path)
    return read if inputs is None and read != program else inputs


def declared(step: Mapping[str, Any], path: str) -> object:
    """Return what the program says, the provider's defaults among it."""
    return _sides(step, (step.get("oldState") or {}).get("inputs"), path)[1]


def _sides(step: Mapping[str, Any], old: Any, path: str) -> tuple[Any, Any]:  # noqa: ANN401 - any JSON
    """Return what stands at a path in an old value, and beside it what is declared there."""
    new: Any = (step.get("newState") or {}).get("inputs")
    kind = str(((step.get("detailedDiff") or {}).get(path) or {}).get("kind", ""))
    keys = PropertyPath.of(path).steps
    for key in keys:
        if isinstance(old, list) or isinstance(new, list):
            before, after = old if isinstance(old, list) else [], new if isinstance(new, list) else []
            if str(key).isdecimal():
                old, new = _elements(before, after, int(str(key)), kind)
            else:
                old, new = _named(before, str(key)), _named(after, str(key))
        else:
            old, new = step_into(old, key), step_into(new, key)
    return (without_defaults(old), without_defaults(new)) if keys else (None, None)


def _elements(old: list[Any], new: list[Any], index: int, kind: str) -> tuple[Any, Any]:
    """Return the elements of two lists that an index means; those that have names are paired by them.

    A set has no order, and AWS gives it in another one than the program. An element that goes is counted
    behind those that are declared, or where it stands in the old list.
    """
    names = [
        [element.get("name") if isinstance(element, dict) else None for element in side]
        for side in (old, new)
    ]
    if None in (*names[0], *names[1]) or any(len(set(side)) < len(side) for side in names):
        return _element(old, index), _element(new, index)
    removed = [element for element, name in zip(old, names[0], strict=True) if name not in names[1]]
    candidate = _element(old, index)
    if index >= len(new) or (kind.startswith("delete") and candidate in removed):
        return (candidate if candidate in removed else _element(removed, index - len(new))), None
    same = [element for element, name in zip(old, names[0], strict=True) if name == names[1][index]]
    return (same[0] if same else candidate if candidate in removed else None), new[index]


def _named(elements: list[Any], name: str) -> Any:  # noqa: ANN401 - any JSON
    return next(
        (element for element in elements if isinstance(element, dict) and element.get("name") == name), None
    )


def _element(elements: list[Any], index: int) -> Any:  # noqa: ANN401 - any JSON
    return elements[index] if 0 <= index < len(elements) else None
