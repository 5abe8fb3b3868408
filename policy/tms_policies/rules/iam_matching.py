"""Statements whose parts cannot meet: actions and resources, conditions and what a request carries."""

from collections.abc import Hashable, Iterable, Iterator

from tms_policies.documents import matching
from tms_policies.documents.actions import arn_line, expanded, spelled
from tms_policies.documents.condition_keys import OPERATORS, known_key, supplied, written
from tms_policies.documents.documents_of import Carried, documents
from tms_policies.documents.parse import Statement
from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.registry import rule
from tms_policies.rules.iam_documents import place
from tms_policies.values import items, shown


def _mismatches(location: str, statement: Statement) -> Iterator[Finding]:
    """Yield each named action without a resource, then each resource without an action."""
    names, resources = statement.texts("action"), statement.texts("resource")
    if len(names) != len(statement.listed("action")) or len(resources) != len(statement.listed("resource")):
        return  # a part that is not known, which another rule reports, may be the one that fits
    if not names or not resources:
        return  # what is missing is reported with the document
    useless = [item for item in names if not any(matching.applies(item, resource) for resource in resources)]
    for pattern in useless:
        yield Finding(
            f"{location} names {spelled(pattern)}, which can be used on none of its resources: "
            "the action is never allowed",
            arn_line(expanded(pattern)[0]),
        )
    for item in () if useless else resources:
        if not any(matching.applies(pattern, item) for pattern in names):
            yield Finding(
                f"{location} names the resource {shown(item)}, which none of its actions can be used on",
                f"no such resource, or its ARN as the actions take it: {arn_line(expanded(names[0])[0])}",
            )


@rule(
    "iam-policy-action-resource-match",
    severity="medium",
    remedy="Write the ARN in the form that the action takes.",
    why="An action that no resource of its statement fits is never allowed: the grant looks made and the "
    "call fails. A resource that no action fits is left over from a change, or misspelt. "
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html",
)
def action_resource_match(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """Every action of an identity's policy can be used on a resource of its statement, and the reverse."""
    for attachment in documents(resource):
        for statement in attachment.document.statements if attachment.kind == "identity" else ():
            if {"action", "resource"} <= statement.elements.keys():
                yield from _mismatches(place(resource, attachment, statement), statement)


def _conditions(location: str, attachment: Carried, statement: Statement) -> Iterator[Finding]:
    names = [item for pattern in statement.texts("action") for item in matching.narrow(pattern)]
    several = len(names) != len(statement.listed("action"))  # wildcards, or NotAction: any key may be carried
    for operator, key in written(statement):
        if operator not in OPERATORS:
            yield Finding(
                f"{location} has the condition operator {shown(operator)}, which does not exist",
                '"StringEquals", "ArnLike", "Bool" or another operator of IAM',
            )
        if not known_key(key, trust=attachment.kind == "trust"):
            yield Finding(
                f"{location} has the condition key {shown(key)}, which does not exist: no request carries it",
                "a key that the service authorization reference lists for the action",
            )
        elif not several and names and not any(supplied(item, key) for item in names):
            yield Finding(
                f"{location} has the condition key {shown(key)}, which requests for {names[0]} do not carry",
                "a key that the service authorization reference lists for the action",
            )


@rule(
    "iam-policy-condition-keys",
    severity="medium",
    remedy="Write the key as the service authorization reference spells it for the action.",
    why="A condition on a key that no request carries never holds: an Allow grants nothing, and a Deny "
    "forbids nothing, which nobody notices. "
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
)
def condition_keys(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """Every condition has an operator and a key that exist, and requests for the action carry the key."""
    for attachment in documents(resource):
        for statement in attachment.document.statements:
            yield from _conditions(place(resource, attachment, statement), attachment, statement)


def _idle(statement: Statement) -> str | None:
    """Return why a statement can have no effect; None if it can."""
    values = statement.elements.get("condition")
    tests = [
        (str(operator).lower(), str(key).lower(), value)
        for operator, result in (values.items() if isinstance(values, dict) else ())
        if isinstance(result, dict)
        for key, value in result.items()
    ]
    absent = {key for operator, key, value in tests if operator == "null" and str(value).lower() == "true"}
    for operator, key, value in tests:
        if value == [] and not operator.startswith("forallvalues:"):
            return f"its condition on {key} has no value, so it never holds"
        if key in absent and operator != "null" and not operator.endswith("ifexists"):
            return f"its conditions demand {key} both absent and with a value"
    return None


@rule(
    "iam-policy-idle-statement",
    severity="medium",
    remedy="Write the condition that is meant, or take the statement out.",
    why="A statement that never holds seems to grant or to forbid what it does not.",
)
def idle_statement(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """No statement has conditions that can never hold together."""
    for attachment in documents(resource):
        for statement in attachment.document.statements:
            if reason := _idle(statement):
                yield Finding(
                    f"{place(resource, attachment, statement)} has no effect: {reason}",
                    "the condition that is meant, or no such statement",
                )


def _said(value: object, *, folded: bool = False) -> Hashable:
    """Return a value such that equal ones mean the same: order does not count, one is a list of one."""
    if isinstance(value, dict):
        return frozenset((str(key).lower(), _said(item)) for key, item in value.items())
    return frozenset(
        item if isinstance(item, Unknown) else str(item).lower() if folded else str(item)
        for item in items(value)
    )


def _meaning(statement: Statement) -> Hashable:
    """Return what a statement says, without its Sid."""
    return frozenset(
        (name, _said(value, folded=name in ("action", "notaction", "effect")))
        for name, value in statement.elements.items()
        if name != "sid"
    )


@rule(
    "iam-policy-duplicate-statement",
    severity="low",
    remedy="Take the second one out.",
    why="Who takes one of two equal statements out thinks the access is gone. IAM refuses a document "
    "in which a Sid stands twice.",
)
def duplicate_statement(resource: Resource, _settings: Bag) -> Iterable[Finding]:
    """No statement of a policy document stands twice, and no two have one Sid."""
    for attachment in documents(resource):
        meanings: dict[Hashable, str] = {}
        sids: set[str] = set()
        for statement in attachment.document.statements:
            location = place(resource, attachment, statement)
            first = meanings.setdefault(_meaning(statement), statement.label)
            if first != statement.label:
                yield Finding(f"{location} says what {first} says", "the statement once")
            sid = statement.elements.get("sid")
            if isinstance(sid, str) and sid in sids:
                yield Finding(f"{location} has a Sid that another statement has", "a Sid of its own, or none")
            sids |= {sid} if isinstance(sid, str) else set()
