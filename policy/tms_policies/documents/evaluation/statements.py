"""Policies as they are attached, with their statements made ready to be tried."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tms_policies.documents.document_properties import Kind
from tms_policies.documents.evaluation.conditions import Test, tests
from tms_policies.documents.evaluation.ready import Pattern, Ready
from tms_policies.documents.globs import literal, symbols
from tms_policies.documents.parse import Document, Statement, parse
from tms_policies.documents.principals import named
from tms_policies.model import Unknown
from tms_policies.values import shown, unknowns

_BEFORE_RESOURCE = 5
_VERSION = "2012-10-17"  # the one with policy variables


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


def _resource(value: str | Unknown, *, variables: bool) -> Pattern:
    if isinstance(value, Unknown):
        return Pattern(value, None)
    if not variables:
        return Pattern(value, literal(value))
    start, separator, _ = value.partition("${")
    if not separator:
        return Pattern(value, literal(value))
    # AWS fills variables in after the fifth colon only, and does not say what one before it does
    early = start.startswith("arn:") and start.count(":") < _BEFORE_RESOURCE
    return Pattern(Unknown("resource"), None) if early else Pattern(value, None)


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
