"""Checks that need more than one value; they see only entries that are right by themselves."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from components.grants import GRANTS, Kind
from components.settings.account_checks import check_account
from components.settings.grant_checks import check_grants
from components.settings.ingest import RULE_NAME_CHARACTERS
from components.settings.name_checks import check_names
from components.settings.network_checks import check_places
from components.settings.problems import Problem
from components.settings.storage import DocumentsBucket
from components.settings.storage_checks import check_audit, check_documents, check_queue, check_table

TAGS_PER_RESOURCE = 50
OWN_TAGS = 1  # Purpose is added by the components


def cross_checks(
    values: Mapping[str, Any],
    written: Mapping[str, Mapping[str, Any]],
    account: str | None,
    region: str | None,
) -> Iterator[Problem]:
    """Give every contradiction, its place without the project's name.

    Args:
        values: The sections by field name; a refused one is None, a refused entry is left out.
        written: The mappings as they stand in the file, refused entries and all.
        account: The stack's account, if it is right.
        region: The stack's region, if it is right.
    """
    yield from _tags(written.get("tags", {}))
    for name, table in values["tables"].items():
        yield from check_table(name, table)
    for name, queue in values["queues"].items():
        yield from check_queue(name, queue)
    documents: DocumentsBucket | None = values.get("documents")
    if documents:
        yield from check_documents(documents, account)
    if values.get("audit"):
        yield from check_audit(values["audit"])
    yield from _arrivals(values, written)
    yield from check_places(values, account, region)
    yield from check_account(values, region)
    yield from check_names(values, written)
    yield from _needs(documents, written, values["agents"])


def _needs(
    documents: DocumentsBucket | None, written: Mapping[str, Mapping[str, Any]], right: Mapping[str, Any]
) -> Iterator[Problem]:
    """Agents are those that grants know, and what grants name exists."""
    agents = written.get("agents", {})
    for agent in agents:
        if agent not in GRANTS:
            known = ", ".join(GRANTS)
            yield Problem(f"agents.{agent}", f"components/grants.py says nothing of it, allowed is {known}")
    targets: dict[Kind, tuple[str, Collection[str] | None]] = {
        "table": ("tables", written.get("tables")),
        "queue": ("queues", written.get("queues")),
        "agent": ("agents", agents),
        "prefix": ("documents.prefixes", documents.prefixes if documents else None),
    }
    missing: dict[str, list[str]] = {}
    for agent in agents:
        for need in GRANTS.get(agent, ()):
            section, known = targets[need.kind]
            if known is not None and need.target not in known and not need.optional:
                missing.setdefault(f"{section}.{need.target}", []).append(agent)
    for key, users in missing.items():
        why = f"write it, {' and '.join(users)} need it (components/grants.py)"
        yield Problem(key, why, verdict="is missing")
    yield from check_grants(right, {kind: known for kind, (_, known) in targets.items()})


def _arrivals(values: Mapping[str, Any], written: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    """What new documents are told by, and to, exists."""
    arrivals = values.get("ingest")
    if arrivals is None:
        return
    queues = written.get("queues", {})
    if arrivals.queue not in queues:
        yield Problem("ingest.queue", f"allowed is a queue of the stack: {', '.join(queues)}", arrivals.queue)
    documents: DocumentsBucket | None = values.get("documents")
    for number, prefix in enumerate(arrivals.prefixes):
        if documents and prefix not in documents.prefixes:
            known = ", ".join(documents.prefixes)
            yield Problem(f"ingest.prefixes[{number}]", f"allowed is a prefix of documents: {known}", prefix)
        elif prefix in arrivals.prefixes[:number]:
            yield Problem(f"ingest.prefixes[{number}]", "it is there already, allowed is each once", prefix)
        if len(f"{arrivals.rule_name}-{prefix}") > RULE_NAME_CHARACTERS:
            allowed = f"with -{prefix} allowed is up to {RULE_NAME_CHARACTERS} characters"
            yield Problem("ingest.ruleName", allowed, arrivals.rule_name)


def _tags(tags: Mapping[str, object]) -> Iterator[Problem]:
    """AWS's limit, and the key that the components set; which keys are required is the policy pack's."""
    if "Purpose" in tags:
        yield Problem("tags.Purpose", 'it differs by resource, write it as that resource\'s "purpose"')
    if len(tags) > TAGS_PER_RESOURCE - OWN_TAGS:
        allowed = f"allowed is up to {TAGS_PER_RESOURCE - OWN_TAGS}"
        yield Problem("tags", allowed, verdict=f"{len(tags)} tags are refused")
