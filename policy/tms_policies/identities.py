"""Who holds rights: roles, users and groups with all their policies, attachments and their boundary.

A managed policy that nobody in the stack has is a holder by itself, and so are the inline policies of a role
that is not in the stack.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from tms_policies.documents.documents_of import Carried, documents
from tms_policies.documents.globs import covers_action, covers_resource, resources_meet
from tms_policies.documents.parse import Statement
from tms_policies.model import Resource, Stack, Unknown
from tms_policies.references import own_names, tail
from tms_policies.values import items

_POLICY = "aws:iam/policy:Policy"
_PRINCIPALS = ("aws:iam/role:Role", "aws:iam/user:User", "aws:iam/group:Group")
# Type -> (property that names who has it, property that names the policy; none if it is the document itself)
_LINKS = {
    "aws:iam/rolePolicy:RolePolicy": (("role",), None),
    "aws:iam/userPolicy:UserPolicy": (("user",), None),
    "aws:iam/groupPolicy:GroupPolicy": (("group",), None),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": (("role",), "policyArn"),
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": (("user",), "policyArn"),
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": (("group",), "policyArn"),
    "aws:iam/policyAttachment:PolicyAttachment": (("roles", "users", "groups"), "policyArn"),
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": (("roleName",), "policyArns"),
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": (("userName",), "policyArns"),
}


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
        """Give it the identity documents of a resource."""
        for carried in documents(source):
            if carried.kind == "identity":
                self.statements += [Held(source, carried, one) for one in carried.document.statements]

    def permits(self, action: str) -> list[Permit]:
        """Give what allows an action, without what is denied or outside the boundary."""
        found: list[Permit] = []
        for held in self.statements:
            if held.statement.allows and names_action(held.statement, action):
                left = tuple(one for one in _resources(held.statement) if self.effective(action, one) is None)
                if left:
                    found.append(Permit(held, left))
        return found

    def effective(self, action: str, resource: str) -> str | None:
        """Say what takes an allowed action on a resource away; None if nothing does."""
        for held in self.statements:
            if not held.statement.allows and _denies(held.statement, action, resource):
                return f"{held.place} denies it"
        if self.boundary is not None:
            if any(not one.allows and _denies(one, action, resource) for one in self.boundary):
                return "the permissions boundary denies it"
            if not any(one.allows and _reaches(one, action, resource) for one in self.boundary):
                return "the permissions boundary does not allow it"
        return None


def names_action(statement: Statement, action: str) -> bool:
    """Say whether a statement is about an action, by Action or by NotAction."""
    if "notaction" in statement.elements:
        return not any(covers_action(one, action) for one in statement.texts("notaction"))
    return any(covers_action(one, action) for one in statement.texts("action"))


def _resources(statement: Statement) -> list[str]:
    """Give the resources of an Allow; NotResource is taken for all."""
    return ["*"] if "notresource" in statement.elements else statement.texts("resource")


def _denies(statement: Statement, action: str, resource: str) -> bool:
    """Say whether a Deny without conditions covers an action on every resource of a pattern."""
    if statement.elements.get("condition"):
        return False
    if "notresource" in statement.elements:
        out = any(resources_meet(one, resource) for one in statement.texts("notresource"))
        return not out and names_action(statement, action)
    covered = any(covers_resource(one, resource) for one in statement.texts("resource"))
    return covered and names_action(statement, action)


def _reaches(statement: Statement, action: str, resource: str) -> bool:
    """Say whether a boundary's Allow leaves an action on something of a pattern; unknowns count as yes."""
    if statement.unknown("action") or statement.unknown("resource"):
        return True
    mine = _resources(statement)
    return names_action(statement, action) and any(resources_meet(one, resource) for one in mine)


class _Stack:
    """Finds principals and policies of a stack by name or by what a property is computed from."""

    def __init__(self, stack: Stack) -> None:
        self.by_name: dict[tuple[str, str], Resource] = {}
        self.by_urn = {one.urn: one for one in stack.resources}
        for token in (*_PRINCIPALS, _POLICY):
            for one in stack.of(token):
                for name in own_names(one):
                    self.by_name.setdefault((token, name), one)

    def named(self, tokens: Iterable[str], value: object, user: Resource, prop: str) -> list[Resource]:
        """Give the resources of some types that a value names, or that it is computed from."""
        if isinstance(value, str):
            return [self.by_name[key] for token in tokens if (key := (token, tail(value))) in self.by_name]
        found = (self.by_urn.get(urn) for urn in user.dependencies.get(prop, ()))
        return [one for one in found if one is not None and one.type in tokens]


def _token(prop: str) -> str:
    return next(one for one in _PRINCIPALS if prop.lower().startswith(one.rpartition(":")[2].lower()))


class _Gathering:
    """Builds the holders of a stack."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.index = _Stack(stack)
        self.holders: dict[str, Holder] = {}
        self.attached: set[str] = set()

    def principal(self, one: Resource) -> Holder:
        name = one.props.get("name")
        return self.holders.setdefault(one.urn, Holder(name if isinstance(name, str) else one.name, one.urn))

    def who(self, link: Resource, props: Iterable[str]) -> Iterator[Holder]:
        """Give the holders that a link names; one outside the stack goes by its name, or the link's."""
        for prop in props:
            for value in items(link.props.get(prop)):
                found = self.index.named((_token(prop),), value, link, prop)
                if found:
                    yield from (self.principal(one) for one in found)
                else:
                    name = tail(value) if isinstance(value, str) else link.name
                    yield self.holders.setdefault(f"{prop}:{name}", Holder(name, link.urn))

    def give(self, holder: Holder, user: Resource, prop: str) -> None:
        """Give a holder the managed policies that a property names."""
        for value in items(user.props.get(prop)):
            found = self.index.named((_POLICY,), value, user, prop)
            for one in found:
                self.attached.add(one.urn)
                holder.add(one)
            if not found and isinstance(value, str):
                holder.elsewhere.append(value)

    def all(self) -> tuple[Holder, ...]:
        """Give every holder, the stack's own principals first."""
        for one in self._principals():
            holder = self.principal(one)
            holder.add(one)
            self.give(holder, one, "managedPolicyArns")
            self._bound(holder, one)
        for token, (props, policy) in _LINKS.items():
            for link in self.stack.of(token):
                for holder in self.who(link, props):
                    if policy is None:
                        holder.add(link)
                    else:
                        self.give(holder, link, policy)
        for one in self.stack.of(_POLICY):
            if one.urn not in self.attached and not self._is_boundary(one):
                self.principal(one).add(one)
        return tuple(self.holders.values())

    def _principals(self) -> Iterator[Resource]:
        return (one for token in _PRINCIPALS for one in self.stack.of(token))

    def _bound(self, holder: Holder, one: Resource) -> None:
        value = one.props.get("permissionsBoundary")
        for policy in self.index.named((_POLICY,), value, one, "permissionsBoundary"):
            carried = [each for each in documents(policy) if each.kind == "identity"]
            if all(not isinstance(each.document.unknown, Unknown) for each in carried):
                holder.boundary = [one for each in carried for one in each.document.statements]

    def _is_boundary(self, policy: Resource) -> bool:
        return any(
            policy
            in self.index.named((_POLICY,), one.props.get("permissionsBoundary"), one, "permissionsBoundary")
            for one in self._principals()
        )


@lru_cache(maxsize=4)
def holders(stack: Stack) -> tuple[Holder, ...]:
    """Give everybody who holds rights in a stack, gathered once for all rules."""
    return _Gathering(stack).all()
