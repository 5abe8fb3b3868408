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
    """Say whether a pattern covers an ARN; an empty region or account is as in the pattern."""
    given, parts = pattern.split(":", 5), needed.split(":", 5)
    if len(given) == len(parts):
        parts[:5] = [mine or theirs for mine, theirs in zip(parts[:5], given, strict=False)]
    return covers(pattern, ":".join(parts))


def _resources_covered(statement: Statement, needed: Sequence[str]) -> bool:
    """Say whether the statement's resources match every needed one; one that is not known may be it."""
    given = statement.listed("resource")
    if any(isinstance(one, Unknown) for one in given):
        return len(given) >= len(needed)
    return all(any(_reaches(one, need) for one in statement.texts("resource")) for need in needed)


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
    denials = [one for one in document.statements if not one.allows and only_without_tls(one)]
    if not denials:
        return "no Deny statement whose only condition is Bool aws:SecureTransport false"
    denials = [one for one in denials if principals.everybody(one)]
    if not denials:
        return 'the Deny statement is not for Principal "*"'
    every = f"{access.service}:*"
    denials = [
        one
        for one in denials
        if any(
            text in ("*", every) or any(covers(text, least) for least in enough)
            for text in one.texts("action")
        )
    ]
    if not denials:
        return f'the Deny statement is not for the action "{enough[0] if enough else every}"'
    if not any(_resources_covered(one, needed) for one in denials):
        return "the Deny statement does not cover " + " and ".join(needed)
    return None


def undecided(documents: Sequence[Document], access: PlainAccess, name: object) -> Unknown | None:
    """Return what is not known and could make one of the documents refuse: text, part of a Deny, the name.

    None of the documents refuses as far as is known. With an unknown name a denial may be there, but whether
    it is for this resource depends on the name.
    """
    anywhere = replace(access, arns=())
    if isinstance(name, Unknown) and any(refuses_plain(one, anywhere) is None for one in documents):
        return name
    for one in documents:
        denials = (each.elements for each in one.statements if not each.allows or each.unknown("effect"))
        hidden = one.unknown or next((found for each in denials for found in unknowns(each)), None)
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
