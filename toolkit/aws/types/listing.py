"""How live resources of a type are listed, and which of them is the counterpart of a declaration."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import jmespath

Row = Mapping[str, Any]
"""A live resource: `id` (import id), `name`, `aws` (true if AWS made it), and what `match` names.

An alias has `key`, the id of the key that it points at: a key has no sign of its own that AWS made it.
"""
Rows = Callable[[Mapping[str, Any]], Iterable[Row]]


def rows(expression: str) -> Rows:
    """Return a reader of rows by a JMESPath expression, as in the AWS CLI's --query."""
    compiled = jmespath.compile(expression)

    def read(page: Mapping[str, Any]) -> Iterable[Row]:
        return compiled.search(page) or ()

    return read


@dataclass(frozen=True)
class Listing:
    """One operation that lists resources of one type.

    Attributes:
        service: boto3's name of the service.
        operation: The operation, in boto3's spelling; it is paged wherever botocore knows how.
        action: The IAM action that it takes.
        rows: Reads rows off a page.
        match: Declared properties that tell one resource from another; a row has a field for each. AWS's
            documentation of the type has whether it is unique, so two rows with the same are ambiguous.
        outputs: Those of `match` that programs compute from another output than the id of what they name;
            while such a value is not known, `tell` decides between the rows that the rest leaves.
        tell: Properties in which people write what a resource is for, such as a description.
        within: For what is listed inside another resource: argument of the operation by declared property; a
            filter of EC2 is written `Filters/group-id`.
        parent: The type that it is listed inside, so that a survey asks of each live resource of that type.
        given: Which field of the parent's row a property in `within` is, if not its id.
        typeless: Whether the provider has no such type, so that nothing of it can be adopted.
        arguments: Fixed arguments of the operation.
        id: The import id as the provider's import section of the type has it, from a row's fields and the
            properties in `within`.
        unsaid: A beginning that the provider leaves out of import ids.
        type: Type token, filled in from the record that the listing is a part of.
    """

    service: str
    operation: str
    action: str
    rows: Rows
    match: tuple[str, ...] = ("name",)
    outputs: tuple[str, ...] = ()
    tell: tuple[str, ...] = ()
    within: Mapping[str, str] = field(default_factory=dict[str, str])
    parent: str = ""
    given: Mapping[str, str] = field(default_factory=dict[str, str])
    typeless: bool = False
    arguments: Mapping[str, Any] = field(default_factory=dict[str, Any])
    id: str = "{id}"
    unsaid: str = ""
    type: str = ""

    def identity(self, row_id: object, account: str, within: Mapping[str, str]) -> str:
        """Return the import id of a live resource by its own id and what it is within."""
        return self.id.format(**within, account=account, id=row_id).removeprefix(self.unsaid)
