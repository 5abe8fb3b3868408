"""Attributes of a table, which the provider's diff takes for the same as long as their names are.

Its set of them is hashed by the name alone, so no preview shows that a key is declared with another type than
the live one has (internal/service/dynamodb/table.go of hashicorp/terraform-provider-aws,
https://github.com/pulumi/pulumi-aws/issues/1057). A key's type cannot be changed but with a new table.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.adopt.model import Consequence, Difference
from toolkit.engine.urn import Urn

_TABLE = "aws:dynamodb/table:Table"
_WHERE = "attributes"
_KEYS = ("hashKey", "rangeKey", "globalSecondaryIndexes", "localSecondaryIndexes")


def of_table(step: Mapping[str, Any]) -> bool:
    """Say whether a step is of a table that is there and declared."""
    token = Urn.parse(step["urn"]).type
    return token == _TABLE and bool(step.get("oldState")) and bool(step.get("newState"))


def typed(token: str, path: str) -> bool:
    """Say whether a property is the type of an attribute."""
    return token == _TABLE and _within(path) and path.endswith(".type")


def without(found: Sequence[Difference]) -> list[Difference]:
    """Leave out what the engine says of attributes: they are those of the keys, which are told themselves."""
    keyed = any(one.path.startswith(_KEYS) for one in found)
    return [one for one in found if not _within(one.path) or not (keyed or one.path.endswith(".type"))]


def of_another_type(step: Mapping[str, Any]) -> list[Difference]:
    """Give each attribute that is declared with another type than the live one has."""
    old, new = step["oldState"].get("inputs") or {}, step["newState"].get("inputs") or {}
    live, declared = _types(old), _types(new)
    fixed = _fixed(old) & _fixed(new)
    other: Consequence = "nothing sent to AWS" if step["op"] == "same" else "updated in place"
    return [
        Difference(
            step["urn"],
            f'{_WHERE}["{name}"].type',
            live[name],
            kind,
            "replaced" if name in fixed else other,
            stops=name in fixed,
        )
        for name, kind in declared.items()
        if live.get(name, kind) != kind
    ]


def _within(path: str) -> bool:
    return path == _WHERE or path.startswith((f"{_WHERE}[", f"{_WHERE}."))


def _types(inputs: Mapping[str, Any]) -> dict[str, str]:
    every = inputs.get(_WHERE)
    named = [one for one in every if isinstance(one, dict)] if isinstance(every, list) else []
    return {str(one.get("name")): str(one.get("type")) for one in named}


def _fixed(inputs: Mapping[str, Any]) -> set[str]:
    """Give the attributes that keys of the table or of a local index are: these are made with the table."""
    local = inputs.get("localSecondaryIndexes")
    holders = [inputs, *(one for one in local or () if isinstance(one, dict))] if local else [inputs]
    return {str(one[key]) for one in holders for key in ("hashKey", "rangeKey") if one.get(key)}
