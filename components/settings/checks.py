"""Checks that need more than one value; they see only entries that are right by themselves."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from components.grants import GRANTS
from components.settings.fields import KEY_ARN
from components.settings.models import Queue
from components.settings.stores import DocumentsBucket, Table

TAGS_PER_RESOURCE = 50
OWN_TAGS = 1  # Purpose is added by the components


def cross_checks(
    values: Mapping[str, Any],
    written: Mapping[str, Mapping[str, Any]],
    account: str | None,
    region: str | None,
) -> Iterator[str]:
    """Give a line (key without the project's name, value, what is allowed) per contradiction.

    Args:
        values: The sections by field name; a refused one is None, a refused entry is left out.
        written: The mappings as they stand in the file, refused entries and all.
        account: The stack's account, if it is right.
        region: The stack's region, if it is right.
    """
    if "tags" in written:
        yield from _tags(written["tags"])
    for name, table in values["tables"].items():
        yield from _table(name, table)
    for name, queue in values["queues"].items():
        yield from _queue(name, queue)
    documents: DocumentsBucket | None = values.get("documents")
    yield from _unique(values, written)
    yield from _folders(documents)
    yield from _readers(documents)
    yield from _keys(values, account, region)
    yield from _needs(documents, written)


def _needs(documents: DocumentsBucket | None, written: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Agents are those that grants know, and what grants name exists."""
    agents = written.get("agents", {})
    for agent in agents:
        if agent not in GRANTS:
            known = ", ".join(GRANTS)
            yield f"agents.{agent}: is refused; components/grants.py says nothing of it, allowed is {known}"
    targets: dict[str, tuple[str, Collection[str] | None]] = {
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
        yield f"{key}: is missing; write it, {' and '.join(users)} need it (components/grants.py)"


def _tags(tags: Mapping[str, object]) -> Iterator[str]:
    """AWS's limit, and the key that the components set; which keys are required is the policy pack's."""
    if "Purpose" in tags:
        yield 'tags.Purpose: is refused; it differs by resource, write it as that resource\'s "purpose"'
    if len(tags) > TAGS_PER_RESOURCE - OWN_TAGS:
        yield f"tags: {len(tags)} tags are refused; allowed is up to {TAGS_PER_RESOURCE - OWN_TAGS}"


def _table(name: str, table: Table) -> Iterator[str]:
    """One type per attribute, sort keys unlike their partition keys, and a TTL attribute that is no key."""
    first: dict[str, str] = {}
    for place, attribute in table.key_attributes():
        known = first.setdefault(attribute.name, attribute.type)
        if known != attribute.type:
            yield (
                f'tables.{name}.{place}.type: "{attribute.type}" is refused; '
                f"attribute {attribute.name} is a {known} elsewhere, allowed is one type per attribute"
            )
    pairs = [("", table.hash_key, table.range_key)]
    pairs += [(f"indexes.{key}.", index.hash_key, index.range_key) for key, index in table.indexes.items()]
    pairs += [
        (f"localIndexes.{key}.", table.hash_key, index.range_key)
        for key, index in table.local_indexes.items()
    ]
    for place, hash_key, range_key in pairs:
        if range_key is not None and range_key.name == hash_key.name:
            yield (
                f'tables.{name}.{place}rangeKey.name: "{range_key.name}" is refused; '
                "it is the hash key already, allowed is another attribute"
            )
    if table.ttl_attribute in first:
        yield (
            f'tables.{name}.ttlAttribute: "{table.ttl_attribute}" is refused; it is a key of the table or of '
            "an index, allowed is an attribute that is no key (DynamoDB expires items by a number in it)"
        )


def _queue(name: str, queue: Queue) -> Iterator[str]:
    """Both names of a queue say what kind it is."""
    for key, value in (("name", queue.name), ("deadLetterName", queue.dead_letter_name)):
        if queue.fifo and not value.endswith(".fifo"):
            yield (
                f'queues.{name}.{key}: "{value}" is refused; a FIFO queue\'s name ends in .fifo '
                "(a standard queue needs standardReason)"
            )
        if not queue.fifo and value.endswith(".fifo"):
            yield f'queues.{name}.{key}: "{value}" is refused; a queue with standardReason has no .fifo name'
    if queue.high_throughput and not queue.fifo:
        yield f"queues.{name}.highThroughput: true is refused; allowed on FIFO queues only"


def _unique(values: Mapping[str, Any], written: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """No physical name is declared twice within a service; IAM alone ignores case."""

    def names(section: str, *fields: str) -> dict[str, str]:
        entries = written.get(section, {}).items()
        return {
            f"{section}.{key}.{field}": entry[field]
            for field in fields
            for key, entry in entries
            if isinstance(entry, dict) and isinstance(entry.get(field), str)
        }

    families = (
        names("tables", "name"),
        names("queues", "name", "deadLetterName"),
        names("agents", "runtimeName"),
        {place: name.lower() for place, name in names("agents", "roleName").items()},
        {f"{key}.name": values[key].name for key in ("documents", "audit") if values.get(key)},
    )
    for family in families:
        places: dict[str, list[str]] = {}
        for place, name in family.items():
            places.setdefault(name, []).append(place)
        for name, (first, *again) in places.items():
            for place in again:
                yield f'{place}: "{name}" is refused; {first} has it already, allowed is each name once'


def _folders(documents: DocumentsBucket | None) -> Iterator[str]:
    """Lifecycle rules and grants go by prefix, so no prefix may lie within another."""
    paths = {key: prefix.path for key, prefix in documents.prefixes.items()} if documents else {}
    for key, path in paths.items():
        for other, outer in paths.items():
            if key != other and path.startswith(outer):
                yield (
                    f'documents.prefixes.{key}.path: "{path}" is refused; '
                    f'documents.prefixes.{other}.path ("{outer}") covers it, allowed are folders apart'
                )


def _readers(documents: DocumentsBucket | None) -> Iterator[str]:
    """Other accounts read prefixes that exist."""
    for number, reader in enumerate(documents.cross_account_readers if documents else ()):
        if documents and reader.prefix not in documents.prefixes:
            allowed = ", ".join(sorted(documents.prefixes))
            yield (
                f'documents.crossAccountReaders[{number}].prefix: "{reader.prefix}" is refused; '
                f"allowed is one of {allowed}"
            )


def _keys(values: Mapping[str, Any], account: str | None, region: str | None) -> Iterator[str]:
    """A customer key lives in the stack's own region; a key policy can only be followed in one account."""
    chosen: list[tuple[str, str | None]] = []
    if values.get("encryption"):
        encryption = values["encryption"]
        chosen += [(f"encryption.{key}", getattr(encryption, key)) for key in ("tables", "buckets", "queues")]
    chosen += [(f"tables.{name}.encryption", table.encryption) for name, table in values["tables"].items()]
    if values.get("documents"):
        chosen.append(("documents.encryption", values["documents"].encryption))
    for place, key in chosen:
        if key is None or KEY_ARN.fullmatch(key) is None:
            continue
        _, _, _, its_region, its_account, _ = key.split(":", 5)
        if (region and its_region != region) or (account and its_account != account):
            yield (
                f'{place}: "{key}" is refused; allowed is a key of this stack\'s region and account '
                f"({region}, {account})"
            )
