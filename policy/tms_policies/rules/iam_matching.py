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


def _mismatches(where: str, statement: Statement) -> Iterator[Finding]:
    """Give each named action without a resource, then each resource without an action."""
    named, resources = statement.texts("action"), statement.texts("resource")
    if len(named) != len(statement.listed("action")) or len(resources) != len(statement.listed("resource")):
        return  # a part that is not known, which another rule reports, may be the one that fits
    if not named or not resources:
        return  # what is missing is reported with the document
    useless = [one for one in named if not any(matching.applies(one, resource) for resource in resources)]
    for pattern in useless:
        yield Finding(
            f"{where} names {spelled(pattern)}, which can be used on none of its resources: "
            "the action is never allowed",
            arn_line(expanded(pattern)[0]),
        )
    for one in () if useless else resources:
        if not any(matching.applies(pattern, one) for pattern in named):
            yield Finding(
                f"{where} names the resource {shown(one)}, which none of its actions can be used on",
                f"no such resource, or its ARN as the actions take it: {arn_line(expanded(named[0])[0])}",
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
    for carried in documents(resource):
        for statement in carried.document.statements if carried.kind == "identity" else ():
            if {"action", "resource"} <= statement.elements.keys():
                yield from _mismatches(place(resource, carried, statement), statement)


def _conditions(where: str, carried: Carried, statement: Statement) -> Iterator[Finding]:
    named = [one for pattern in statement.texts("action") for one in matching.narrow(pattern)]
    several = len(named) != len(statement.listed("action"))  # wildcards, or NotAction: any key may be carried
    for operator, key in written(statement):
        if operator not in OPERATORS:
            yield Finding(
                f"{where} has the condition operator {shown(operator)}, which does not exist",
                '"StringEquals", "ArnLike", "Bool" or another operator of IAM',
            )
        if not known_key(key, trust=carried.kind == "trust"):
            yield Finding(
                f"{where} has the condition key {shown(key)}, which does not exist: no request carries it",
                "a key that the service authorization reference lists for the action",
            )
        elif not several and named and not any(supplied(one, key) for one in named):
            yield Finding(
                f"{where} has the condition key {shown(key)}, which requests for {named[0]} do not carry",
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
    for carried in documents(resource):
        for statement in carried.document.statements:
            yield from _conditions(place(resource, carried, statement), carried, statement)


def _idle(statement: Statement) -> str | None:
    """Say why a statement can have no effect; None if it can."""
    given = statement.elements.get("condition")
    tests = [
        (str(operator).lower(), str(key).lower(), value)
        for operator, found in (given.items() if isinstance(given, dict) else ())
        if isinstance(found, dict)
        for key, value in found.items()
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
    for carried in documents(resource):
        for statement in carried.document.statements:
            if reason := _idle(statement):
                yield Finding(
                    f"{place(resource, carried, statement)} has no effect: {reason}",
                    "the condition that is meant, or no such statement",
                )


def _said(value: object, *, folded: bool = False) -> Hashable:
    """Give a value such that equal ones mean the same: order does not count, one is a list of one."""
    if isinstance(value, dict):
        return frozenset((str(key).lower(), _said(one)) for key, one in value.items())
    return frozenset(
        one if isinstance(one, Unknown) else str(one).lower() if folded else str(one) for one in items(value)
    )


def _meaning(statement: Statement) -> Hashable:
    """Give what a statement says, without its Sid."""
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
    for carried in documents(resource):
        meanings: dict[Hashable, str] = {}
        sids: set[str] = set()
        for statement in carried.document.statements:
            where = place(resource, carried, statement)
            first = meanings.setdefault(_meaning(statement), statement.label)
            if first != statement.label:
                yield Finding(f"{where} says what {first} says", "the statement once")
            sid = statement.elements.get("sid")
            if isinstance(sid, str) and sid in sids:
                yield Finding(f"{where} has a Sid that another statement has", "a Sid of its own, or none")
            sids |= {sid} if isinstance(sid, str) else set()
