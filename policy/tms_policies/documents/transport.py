"""Whether a resource's policy refuses requests without TLS."""

from collections.abc import Sequence

from tms_policies.documents import principals
from tms_policies.documents.actions import covers
from tms_policies.documents.conditions import only_without_tls
from tms_policies.documents.parse import Document, Statement
from tms_policies.model import Unknown
from tms_policies.values import unknowns


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


def refuses_plain(
    document: Document, service: str, needed: Sequence[str], enough: tuple[str, ...] = ()
) -> str | None:
    """Say what is missing for the document to deny everybody every action without TLS; None if nothing is.

    Args:
        document: The resource's policy.
        service: Action prefix, such as `s3`.
        needed: Sample ARNs that the denial must cover.
        enough: Actions whose denial is enough, where a service refuses `<service>:*` in its policies.
    """
    denials = [one for one in document.statements if not one.allows and only_without_tls(one)]
    if not denials:
        return "no Deny statement whose only condition is Bool aws:SecureTransport false"
    denials = [one for one in denials if principals.everybody(one)]
    if not denials:
        return 'the Deny statement is not for Principal "*"'
    every = f"{service}:*"
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


def undecided(
    documents: Sequence[Document], service: str, name: object, enough: tuple[str, ...] = ()
) -> Unknown | None:
    """Give what is not known and could make one of the documents refuse: text, part of a Deny, the name.

    Args:
        documents: The resource's policies, none of which refuses as far as is known.
        service: As for `refuses_plain`.
        name: The resource's name; a denial may be there, but whether it is for this resource depends on it.
        enough: As for `refuses_plain`.
    """
    if isinstance(name, Unknown) and any(
        refuses_plain(one, service, (), enough) is None for one in documents
    ):
        return name
    for one in documents:
        denials = (each.elements for each in one.statements if not each.allows or each.unknown("effect"))
        hidden = one.unknown or next((found for each in denials for found in unknowns(each)), None)
        if hidden:
            return hidden
    return None
