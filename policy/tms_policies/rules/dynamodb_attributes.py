"""Rules about a table's attributes: keys are declared, nothing else is, and time to live is no key.

What AWS demands of attributes: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.registry import rule
from tms_policies.rules.dynamodb import TABLE
from tms_policies.values import blocks, is_true, look, shown, unknowns, unproven

_INDEXES = ("globalSecondaryIndexes", "localSecondaryIndexes")
_READ = ("hashKey", "rangeKey", "attributes", *_INDEXES)


def _of_index(index: Bag, path: str) -> Iterator[tuple[str, Any]]:
    """Yield an index's keys: by its own properties, or by the newer list of key schemas."""
    for name in ("hashKey", "rangeKey"):
        yield f"{path}.{name}", index.get(name)
    for kind in ("hashKeys", "rangeKeys"):
        for value in index.get(kind) or ():
            yield f"{path}.{kind}", value
    for offset, schema in enumerate(blocks(index.get("keySchemas"))):
        yield f"{path}.keySchemas[{offset}].attributeName", schema.get("attributeName")


def keys(table: Resource) -> dict[str, str]:
    """Return each key attribute's name with the first property path that uses it."""
    results = [(name, table.props.get(name)) for name in ("hashKey", "rangeKey")]
    for kind in _INDEXES:
        for offset, index in enumerate(blocks(table.props.get(kind))):
            results.extend(_of_index(index, f"{kind}[{offset}]"))
    names: dict[str, str] = {}
    for path, value in results:
        if isinstance(value, str) and value:
            names.setdefault(value, path)
    return names


@rule(
    "dynamodb-table-key-attributes",
    severity="medium",
    types=(TABLE,),
    reads=_READ,
    remedy="Declare exactly the key attributes in attributes.",
    why="Preview knows nothing of this, but CreateTable answers with a ValidationException: the "
    "run stops halfway, and what depends on the table is not made. "
    "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html",
)
def key_attributes(table: Resource, _settings: Bag) -> Iterable[Finding]:
    """Every key of a table and its indexes is declared once as an attribute, and nothing else is."""
    hidden = next((unknown for name in _READ for unknown in unknowns(table.props.get(name))), None)
    if hidden:
        yield unproven(hidden, f"every key attribute of {table.name} must be declared")
        return
    used = keys(table)
    value = [unknown.get("name") for unknown in blocks(table.props.get("attributes"))]
    names = [unknown if isinstance(unknown, str) else str(unknown) for unknown in value]
    for name, path in used.items():
        if name not in names:
            yield Finding(
                f"{path} of {table.name} is {shown(name)}, which attributes does not declare",
                f'attributes=[..., {{"name": {shown(name)}, "type": "S"}}]',
            )
    for name, count in Counter(names).items():
        if name not in used:
            yield Finding(
                f"attributes of {table.name} declares {shown(name)}, which is no key of table or index",
                "attributes=[...] with key attributes only: DynamoDB refuses any other",
            )
        if count > 1:
            yield Finding(
                f"attributes of {table.name} declares {shown(name)} {count} times",
                f'{{"name": {shown(name)}, "type": ...}} once',
            )


@rule(
    "dynamodb-table-ttl-attribute",
    severity="high",
    types=(TABLE,),
    reads=("ttl",),
    remedy="Name the attribute in which writers store the expiry.",
    why="Items that lack the attribute, or hold anything but a number of seconds in it, never "
    "expire, and no error says so. A key's value cannot be changed, so an expiry in a key "
    "could never be put off. "
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html",
)
def ttl_attribute(table: Resource, _settings: Bag) -> Iterable[Finding]:
    """The attribute by which items expire is named and is no key."""
    enabled, name = look(table.props, "ttl", "enabled"), look(table.props, "ttl", "attributeName")
    if isinstance(enabled, Unknown):
        yield unproven(enabled, f"whether items of {table.name} expire must be known")
    elif isinstance(name, Unknown):
        yield unproven(name, f"the attribute by which items of {table.name} expire must be known")
    elif name in keys(table) if isinstance(name, str) else False:
        yield Finding(
            f"ttl.attributeName of {table.name} is {shown(name)}, which is a key",
            'ttl={"enabled": True, "attribute_name": "<the attribute in which writers store the expiry>"}',
        )
    elif is_true(enabled) and not name:
        yield Finding(
            f"ttl.attributeName of {table.name} is missing while ttl.enabled is true",
            'ttl={"enabled": True, "attribute_name": "<the attribute in which writers store the expiry>"}',
        )
