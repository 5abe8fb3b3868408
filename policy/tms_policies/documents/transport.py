"""Whether a resource's policy refuses requests without TLS."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tms_policies.documents import principals
from tms_policies.documents.actions import covers
from tms_policies.documents.conditions import only_without_tls
from tms_policies.documents.parse import Document, Statement, parse
from tms_policies.model import Finding, Resource, Unknown
from tms_policies.values import unknowns, unproven


def _reaches(pattern: str, needed: str) -> bool:
    """Return whether a pattern covers an ARN; an empty region or account is as in the pattern."""
    value, parts = pattern.split(":", 5), needed.split(":", 5)
    if len(value) == len(parts):
        parts[:5] = [actual or theirs for actual, theirs in zip(parts[:5], value, strict=False)]
    return covers(pattern, ":".join(parts))


def _resources_covered(statement: Statement, needed: Sequence[str]) -> bool:
    """Return whether the statement's resources match every needed one; one that is not known may be it."""
    value = statement.listed("resource")
    if any(isinstance(pattern, Unknown) for pattern in value):
        return len(value) >= len(needed)
    return all(any(_reaches(pattern, need) for pattern in statement.texts("resource")) for need in needed)


@dataclass(frozen=True)
class PlainAccess:
    """Requests without TLS that a resource's policy must deny.

    Attributes:
        service: Action prefix, such as `s3`.
        noun: What messages call the resource; its policy's type is called `<Noun>Policy`.
        arns: Sample ARNs that the denial must cover.
        enough: Actions whose denial is enough, where a service refuses `<service>:*` in its policies.
    """

    service: str
    noun: str
    arns: Sequence[str]
    enough: tuple[str, ...] = ()


def refuses_plain(document: Document, access: PlainAccess) -> str | None:
    """Return what the document lacks to deny everybody every action without TLS; None if nothing."""
    needed, enough = access.arns, access.enough
    denials = [
        statement for statement in document.statements if not statement.allows and only_without_tls(statement)
    ]
    if not denials:
        return "no Deny statement whose only condition is Bool aws:SecureTransport false"
    denials = [statement for statement in denials if principals.everybody(statement)]
    if not denials:
        return 'the Deny statement is not for Principal "*"'
    every = f"{access.service}:*"
    denials = [
        statement
        for statement in denials
        if any(
            text in ("*", every) or any(covers(text, least) for least in enough)
            for text in statement.texts("action")
        )
    ]
    if not denials:
        return f'the Deny statement is not for the action "{enough[0] if enough else every}"'
    if not any(_resources_covered(statement, needed) for statement in denials):
        return "the Deny statement does not cover " + " and ".join(needed)
    return None


def undecided(documents: Sequence[Document], access: PlainAccess, name: object) -> Unknown | None:
    """Return what is not known and could make one of the documents refuse: text, part of a Deny, the name.

    None of the documents refuses as far as is known. With an unknown name a denial may be there, but whether
    it is for this resource depends on the name.
    """
    anywhere = replace(access, arns=())
    if isinstance(name, Unknown) and any(refuses_plain(document, anywhere) is None for document in documents):
        return name
    for document in documents:
        denials = (
            statement.elements
            for statement in document.statements
            if not statement.allows or statement.unknown("effect")
        )
        hidden = document.unknown or next(
            (result for statement in denials for result in unknowns(statement)), None
        )
        if hidden:
            return hidden
    return None


def must_refuse_plain(
    resource: Resource,
    policies: Iterable[Resource],
    access: PlainAccess,
    name: object,
    remedy: str,
) -> Iterable[Finding]:
    """Check that a resource's own policy, or one attached to it, denies everybody requests without TLS.

    Args:
        resource: The bucket, queue or topic.
        policies: The resources of the stack that attach a policy to it.
        access: What a denial must cover.
        name: The resource's physical name, `Unknown` if preview does not know it.
        remedy: The statement to write instead.
    """
    texts = [resource.props.get("policy"), *(policy.props.get("policy") for policy in policies)]
    documents = [parse(text) for text in texts if text not in (None, "")]
    if not documents:
        yield Finding(
            f"the {access.noun} {resource.name} has no {access.noun.capitalize()}Policy in this stack",
            remedy,
            resource.urn,
        )
        return
    gaps = [refuses_plain(document, access) for document in documents]
    if None in gaps:
        return
    if hidden := undecided(documents, access, name):
        need = f"the policy of {resource.name} must deny what comes without TLS"
        yield unproven(hidden, need, resource.urn)
    else:
        yield Finding(f"the policy of the {access.noun} {resource.name}: {gaps[0]}", remedy, resource.urn)
