"""Who holds rights: roles, users and groups with all their policies, attachments and their boundary.

A managed policy that nobody in the stack has is a holder by itself, and so are the inline policies of a role
that is not in the stack.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from tms_policies.documents.documents_of import documents
from tms_policies.holder import Holder
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


class _Stack:
    """Finds principals and policies of a stack by name or by what a property is computed from."""

    def __init__(self, stack: Stack) -> None:
        self.by_name: dict[tuple[str, str], Resource] = {}
        self.by_urn = {resource.urn: resource for resource in stack.resources}
        for token in (*_PRINCIPALS, _POLICY):
            for resource in stack.of(token):
                for name in own_names(resource):
                    self.by_name.setdefault((token, name), resource)

    def named(self, tokens: Iterable[str], value: object, user: Resource, prop: str) -> list[Resource]:
        """Return the resources of some types that a value names, or that it is computed from."""
        if isinstance(value, str):
            return [self.by_name[key] for token in tokens if (key := (token, tail(value))) in self.by_name]
        result = (self.by_urn.get(urn) for urn in user.dependencies.get(prop, ()))
        return [item for item in result if item is not None and item.type in tokens]


def _token(prop: str) -> str:
    return next(item for item in _PRINCIPALS if prop.lower().startswith(item.rpartition(":")[2].lower()))


class _Gathering:
    """Builds the holders of a stack."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.index = _Stack(stack)
        self.holders: dict[str, Holder] = {}
        self.attached: set[str] = set()

    def principal(self, item: Resource) -> Holder:
        name = item.props.get("name")
        return self.holders.setdefault(
            item.urn, Holder(name if isinstance(name, str) else item.name, item.urn)
        )

    def who(self, link: Resource, props: Iterable[str]) -> Iterator[Holder]:
        """Yield the holders that a link names; one outside the stack goes by its name, or the link's."""
        for prop in props:
            for value in items(link.props.get(prop)):
                result = self.index.named((_token(prop),), value, link, prop)
                if result:
                    yield from (self.principal(item) for item in result)
                else:
                    name = tail(value) if isinstance(value, str) else link.name
                    yield self.holders.setdefault(f"{prop}:{name}", Holder(name, link.urn))

    def give(self, holder: Holder, user: Resource, prop: str) -> None:
        """Return a holder the managed policies that a property names."""
        for value in items(user.props.get(prop)):
            result = self.index.named((_POLICY,), value, user, prop)
            for item in result:
                self.attached.add(item.urn)
                holder.add(item)
            if not result and isinstance(value, str):
                holder.elsewhere.append(value)

    def all(self) -> tuple[Holder, ...]:
        """Return every holder, the stack's own principals first."""
        for resource in self._principals():
            holder = self.principal(resource)
            holder.add(resource)
            self.give(holder, resource, "managedPolicyArns")
            self._bound(holder, resource)
        for token, (props, policy) in _LINKS.items():
            for link in self.stack.of(token):
                for holder in self.who(link, props):
                    if policy is None:
                        holder.add(link)
                    else:
                        self.give(holder, link, policy)
        for resource in self.stack.of(_POLICY):
            if resource.urn not in self.attached and not self._is_boundary(resource):
                self.principal(resource).add(resource)
        return tuple(self.holders.values())

    def _principals(self) -> Iterator[Resource]:
        return (resource for token in _PRINCIPALS for resource in self.stack.of(token))

    def _bound(self, holder: Holder, statement: Resource) -> None:
        value = statement.props.get("permissionsBoundary")
        for policy in self.index.named((_POLICY,), value, statement, "permissionsBoundary"):
            attachment = [document for document in documents(policy) if document.kind == "identity"]
            if all(not isinstance(document.document.unknown, Unknown) for document in attachment):
                holder.boundary = [
                    statement for document in attachment for statement in document.document.statements
                ]

    def _is_boundary(self, policy: Resource) -> bool:
        return any(
            policy
            in self.index.named(
                (_POLICY,), item.props.get("permissionsBoundary"), item, "permissionsBoundary"
            )
            for item in self._principals()
        )


@lru_cache(maxsize=4)
def holders(stack: Stack) -> tuple[Holder, ...]:
    """Return everybody who holds rights in a stack, gathered once for all rules."""
    return _Gathering(stack).all()
