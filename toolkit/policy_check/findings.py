"""The engine's policy events as findings.

The engine passes on one text per violation: the rule's sentence, a line break, and what `policy.adapter`
wrote. It is taken apart here, and what it does not hold comes from the catalogue.
"""

from collections.abc import Iterable, Mapping

from pulumi.automation import PolicyEvent

from tms_policies.catalogue import RULES
from tms_policies.model import Level, Rule, Severity
from toolkit.engine import pack
from toolkit.engine.events import Event
from toolkit.engine.urn import find_urn
from toolkit.errors import UNABLE, CommandError
from toolkit.policy_check.report import LEVELS, SEVERITIES, Finding, ordered

KNOWN: Mapping[str, Rule] = {rule.id: rule for rule in RULES}
_LEVELS: Mapping[str, Level] = {level: level for level in LEVELS}
_SEVERITIES: Mapping[str, Severity] = {severity: severity for severity in SEVERITIES}


def _message_and_remedy(rule: Rule, text: str) -> tuple[str, str]:
    """Take apart what `policy.adapter.text_of` made; a text of another form is all message."""
    stripped = text.strip().removeprefix(rule.what).strip()
    body, page, _ = stripped.rpartition(f". See {rule.page}")
    message, written, remedy = body.partition(". Write: ")
    return (message, remedy) if page and written else (stripped, rule.remedy)


def finding_of(event: PolicyEvent, severity: str = "") -> Finding:
    """Return one policy event as a finding.

    Args:
        event: The event.
        severity: The severity that the engine reports; the rule's own if it is none.

    Raises:
        CommandError: The event names a rule or level that this checkout does not know.
    """
    rule, level = KNOWN.get(event.policy_name), _LEVELS.get(event.enforcement_level)
    if rule is None or level is None:
        raise CommandError(
            UNABLE,
            f"the engine reports the rule {event.policy_name!r} of level {event.enforcement_level!r}",
            f"levels are {' and '.join(LEVELS)}, and `python -m "
            "policy.catalogue` lists the rules: report this with the command",
        )
    urn = find_urn(event.resource_urn or "")
    message, remedy = _message_and_remedy(rule, event.message)
    return Finding(
        rule.id,
        _SEVERITIES.get(severity, rule.severity),
        level,
        event.resource_urn or "",
        urn.name if urn else "",
        urn.type if urn else "",
        message,
        remedy,
        rule.controls,
        rule.page,
    )


def findings_of(events: Iterable[Event]) -> tuple[Finding, ...]:
    """Return the findings among the engine's events, worst first; other packs are left out.

    Raises:
        CommandError: An event names a rule or level that this checkout does not know.
    """
    return ordered(
        finding_of(event.policy_event, event.severity)
        for event in events
        if event.policy_event and event.policy_event.policy_pack_name == pack.NAME
    )
