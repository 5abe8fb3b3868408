"""Checks that nothing is named twice: in AWS, in the engine, or in a list."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from components.settings.draft import Draft, EntryNames, Names
from components.settings.refusals import Refusal

_ONCE = "allowed is each once"


def check_names(draft: Draft, names: Names) -> Iterator[Refusal]:
    """Yield a refusal for each name that is taken already.

    Args:
        draft: What is right in the stack file.
        names: What stands in it by name.
    """
    for key, entries in _lists(draft):
        for number, entry in enumerate(entries):
            if entry.lower() in map(str.lower, entries[:number]):  # the domain of an address has no case
                yield Refusal(f"{key}[{number}]", f"it is there already, {_ONCE}", entry)
    for family in _physical(draft, names):
        for key, first in _taken(family.names, family.folded):
            allowed = f"{first} has it already, allowed is each name once"
            yield Refusal(key, allowed, family.names[key].removeprefix(_shared_prefix(key)))
    yield from _check_dead_letters(names.queues or {})
    logical = _log_groups(draft, names)
    for key, first in _taken(logical):
        group = f"makes a log group of that logical name ({logical[key]})"
        yield Refusal(key, f"{first} {group}; leave it out, or name it otherwise")


@dataclass(frozen=True, slots=True)
class _Family:
    """Names within one service.

    Attributes:
        names: The names by the keys that they are written at.
        folded: Makes names equal that the service takes for one.
    """

    names: Mapping[str, str]
    folded: Callable[[str], str] = str


@dataclass(frozen=True, slots=True)
class _Field:
    """A key of an entry that has a name.

    Attributes:
        key: The key.
        of: Returns the name.
    """

    key: str
    of: Callable[[EntryNames], str | None]


def _lists(draft: Draft) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the lists whose entries become resources, or parts of one, by their keys."""
    if draft.observability:
        yield "observability.emails", draft.observability.emails
        yield "observability.apis", draft.observability.apis
        yield "observability.functions", draft.observability.functions
    if draft.cost:
        yield "cost.notify", draft.cost.notify
    if draft.network:
        yield "network.subnetIds", draft.network.subnet_ids
        yield "network.routeTableIds", draft.network.route_table_ids
        yield "network.endpoints", draft.network.endpoints
        yield "network.waysOut", draft.network.ways_out
    for name, queue in draft.queues.items():
        yield f"queues.{name}.topics", queue.topics


def _physical(draft: Draft, names: Names) -> Iterator[_Family]:
    """Yield names that must differ; IAM alone ignores case."""

    def written(section: str, entries: Mapping[str, EntryNames] | None, *fields: _Field) -> dict[str, str]:
        return {
            f"{section}.{key}.{field.key}": name
            for field in fields
            for key, entry in (entries or {}).items()
            if (name := field.of(entry)) is not None
        }

    trail = draft.audit_trail
    groups = written("agents", names.agents, _Field("logGroup", lambda entry: entry.log_group))
    groups |= {"auditTrail.logGroup": trail.log_group} if trail else {}
    for key, entries in _groups_of_lists(draft):
        groups |= {place: f"{_shared_prefix(place)}{name}" for place, name in _once(key, entries).items()}
    trail_role = {"auditTrail.roleName": trail.role_name} if trail else {}
    buckets = {"documents.name": draft.documents.name} if draft.documents else {}
    buckets |= {"audit.name": draft.audit.name} if draft.audit else {}
    name = _Field("name", lambda entry: entry.name)
    dead_letter_name = _Field("deadLetterName", lambda entry: entry.dead_letter_name)
    role_name = _Field("roleName", lambda entry: entry.role_name)
    yield _Family(written("tables", names.tables, name))
    yield _Family(written("queues", names.queues, name, dead_letter_name))
    yield _Family(written("agents", names.agents, _Field("runtimeName", lambda entry: entry.runtime_name)))
    yield _Family(written("agents", names.agents, _Field("repository", lambda entry: entry.repository)))
    yield _Family({**written("agents", names.agents, role_name), **trail_role}, str.lower)
    yield _Family(buckets)
    yield _Family(groups)


def _groups_of_lists(draft: Draft) -> Iterator[tuple[str, Sequence[str]]]:
    if draft.observability:
        yield "observability.apis", draft.observability.apis
        yield "observability.functions", draft.observability.functions


def _shared_prefix(key: str) -> str:
    """Return what the names of log groups of a list start with, which nobody writes."""
    prefixes = {"observability.apis": "/aws/apigateway/", "observability.functions": "/aws/lambda/"}
    return prefixes.get(key.partition("[")[0], "")


def _once(key: str, entries: Sequence[str]) -> dict[str, str]:
    """Return the entries of a list by their keys, without repeated ones, as those have their line already."""
    first = {entry: number for number, entry in reversed(list(enumerate(entries)))}
    return {f"{key}[{number}]": entry for entry, number in first.items()}


def _taken(family: Mapping[str, str], folded: Callable[[str], str] = str) -> Iterator[tuple[str, str]]:
    """Yield each key whose name an earlier one has, and that one."""
    keys: dict[str, list[str]] = {}
    for key, name in family.items():
        keys.setdefault(folded(name), []).append(key)
    for first, *later in keys.values():
        for key in later:
            yield key, first


def _check_dead_letters(queues: Mapping[str, object]) -> Iterator[Refusal]:
    """Check that no queue has the logical name of a dead-letter queue, which ends in -dlq."""
    for key in queues:
        source = key.removesuffix("-dlq")
        if source != key and source in queues:
            allowed = (
                f"the dead-letter queue of queues.{source} has that logical name; name this one otherwise"
            )
            yield Refusal(f"queues.{key}", allowed)


def _log_groups(draft: Draft, names: Names) -> dict[str, str]:
    """Return logical names of log groups, by the keys that they are made of."""
    if not draft.observability:
        return {}
    apis = _once("observability.apis", draft.observability.apis)
    functions = _once("observability.functions", draft.observability.functions)
    return {
        **{f"agents.{agent}": f"{agent}-logs" for agent in names.agents or {}},
        **{key: f"{name}-access-logs" for key, name in apis.items()},
        **{key: f"{name}-logs" for key, name in functions.items()},
    }
