"""A holder of permissions: its statements with what denies them and what its boundary leaves of them."""

from dataclasses import dataclass, field

from tms_policies.documents.documents_of import Carried, documents
from tms_policies.documents.globs import covers_action, covers_resource, resources_meet
from tms_policies.documents.parse import Statement
from tms_policies.model import Resource


@dataclass(frozen=True)
class Held:
    """A statement that a holder has, with the resource and the document it stands in."""

    source: Resource
    carried: Carried
    statement: Statement

    @property
    def place(self) -> str:
        """Name it for a message."""
        return f"{self.carried.path} of {self.source.name}, {self.statement.label}"


@dataclass(frozen=True)
class Permit:
    """An action that is allowed: by which statement, on which resources of it after what is denied."""

    held: Held
    resources: tuple[str, ...]


@dataclass(eq=False)
class Holder:
    """Who has the rights of some documents.

    Attributes:
        name: The principal's physical name if it is known, else its logical one.
        urn: What a finding is reported on.
        statements: Of all its policies.
        boundary: Statements of its permissions boundary; None without one, or if its policy is not known.
        elsewhere: Policies that it has and that the stack does not declare, as far as their names are known.
    """

    name: str
    urn: str
    statements: list[Held] = field(default_factory=list[Held])
    boundary: list[Statement] | None = None
    elsewhere: list[str] = field(default_factory=list[str])

    def add(self, source: Resource) -> None:
        """Return it the identity documents of a resource."""
        for attachment in documents(source):
            if attachment.kind == "identity":
                self.statements += [
                    Held(source, attachment, statement) for statement in attachment.document.statements
                ]

    def permits(self, action: str) -> list[Permit]:
        """Return what allows an action, without what is denied or outside the boundary."""
        results: list[Permit] = []
        for held in self.statements:
            if held.statement.allows and names_action(held.statement, action):
                left = tuple(
                    item for item in _resources(held.statement) if self.effective(action, item) is None
                )
                if left:
                    results.append(Permit(held, left))
        return results

    def effective(self, action: str, resource: str) -> str | None:
        """Return what takes an allowed action on a resource away; None if nothing does."""
        for held in self.statements:
            if not held.statement.allows and _denies(held.statement, action, resource):
                return f"{held.place} denies it"
        if self.boundary is not None:
            if any(not item.allows and _denies(item, action, resource) for item in self.boundary):
                return "the permissions boundary denies it"
            if not any(item.allows and _reaches(item, action, resource) for item in self.boundary):
                return "the permissions boundary does not allow it"
        return None


def names_action(statement: Statement, action: str) -> bool:
    """Return whether a statement is about an action, by Action or by NotAction."""
    if "notaction" in statement.elements:
        return not any(covers_action(item, action) for item in statement.texts("notaction"))
    return any(covers_action(item, action) for item in statement.texts("action"))


def _resources(statement: Statement) -> list[str]:
    """Return the resources of an Allow; NotResource is taken for all."""
    return ["*"] if "notresource" in statement.elements else statement.texts("resource")


def _denies(statement: Statement, action: str, resource: str) -> bool:
    """Return whether a Deny without conditions covers an action on every resource of a pattern."""
    if statement.elements.get("condition"):
        return False
    if "notresource" in statement.elements:
        out = any(resources_meet(pattern, resource) for pattern in statement.texts("notresource"))
        return not out and names_action(statement, action)
    covered = any(covers_resource(pattern, resource) for pattern in statement.texts("resource"))
    return covered and names_action(statement, action)


def _reaches(statement: Statement, action: str, resource: str) -> bool:
    """Return whether a boundary's Allow leaves an action on something of a pattern; unknowns count as yes."""
    if statement.unknown("action") or statement.unknown("resource"):
        return True
    actual = _resources(statement)
    return names_action(statement, action) and any(resources_meet(item, resource) for item in actual)
