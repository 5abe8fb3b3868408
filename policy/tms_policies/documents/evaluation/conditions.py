"""Whether a request meets a statement's conditions.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html:
all operators and keys must hold, any of a key's values is enough, and a negated operator holds if none of
them matches.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tms_policies.documents.condition_keys import OPERATORS
from tms_policies.documents.evaluation.comparing import COMPARISONS, FILLED, NEGATED, WILD, Compare
from tms_policies.documents.evaluation.request import Request, Values
from tms_policies.documents.evaluation.truth import MAYBE, NO, YES, Truth, all_of, any_of, opposite, said
from tms_policies.documents.globs import filled, literal
from tms_policies.model import Unknown
from tms_policies.values import items, shown

Lookup = Callable[[str], str | Unknown | None]


def _spelled(value: object) -> str | Unknown:
    """Return a policy's value as text; JSON's own numbers, true and false are read as their text."""
    if isinstance(value, (str, Unknown)):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True)
class _Wanted:
    """One value of a condition.

    Attributes:
        text: As the policy spells it.
        ready: What is compared; None if it depends on the request.
        wild: Whether wildcards count.
    """

    text: str | Unknown
    ready: str | None
    wild: bool

    def compared(self, value: str, compare: Compare, lookup: Lookup, unresolved: Truth) -> Truth:
        actual = self.ready
        if actual is None:
            if isinstance(self.text, Unknown):
                return MAYBE
            result = filled(self.text, lookup, wild=self.wild)
            if result is None:
                return unresolved
            if isinstance(result, Unknown):
                return MAYBE
            actual = result
        return compare(actual, value)


@dataclass(frozen=True)
class Test:
    """One key under one operator.

    Attributes:
        operator: As the policy spells it.
        key: As the policy spells it.
        over: `forallvalues`, `foranyvalue` or empty.
        if_exists: Whether a request without the key meets it.
        negated: Whether the values must not match.
        compare: None for `Null`.
        wanted: The values.
    """

    operator: str
    key: str
    over: str
    if_exists: bool
    negated: bool
    compare: Compare | None
    wanted: tuple[_Wanted, ...]

    def met(self, request: Request) -> Truth:
        """Return whether a request meets it."""
        values = request.keys.get(self.key.lower())
        if self.compare is None:
            return self._null(values)
        if isinstance(values, Unknown):
            return MAYBE
        if not values:
            return self._missing()
        if self.over:
            return self._over(values, self.compare, request.value_of)
        # Several values need a set operator; AWS does not say what one without does:
        # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
        first, *extra = values
        return MAYBE if extra else self._one(first, self.compare, request.value_of)

    def _missing(self) -> Truth:
        """Check a request without the key.

        That `ForAnyValue` says no and `IfExists` says yes are both AWS's words; for the two together there
        are none.
        """
        if self.over == "forallvalues":
            return YES
        if self.over:
            return MAYBE if self.if_exists else NO
        return YES if self.if_exists or self.negated else NO

    def _over(self, values: tuple[str | Unknown, ...], compare: Compare, lookup: Lookup) -> Truth:
        """Check a set of values; an empty text is an empty set.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
        """
        value = () if values == ("",) else values
        judge = all_of if self.over == "forallvalues" else any_of
        return judge(self._one(item, compare, lookup) for item in value)

    def _one(self, value: str | Unknown, compare: Compare, lookup: Lookup) -> Truth:
        """Compare one value of the request; a variable without a value matches nothing.

        What that is for a negated operator AWS leaves open: it "might cause the entire statement to be
        invalid", https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html.
        """
        if isinstance(value, Unknown):
            return MAYBE
        unresolved = MAYBE if self.negated else NO
        result = any_of(item.compared(value, compare, lookup, unresolved) for item in self.wanted)
        return opposite(result) if self.negated else result

    def _null(self, values: Values | None) -> Truth:
        """Check `Null`: whether the key has no value. An empty text is none and one, by AWS's words."""
        if isinstance(values, Unknown) or values == ("",):
            return MAYBE
        absent = "false" if values else "true"
        return any_of(
            MAYBE if item.ready is None or item.ready not in ("true", "false") else said(item.ready == absent)
            for item in self.wanted
        )

    def told(self, request: Request) -> str:
        """Return what the request has for the key."""
        values = request.keys.get(self.key.lower())
        if isinstance(values, Unknown):
            return f"{self.key} is not known yet"
        if not values:
            return f"{self.key} is not in the request"
        return f"{self.key} is {', '.join(shown(item) for item in values)}"

    def asked(self) -> str:
        """Return what it demands."""
        return f"{self.operator} {self.key} {', '.join(shown(item.text) for item in self.wanted)}"


def _plain(operator: str) -> tuple[str, str, bool]:
    """Split an operator in lower case: set operator, name, whether `IfExists` is at its end."""
    over, separator, name = operator.rpartition(":")
    return (over if separator else ""), name.removesuffix("ifexists"), name.endswith("ifexists")


def _wanted(name: str, value: object, *, variables: bool) -> _Wanted:
    """Read one value of a condition.

    AWS's pages disagree on whether `Bool` takes variables; one with a variable is no value of its kind.
    """
    text = _spelled(value)
    if isinstance(text, Unknown):
        return _Wanted(text, None, wild=False)
    if name in FILLED and variables and "${" in text:
        return _Wanted(text, None, wild=name in WILD)
    ready = literal(text) if name in WILD else text
    return _Wanted(text, ready.lower() if name == "null" else ready, wild=False)


def _test(operator: str, key: str, value: object, *, variables: bool) -> Test:
    over, name, if_exists = _plain(operator.lower())
    plain = NEGATED.get(name, name)
    expected = tuple(_wanted(plain, item, variables=variables) for item in items(value))
    return Test(operator, key, over, if_exists, name in NEGATED, COMPARISONS.get(plain), expected)


def tests(condition: Any, *, variables: bool) -> Iterator[Test]:  # noqa: ANN401 - JSON holds anything
    """Read a condition element.

    Args:
        condition: The element, or None.
        variables: Whether the document's version has policy variables.

    Raises:
        ValueError: If it is of no form that AWS takes.
    """
    if condition is None:
        return
    if not isinstance(condition, dict):
        raise ValueError("has a Condition that is not an object")  # noqa: TRY004 - a fault of the document
    for operator, keys in condition.items():
        if str(operator).lower() not in OPERATORS:
            raise ValueError(f"has the unknown condition operator {shown(operator)}")
        if not isinstance(keys, dict):
            raise ValueError(f"has {operator} without keys")  # noqa: TRY004 - a fault of the document
        for key, value in keys.items():
            yield _test(str(operator), str(key), value, variables=variables)
