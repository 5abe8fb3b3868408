"""The policy documents of a resource: in the places that carry one, and by their form anywhere else."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from tms_policies.documents.document_properties import CARRIERS, OTHER_LANGUAGES, Kind
from tms_policies.documents.parse import Document, loaded, parse
from tms_policies.model import Resource, Unknown
from tms_policies.values import blocks


class Carried(NamedTuple):
    """A document of a resource: the property path that holds it, its kind and what it says."""

    path: str
    kind: Kind
    document: Document


def _looks_like_one(value: object) -> bool:
    """Return whether a value in an unlisted place is a policy document."""
    if isinstance(value, str):
        if '"statement"' not in value.lower():
            return False
        try:
            value = loaded(value)
        except ValueError:
            return True
    return isinstance(value, dict) and any(str(key).lower() == "statement" for key in value)


def _kind(document: Document) -> Kind:
    """Return whose policy a document is: a resource's names principals, an identity's does not."""
    names = any(
        {"principal", "notprincipal"} & statement.elements.keys() for statement in document.statements
    )
    return "resource" if names else "identity"


def _found(value: Any, path: str) -> Iterator[Carried]:  # noqa: ANN401 - a property bag holds anything
    """Yield the documents inside a value, by their form."""
    if _looks_like_one(value):
        document = parse(value)
        yield Carried(path, _kind(document), document)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _found(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _found(item, f"{path}[{index}]")


def _inline(value: object) -> Iterator[Carried]:
    """Yield the documents in a role's inline policy blocks."""
    if isinstance(value, Unknown):
        yield Carried(value.path, "identity", Document(unknown=value))
    for index, block in enumerate(blocks(value)):
        if block.get("policy") is not None:
            yield Carried(f"inlinePolicies[{index}].policy", "identity", parse(block["policy"]))


def _read(resource: Resource) -> Iterator[Carried]:
    listed = CARRIERS.get(resource.type, {})
    for name, value in resource.props.items():
        if name == "inlinePolicies" and name in listed:
            yield from _inline(value)
        elif name in listed:
            if value not in (None, ""):
                yield Carried(name, listed[name], parse(value))
        elif resource.type not in OTHER_LANGUAGES:
            yield from _found(value, name)


@lru_cache(maxsize=16)
def documents(resource: Resource) -> tuple[Carried, ...]:
    """Return every policy document that a resource carries, read once per resource."""
    return tuple(_read(resource))
