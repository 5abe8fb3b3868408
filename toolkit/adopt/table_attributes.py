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
    """Return whether a step is of a table that is there and declared."""
    token = Urn.parse(step["urn"]).type
    return token == _TABLE and bool(step.get("oldState")) and bool(step.get("newState"))


def typed(token: str, path: str) -> bool:
    """Return whether a property is the type of an attribute."""
    return token == _TABLE and _within(path) and path.endswith(".type")


def without(differences: Sequence[Difference]) -> list[Difference]:
    """Leave out what the engine says of attributes: they are those of the keys, which are told themselves."""
    keyed = any(difference.path.startswith(_KEYS) for difference in differences)
    return [
        difference
        for difference in differences
        if not _within(difference.path) or not (keyed or difference.path.endswith(".type"))
    ]


def of_another_type(step: Mapping[str, Any]) -> list[Difference]:
    """Return each attribute that is declared with another type than the live one has."""
    old, new = step["oldState"].get("inputs") or {}, step["newState"].get("inputs") or {}
    live, declared = _types(old), _types(new)
    fixed = _fixed(old) & _fixed(new)
    consequence: Consequence = "nothing sent to AWS" if step["op"] == "same" else "updated in place"
    return [
        Difference(
            step["urn"],
            f'{_WHERE}["{name}"].type',
            live[name],
            declared_type,
            "replaced" if name in fixed else consequence,
            stops=name in fixed,
        )
        for name, declared_type in declared.items()
        if live.get(name, declared_type) != declared_type
    ]


def _within(path: str) -> bool:
    return path == _WHERE or path.startswith((f"{_WHERE}[", f"{_WHERE}."))


def _types(inputs: Mapping[str, Any]) -> dict[str, str]:
    attributes = inputs.get(_WHERE)
    blocks = (
        [attribute for attribute in attributes if isinstance(attribute, dict)]
        if isinstance(attributes, list)
        else []
    )
    return {str(attribute.get("name")): str(attribute.get("type")) for attribute in blocks}


def _fixed(inputs: Mapping[str, Any]) -> set[str]:
    """Return the attributes that keys of the table or of a local index are: these are made with the table."""
    local = inputs.get("localSecondaryIndexes")
    holders = [inputs, *(index for index in local or () if isinstance(index, dict))] if local else [inputs]
    return {str(index[key]) for index in holders for key in ("hashKey", "rangeKey") if index.get(key)}
