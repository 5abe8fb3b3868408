"""Checks of several values at once: typed functions of what is right in a stack file."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from components.grants import GRANTS, Kind
from components.settings.account_checks import check_account
from components.settings.draft import Draft, Names
from components.settings.grant_checks import check_grants
from components.settings.ingest import RULE_NAME_CHARACTERS
from components.settings.location_checks import check_location
from components.settings.name_checks import check_names
from components.settings.refusals import Refusal
from components.settings.storage_checks import check_audit, check_documents, check_queue, check_table

TAGS_PER_RESOURCE = 50
COMPONENTS_TAGS = 1  # Purpose is added by the components


@dataclass(frozen=True, slots=True)
class Targets:
    """Logical names of a kind that grants may name.

    Attributes:
        section: Where they are written.
        names: The names, refused entries included; None if the section is missing or refused.
    """

    section: str
    names: Collection[str] | None


def cross_checks(draft: Draft, names: Names) -> Iterator[Refusal]:
    """Yield every contradiction.

    Args:
        draft: What is right in the stack file.
        names: What stands in it by name.
    """
    yield from _check_tags(names.tags or {})
    for name, table in draft.tables.items():
        yield from check_table(name, table)
    for name, queue in draft.queues.items():
        yield from check_queue(name, queue)
    if draft.documents:
        yield from check_documents(draft.documents, draft.account)
    if draft.audit:
        yield from check_audit(draft.audit)
    yield from _check_ingest(draft, names)
    yield from check_location(draft, names)
    yield from check_account(draft, names)
    yield from check_names(draft, names)
    yield from _check_targets(draft, names)


def _check_targets(draft: Draft, names: Names) -> Iterator[Refusal]:
    """Check that grants know each agent, and that what they name exists."""
    agents = names.agents or {}
    for agent in agents:
        if agent not in GRANTS:
            allowed = f"components/grants.py says nothing of it, allowed is {', '.join(GRANTS)}"
            yield Refusal(f"agents.{agent}", allowed)
    targets: Mapping[Kind, Targets] = {
        "table": Targets("tables", names.tables),
        "queue": Targets("queues", names.queues),
        "agent": Targets("agents", agents),
        "prefix": Targets("documents.prefixes", draft.documents.prefixes if draft.documents else None),
    }
    missing: dict[str, list[str]] = {}
    for agent in agents:
        for need in GRANTS.get(agent, ()):
            target = targets[need.kind]
            if target.names is not None and need.target not in target.names and not need.optional:
                missing.setdefault(f"{target.section}.{need.target}", []).append(agent)
    for key, users in missing.items():
        allowed = f"write it, {' and '.join(users)} need it (components/grants.py)"
        yield Refusal(key, allowed, outcome="is missing")
    yield from check_grants(draft.agents, {kind: target.names for kind, target in targets.items()})


def _check_ingest(draft: Draft, names: Names) -> Iterator[Refusal]:
    """Check that the queue and the prefixes of new documents exist."""
    ingest = draft.ingest
    if ingest is None:
        return
    queues = names.queues or {}
    if ingest.queue not in queues:
        allowed = f"allowed is a queue of the stack: {', '.join(queues)}"
        yield Refusal("ingest.queue", allowed, ingest.queue)
    for number, prefix in enumerate(ingest.prefixes):
        if draft.documents and prefix not in draft.documents.prefixes:
            allowed = f"allowed is a prefix of documents: {', '.join(draft.documents.prefixes)}"
            yield Refusal(f"ingest.prefixes[{number}]", allowed, prefix)
        elif prefix in ingest.prefixes[:number]:
            yield Refusal(f"ingest.prefixes[{number}]", "it is there already, allowed is each once", prefix)
        if len(f"{ingest.rule_name}-{prefix}") > RULE_NAME_CHARACTERS:
            allowed = f"with -{prefix} allowed is up to {RULE_NAME_CHARACTERS} characters"
            yield Refusal("ingest.ruleName", allowed, ingest.rule_name)


def _check_tags(tags: Mapping[str, object]) -> Iterator[Refusal]:
    """Check AWS's limit, and the components' own key; which keys are required is the policy pack's."""
    if "Purpose" in tags:
        yield Refusal("tags.Purpose", 'it differs by resource, write it as that resource\'s "purpose"')
    if len(tags) > TAGS_PER_RESOURCE - COMPONENTS_TAGS:
        allowed = f"allowed is up to {TAGS_PER_RESOURCE - COMPONENTS_TAGS}"
        yield Refusal("tags", allowed, outcome=f"{len(tags)} tags are refused")
