"""Checks of the account's audit trail and costs."""

import difflib
from collections.abc import Iterator

from components.naming import BILLING_REGION, partition_of
from components.settings.audit_trail import AuditTrailSettings
from components.settings.cost import SERVICES, CostSettings
from components.settings.draft import Draft, Names
from components.settings.refusals import Refusal
from components.settings.storage import AuditBucket


def check_account(draft: Draft, names: Names) -> Iterator[Refusal]:
    """Yield what does not fit together.

    Args:
        draft: What is right in the stack file.
        names: What stands in it by name.
    """
    if draft.audit_trail and draft.audit:
        yield from _check_prefix(draft.audit_trail, draft.audit)
    if draft.cost:
        # a refused observability has its own line
        yield from _check_cost(draft.cost, draft.region, has_topic=names.observability)


def _check_prefix(trail: AuditTrailSettings, audit: AuditBucket) -> Iterator[Refusal]:
    """Check that log files and access logs lie apart, as lifecycle rules and grants go by prefix."""
    if trail.prefix.startswith(audit.log_prefix) or audit.log_prefix.startswith(trail.prefix):
        allowed = f"audit.logPrefix ({audit.log_prefix}) is in the way, allowed are folders apart"
        yield Refusal("auditTrail.prefix", allowed, trail.prefix)


def _check_cost(cost: CostSettings, region: str | None, *, has_topic: bool) -> Iterator[Refusal]:
    if region and partition_of(region) != "aws":
        allowed = f"AWS bills {region} apart, and neither there nor in US dollars; leave cost out"
        yield Refusal("cost", allowed)
    if not cost.notify and not has_topic:
        allowed = "nobody is told; write addresses, or trade-matching-system:observability with its topic"
        yield Refusal("cost.notify", allowed, cost.notify)
    yield from _check_sums(cost)
    yield from _check_services(cost)
    if cost.services and not has_topic:
        allowed = "alarms ring by a topic; write trade-matching-system:observability, or leave services out"
        yield Refusal("cost.services", allowed)
    if cost.services and region and region != BILLING_REGION:
        allowed = f"billing metrics are in {BILLING_REGION} only, not in {region}; leave services out"
        yield Refusal("cost.services", allowed)


def _check_sums(cost: CostSettings) -> Iterator[Refusal]:
    """Check that services cost no more than everything may: beyond it no alarm rings before the budget's."""
    beyond = {name: dollars for name, dollars in cost.services.items() if dollars > cost.monthly_dollars}
    for name, dollars in beyond.items():
        allowed = f"allowed is up to monthlyDollars ({cost.monthly_dollars}), which is for all services"
        yield Refusal(f"cost.services.{name}", allowed, dollars)
    total = sum(cost.services.values())
    if total > cost.monthly_dollars and not beyond:
        allowed = f"services add up to {total}; write that much or more, or less for services"
        yield Refusal("cost.monthlyDollars", allowed, cost.monthly_dollars)


def _check_services(cost: CostSettings) -> Iterator[Refusal]:
    """Check the names of services: an alarm on a name that AWS/Billing does not have is silent for ever."""
    for name in cost.services:
        if name not in SERVICES and name not in cost.other_services:
            close = difflib.get_close_matches(name, SERVICES, n=1)
            meaning = f"did you mean {close[0]}? " if close else ""
            unknown = "AWS/Billing is not known to have that name; if it has, write it in cost.otherServices"
            yield Refusal(f"cost.services.{name}", meaning + unknown)
    for number, name in enumerate(cost.other_services):
        if name in SERVICES or name not in cost.services:
            allowed = "allowed are names in cost.services that are not known anyway"
            yield Refusal(f"cost.otherServices[{number}]", allowed, name)
