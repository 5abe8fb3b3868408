"""The engine's policy events as verdicts.

The engine passes on one text per violation: the rule's sentence, a line break, and what `policy.adapter`
wrote. It is taken apart here, and what it does not hold comes from the catalogue.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from tms_policies.catalogue import RULES
from tms_policies.model import Level, Rule, Severity
from toolkit.errors import UNABLE, CommandError
from toolkit.policy_check.report import LEVELS, PACK, SEVERITIES, Verdict, ordered

KNOWN: Mapping[str, Rule] = {rule.id: rule for rule in RULES}
_PARTS_OF_URN = 4
_LEVELS: Mapping[str, Level] = {one: one for one in LEVELS}
_SEVERITIES: Mapping[str, Severity] = {one: one for one in SEVERITIES}


def _name_and_type(urn: str) -> tuple[str, str]:
    """Read `urn:pulumi:stack::project::parent$type::name`; a name may hold any text, `::` too."""
    parts = urn.split("::", _PARTS_OF_URN - 1)
    if len(parts) < _PARTS_OF_URN:
        return "", ""
    return parts[3], parts[2].rpartition("$")[2]


def _message_and_remedy(rule: Rule, text: str) -> tuple[str, str]:
    """Take apart what `policy.adapter.text_of` made; a text of another form is all message."""
    own = text.strip().removeprefix(rule.what).strip()
    body, page, _ = own.rpartition(f". See {rule.page}")
    message, written, remedy = body.partition(". Write: ")
    return (message, remedy) if page and written else (own, rule.remedy)


def verdict_of(event: Mapping[str, Any]) -> Verdict:
    """Give one policy event as a verdict.

    Raises:
        CommandError: The event names a rule or level that this checkout does not know.
    """
    rule, urn = KNOWN.get(str(event.get("policyName"))), str(event.get("resourceUrn", ""))
    level = _LEVELS.get(str(event.get("enforcementLevel")))
    if rule is None or level is None:
        raise CommandError(
            UNABLE,
            f"the engine reports the rule {event.get('policyName')!r} of level "
            f"{event.get('enforcementLevel')!r}",
            f"levels are {' and '.join(LEVELS)}, and `python -m "
            "policy.catalogue` lists the rules: report this with the command",
        )
    name, token = _name_and_type(urn)
    message, remedy = _message_and_remedy(rule, str(event.get("message", "")))
    severity = _SEVERITIES.get(str(event.get("severity")), rule.severity)
    return Verdict(rule.id, severity, level, urn, name, token, message, remedy, rule.controls, rule.page)


def verdicts_of(events: Iterable[Mapping[str, Any]]) -> tuple[Verdict, ...]:
    """Give the verdicts among the engine's events, worst first; packs of an organisation's own are not ours.

    Raises:
        CommandError: An event names a rule or level that this checkout does not know.
    """
    reported = (one["policyEvent"] for one in events if "policyEvent" in one)
    return ordered(verdict_of(one) for one in reported if one.get("policyPackName") == PACK)
