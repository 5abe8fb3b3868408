"""Checks of what watches the account: its audit trail and its costs."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from components.settings.audit_trail import AuditTrail
from components.settings.cost import SERVICES, Cost
from components.settings.problems import Problem
from components.settings.storage import AuditBucket

BILLING_REGION = "us-east-1"
"""CloudWatch user guide, "Create a billing alarm": billing metrics are kept there, whatever costs where."""


def check_account(values: Mapping[str, Any], region: str | None) -> Iterator[Problem]:
    """Give what does not fit together.

    Args:
        values: The sections by field name; a refused one is None.
        region: The stack's region, if it is right.
    """
    if values.get("audit_trail") and values.get("audit"):
        yield from _prefix(values["audit_trail"], values["audit"])
    if values.get("cost"):
        # a refused observability has its own line
        told = "observability" in values
        yield from _cost(values["cost"], region, told=told)


def _prefix(trail: AuditTrail, audit: AuditBucket) -> Iterator[Problem]:
    """Log files and access logs lie apart, as lifecycle rules and grants go by prefix."""
    one, other = trail.prefix, audit.log_prefix
    if one.startswith(other) or other.startswith(one):
        why = f"audit.logPrefix ({other}) is in the way, allowed are folders apart"
        yield Problem("auditTrail.prefix", why, one)


def _cost(cost: Cost, region: str | None, *, told: bool) -> Iterator[Problem]:
    if not cost.notify and not told:
        why = "nobody is told; write addresses, or trade-matching-system:observability with its topic"
        yield Problem("cost.notify", why, cost.notify)
    yield from _sums(cost)
    yield from _services(cost)
    if cost.services and not told:
        why = "alarms ring by a topic; write trade-matching-system:observability, or leave services out"
        yield Problem("cost.services", why)
    if cost.services and region and region != BILLING_REGION:
        why = f"billing metrics are in {BILLING_REGION} only, not in {region}; leave services out"
        yield Problem("cost.services", why)


def _sums(cost: Cost) -> Iterator[Problem]:
    """What services may cost is a part of what all may cost: beyond it no alarm rings before the budget's."""
    over = {key: dollars for key, dollars in cost.services.items() if dollars > cost.monthly_dollars}
    for key, dollars in over.items():
        why = f"allowed is up to monthlyDollars ({cost.monthly_dollars}), which is for all services"
        yield Problem(f"cost.services.{key}", why, dollars)
    total = sum(cost.services.values())
    if total > cost.monthly_dollars and not over:
        why = f"services add up to {total}; write that much or more, or less for services"
        yield Problem("cost.monthlyDollars", why, cost.monthly_dollars)


def _services(cost: Cost) -> Iterator[Problem]:
    """An alarm on a name that AWS/Billing does not have is silent for ever."""
    for key in cost.services:
        if key not in SERVICES and key not in cost.other_services:
            close = difflib.get_close_matches(key, SERVICES, n=1)
            meant = f"did you mean {close[0]}? " if close else ""
            unknown = "AWS/Billing is not known to have that name; if it has, write it in cost.otherServices"
            yield Problem(f"cost.services.{key}", meant + unknown)
    for number, key in enumerate(cost.other_services):
        if key in SERVICES or key not in cost.services:
            why = "allowed are names in cost.services that are not known anyway"
            yield Problem(f"cost.otherServices[{number}]", why, key)
