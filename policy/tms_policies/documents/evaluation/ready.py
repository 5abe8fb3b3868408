"""A statement that can be tried against many requests."""

from dataclasses import dataclass

from tms_policies.documents.evaluation.callers import Named, Reach, reached, spared
from tms_policies.documents.evaluation.conditions import Test
from tms_policies.documents.evaluation.request import Principal, Request
from tms_policies.documents.evaluation.truth import MAYBE, NO, YES, Truth, all_of, any_of, opposite, said
from tms_policies.documents.globs import ANYTHING, filled, holds
from tms_policies.model import Unknown


@dataclass(frozen=True)
class Pattern:
    """A resource pattern; `ready` is None if it depends on the request."""

    text: str | Unknown
    ready: str | None

    def covers(self, target: str | Unknown, request: Request, unresolved: Truth) -> Truth:
        """Return whether it covers a resource; `unresolved` if a variable of it has no value."""
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
    resources: tuple[Pattern, ...] = ()
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
