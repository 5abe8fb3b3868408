"""Checks across the values of one table, queue or bucket."""

from collections.abc import Iterator

from components.settings.models import Queue
from components.settings.refusals import Refusal
from components.settings.storage import Attribute, AuditBucket, DocumentsBucket, Table

GLOBAL_INDEXES = 20
LOCAL_INDEXES = 5
"""DynamoDB quotas per table: the first can be raised on request, the second cannot."""


def check_table(name: str, table: Table) -> Iterator[Refusal]:
    """Check types of attributes, keys, limits of indexes, and that the TTL attribute can expire."""
    first: dict[str, str] = {}
    for key, attribute in table.key_attributes():
        kind = first.setdefault(attribute.name, attribute.type)
        if kind != attribute.type:
            yield Refusal(
                f"tables.{name}.{key}.type",
                f"the same attribute is a {kind} elsewhere, allowed is one type per attribute",
                attribute.type,
            )
    for key, hash_key, range_key in _key_pairs(table):
        if range_key is not None and range_key.name == hash_key.name:
            yield Refusal(
                f"tables.{name}.{key}rangeKey.name",
                "it is the hash key already, allowed is another attribute",
                range_key.name,
            )
    yield from _indexes(name, table)
    yield from _expiry(name, table, first)


def _key_pairs(table: Table) -> Iterator[tuple[str, Attribute, Attribute | None]]:
    """Yield each pair of hash and range key, behind the start of the keys that it is written at."""
    yield "", table.hash_key, table.range_key
    for key, index in table.indexes.items():
        yield f"indexes.{key}.", index.hash_key, index.range_key
    for key, index in table.local_indexes.items():
        yield f"localIndexes.{key}.", table.hash_key, index.range_key


def _indexes(name: str, table: Table) -> Iterator[Refusal]:
    for key, indexes, limit in (
        ("indexes", table.indexes, GLOBAL_INDEXES),
        ("localIndexes", table.local_indexes, LOCAL_INDEXES),
    ):
        if len(indexes) > limit:
            yield Refusal(
                f"tables.{name}.{key}", f"allowed is up to {limit}", outcome=f"{len(indexes)} are refused"
            )
    if table.local_indexes and table.range_key is None:
        yield Refusal(
            f"tables.{name}.localIndexes", "allowed on tables with a rangeKey only (DynamoDB user guide)"
        )
    for index in sorted(table.indexes.keys() & table.local_indexes.keys()):
        yield Refusal(
            f"tables.{name}.localIndexes.{index}", "indexes has that name already, allowed is each name once"
        )


def _expiry(name: str, table: Table, types: dict[str, str]) -> Iterator[Refusal]:
    """Check that items expire by a number of seconds: no key of the table, no index key of another type."""
    keys = {key.name for key in (table.hash_key, table.range_key) if key is not None}
    attribute = table.ttl_attribute
    if attribute in keys or types.get(attribute or "", "N") != "N":
        yield Refusal(
            f"tables.{name}.ttlAttribute",
            "it is a key of the table, or of an index and no number; name an attribute that holds the expiry "
            "time in seconds, or remove the line",
            attribute,
        )


def check_queue(name: str, queue: Queue) -> Iterator[Refusal]:
    """Check that names and topics of a queue fit its kind."""
    for key, value in (("name", queue.name), ("deadLetterName", queue.dead_letter_name)):
        if queue.fifo and not value.endswith(".fifo"):
            yield Refusal(
                f"queues.{name}.{key}",
                "a FIFO queue's name ends in .fifo (a standard queue needs standardReason)",
                value,
            )
        if not queue.fifo and value.endswith(".fifo"):
            yield Refusal(f"queues.{name}.{key}", "a queue with standardReason has no .fifo name", value)
    if queue.high_throughput and not queue.fifo:
        yield Refusal(f"queues.{name}.highThroughput", "allowed on FIFO queues only", value=True)
    for number, topic in enumerate(queue.topics):
        if queue.fifo and not topic.endswith(".fifo"):
            yield Refusal(
                f"queues.{name}.topics[{number}]",
                "a standard topic cannot send to a FIFO queue, allowed is a topic whose name ends in .fifo",
                topic,
            )


def check_documents(documents: DocumentsBucket, account: str | None) -> Iterator[Refusal]:
    """Check that folders lie apart, as lifecycle rules go by prefix, and readers are others, each once."""
    paths = {key: prefix.path for key, prefix in documents.prefixes.items()}
    for key, path in paths.items():
        for outer_key, outer in paths.items():
            if key != outer_key and path.startswith(outer):
                yield Refusal(
                    f"documents.prefixes.{key}.path",
                    f"documents.prefixes.{outer_key}.path covers it, allowed are folders apart",
                    path,
                )
    readers: set[tuple[str, str]] = set()
    for number, reader in enumerate(documents.cross_account_readers):
        key = f"documents.crossAccountReaders[{number}]"
        if reader.prefix not in paths:
            yield Refusal(f"{key}.prefix", f"allowed is one of {', '.join(sorted(paths))}", reader.prefix)
        if reader.account_id == account:
            yield Refusal(
                f"{key}.accountId", "it is this stack's own account, allowed are others", reader.account_id
            )
        if (reader.account_id, reader.prefix) in readers:
            yield Refusal(key, "it is in the list already, allowed is each account and prefix once")
        readers.add((reader.account_id, reader.prefix))


def check_audit(audit: AuditBucket) -> Iterator[Refusal]:
    """Check that logs move before they go: S3 refuses a rule that has it the other way round."""
    if audit.expire_after_days <= audit.glacier_after_days:
        yield Refusal(
            "audit.expireAfterDays",
            f"allowed is more than glacierAfterDays ({audit.glacier_after_days})",
            audit.expire_after_days,
        )
