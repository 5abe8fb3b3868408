"""Statements made ready to be tried against many requests."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tms_policies.documents.document_properties import Kind
from tms_policies.documents.evaluation.callers import Named, Reach, reached, spared
from tms_policies.documents.evaluation.conditions import Test, tests
from tms_policies.documents.evaluation.request import Principal, Request
from tms_policies.documents.evaluation.truth import MAYBE, NO, YES, Truth, all_of, any_of, opposite, said
from tms_policies.documents.globs import ANYTHING, filled, holds, literal, symbols
from tms_policies.documents.parse import Document, Statement, parse
from tms_policies.documents.principals import named
from tms_policies.model import Unknown
from tms_policies.values import shown, unknowns

_BEFORE_RESOURCE = 5
_VERSION = "2012-10-17"  # the one with policy variables


@dataclass(frozen=True)
class _Resource:
    """A resource pattern; `ready` is None if it depends on the request."""

    text: str | Unknown
    ready: str | None

    def covers(self, target: str | Unknown, request: Request, unresolved: Truth) -> Truth:
        actual = self._symbols(request)
        if actual is None:
            return unresolved
        if actual == ANYTHING:
            return YES
        if isinstance(actual, Unknown) or isinstance(target, Unknown):
            return MAYBE
        return said(holds(actual, target))

    def _symbols(self, request: Request) -> str | Unknown | None:
        if self.ready is not None or isinstance(self.text, Unknown):
            return self.text if self.ready is None else self.ready
        return filled(self.text, request.value_of, wild=True)


@dataclass(frozen=True)
class Ready:
    """A statement that can be tried.

    Attributes:
        label: As `Statement.label`.
        effect: `Allow`, `Deny`, or `Unknown`, which may be either.
        actions: Patterns as symbols, in lower case; `Unknown` among them.
        but_actions: Whether the statement is about all other actions.
        resources: Patterns; none where a resource's policy leaves them out and speaks of itself.
        but_resources: Whether the statement is about all other resources.
        principals: None where the document's place says who it is about.
        but_principals: Whether the statement is about everybody else.
        tests: Its conditions.
        fault: What keeps it from being tried, so that it may say anything.
        spelled: Its actions as they are written.
    """

    label: str
    effect: str | Unknown
    actions: tuple[str | Unknown, ...] = ()
    but_actions: bool = False
    resources: tuple[_Resource, ...] = ()
    but_resources: bool = False
    principals: Named | None = None
    but_principals: bool = False
    tests: tuple[Test, ...] = ()
    fault: str = ""
    spelled: tuple[str, ...] = ()

    def may(self, effect: str) -> bool:
        """Return whether it has an effect, or may have it."""
        return isinstance(self.effect, Unknown) or self.effect == effect

    def on_action(self, request: Request) -> Truth:
        """Return whether it is about the request's action."""
        action = request.action.lower()
        result = any_of(
            MAYBE if isinstance(item, Unknown) else said(holds(item, action)) for item in self.actions
        )
        return opposite(result) if self.but_actions else result

    def on_resource(self, request: Request, target: str | Unknown) -> Truth:
        """Return whether it is about a resource; a variable without a value matches none."""
        if not self.resources:
            return YES
        unresolved = MAYBE if self.but_resources else NO
        result = any_of(resource.covers(target, request, unresolved) for resource in self.resources)
        return opposite(result) if self.but_resources else result

    def on_principal(self, principal: Principal, reach: Reach | None = None) -> Truth:
        """Return whether it is about who calls, by naming them in one way or, without a way, in any."""
        if self.principals is None:
            return YES
        if self.but_principals:
            return opposite(spared(self.principals, principal)) if reach in (None, Reach.DIRECT) else NO
        return reached(self.principals, principal, reach)

    def on_conditions(self, request: Request) -> Truth:
        """Return whether a request meets its conditions."""
        return all_of(item.met(request) for item in self.tests)

    def applies(self, request: Request, target: str | Unknown, reach: Reach | None = None) -> Truth:
        """Return whether it is about a request, by naming who calls in one way or, without a way, in any."""
        if self.fault:
            return MAYBE
        result = self.on_action(request)
        if result is not NO:
            result = min(result, self.on_resource(request, target))
        if result is not NO:
            result = min(result, self.on_principal(request.principal, reach))
        if result is not NO:
            result = min(result, self.on_conditions(request))
        return min(result, MAYBE) if isinstance(self.effect, Unknown) else result


@dataclass(frozen=True)
class Policy:
    """A policy as it is attached somewhere.

    Attributes:
        name: How a message names it, such as `the bucket policy`.
        document: What it says.
        kind: `resource` and `trust` name their principals; a trust policy names no resource.
    """

    name: str
    document: Document
    kind: Kind = "identity"

    @classmethod
    def of(cls, name: str, text: object, kind: Kind = "identity") -> "Policy":
        """Read one from JSON text, from an object of that form, or from `Unknown`."""
        return cls(name, parse(text), kind)

    @cached_property
    def statements(self) -> tuple[Ready, ...]:
        """Its statements, ready to be tried; AWS takes no document with errors: it may say anything."""
        document = self.document
        if document.errors:
            return (_untold(f"AWS would refuse it: {document.errors[0]}"),)
        if isinstance(document.version, Unknown):
            return (_untold("its Version is not known yet"),)
        result = tuple(
            _ready(statement, document.version == _VERSION, self.kind) for statement in document.statements
        )
        if document.unknown is not None:
            return (*result, _untold("what it says is not known yet"))
        return result


def _untold(fault: str) -> Ready:
    """Return a statement that may say anything."""
    return Ready("some statement", Unknown("policy"), fault=fault)


def _either(statement: Statement, name: str) -> tuple[str, bool]:
    """Return the element that a statement has, `Action` or `NotAction`, and whether it is the latter."""
    inverse = f"not{name}" in statement.elements
    return (f"not{name}" if inverse else name), inverse


def _faults(statement: Statement, kind: Kind) -> Iterator[str]:
    """Yield what AWS refuses in a statement that stands where it stands.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
    """
    elements = statement.elements
    for name in ("action", "resource", "principal"):
        if name in elements and f"not{name}" in elements:
            yield f"it has both {name.capitalize()} and Not{name.capitalize()}"
    names_somebody = bool({"principal", "notprincipal"} & elements.keys())
    if kind == "identity" and names_somebody:
        yield "it is an identity's and names a Principal"
    if kind != "identity" and not names_somebody:
        yield "it has no Principal"
    if kind == "identity" and not {"resource", "notresource"} & elements.keys():
        yield "it has no Resource"


def _resource(value: str | Unknown, *, variables: bool) -> _Resource:
    if isinstance(value, Unknown):
        return _Resource(value, None)
    if not variables:
        return _Resource(value, literal(value))
    start, separator, _ = value.partition("${")
    if not separator:
        return _Resource(value, literal(value))
    # AWS fills variables in after the fifth colon only, and does not say what one before it does
    early = start.startswith("arn:") and start.count(":") < _BEFORE_RESOURCE
    return _Resource(Unknown("resource"), None) if early else _Resource(value, None)


def _ready(statement: Statement, variables: bool, kind: Kind) -> Ready:  # noqa: FBT001 - used once
    fault = next(_faults(statement, kind), "")
    result: tuple[Test, ...] = ()
    condition = statement.elements.get("condition")
    try:
        hidden = next(unknowns(condition), None) if isinstance(condition, Unknown) else None
        result = () if hidden else tuple(tests(condition, variables=variables))
    except ValueError as error:
        hidden, fault = None, fault or f"it {error}"
    if hidden:
        fault = fault or "its Condition is not known yet"
    action, but_actions = _either(statement, "action")
    resource, but_resources = _either(statement, "resource")
    principal, but_principals = _either(statement, "principal")
    effect = statement.elements.get("effect")
    return Ready(
        statement.label,
        effect if isinstance(effect, Unknown) else "Allow" if statement.allows else "Deny",
        tuple(
            item if isinstance(item, Unknown) else symbols(item, folded=True)
            for item in statement.listed(action)
        ),
        but_actions,
        tuple(_resource(item, variables=variables) for item in statement.listed(resource)),
        but_resources,
        tuple(named(statement, principal)) if principal in statement.elements else None,
        but_principals,
        result,
        fault,
        tuple(shown(item)[1:-1] for item in statement.texts(action)),
    )
