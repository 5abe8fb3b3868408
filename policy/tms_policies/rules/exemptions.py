"""The rule about exemptions themselves."""

from collections.abc import Iterable

from tms_policies.exemptions.forms import GUARD
from tms_policies.model import Bag, Finding, Stack
from tms_policies.registry import rule


@rule(
    GUARD,
    severity="high",
    scope="stack",
    remedy="Mend or remove the entry of policy-exemptions.yaml "
    "(or of the file that POLICY_EXEMPTIONS names).",
    why="An exemption without an end or an owner is a rule switched off for good, and one that nothing "
    "needs any more hides the next fault of its kind.",
)
def valid_exemption(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """An exemption has a rule, a resource, a reason, an owner and an end, and a finding that needs it.

    The engine asks this rule last, when it is known which exemptions were needed.
    """
    for fault in stack.exemptions.faults:
        yield Finding(*fault)
    for item in stack.exemptions.idle([resource.urn for resource in stack.resources]):
        expected = f" with the words {item.finding!r}" if item.finding else ""
        yield Finding(
            f"{item.place} exempts nothing: {item.rule} has no finding{expected} on {item.resource}",
            "the file without this entry, or the rule, URN pattern and words of a finding that is reported",
        )
