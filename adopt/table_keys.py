"""Keys of DynamoDB tables: what they are called and of which type, both of which are for ever."""

from collections.abc import Iterator, Mapping
from typing import Any

TABLE = "aws:dynamodb/table:Table"
_KEYS = ("hashKey", "rangeKey")


def retyped(step: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Give the path of the type of each key that is declared of another type than it has, and both types.

    A table's own keys and those of its local indexes are what they were made as
    (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html). No preview says so:
    the provider knows attributes by name alone (https://github.com/pulumi/pulumi-aws/issues/1057).
    """
    if step["urn"].split("::")[2].rpartition("$")[2] != TABLE:
        return
    old, new = _inputs(step, "oldState"), _inputs(step, "newState")
    local = [one.get("rangeKey") for one in new.get("localSecondaryIndexes") or ()]
    every = {*(new.get(key) for key in _KEYS), *local}
    live, declared = _types(old), _types(new)
    for index, (name, kind) in enumerate(declared.items()):
        if name in every and live.get(name, kind) != kind:
            yield f"attributes[{index}].type", live[name], kind


def _types(inputs: Mapping[str, Any]) -> dict[str, str]:
    return {
        str(one["name"]): str(one.get("type"))
        for one in inputs.get("attributes") or ()
        if isinstance(one, Mapping) and "name" in one
    }


def followed(step: Mapping[str, Any], element: object) -> str:
    """Give the key that an attribute comes or goes with, if it is not the declared one; empty if none."""
    name = element.get("name") if isinstance(element, Mapping) else None
    old, new = _inputs(step, "oldState"), _inputs(step, "newState")
    changed = [key for key in _KEYS if old.get(key) != new.get(key)]
    return next((key for key in changed if name and name in (old.get(key), new.get(key))), "")


def _inputs(step: Mapping[str, Any], state: str) -> Mapping[str, Any]:
    return (step.get(state) or {}).get("inputs") or {}
