"""Checks that nothing is named twice: in AWS, in the engine, or in a list."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from components.settings.problems import Problem

_ONCE = "allowed is each once"


def check_names(values: Mapping[str, Any], written: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    """Give a line for each name that is taken already.

    Args:
        values: The sections by field name; a refused one is None, a refused entry is left out.
        written: The mappings as they stand in the file, refused entries and all.
    """
    for place, entries in _lists(values):
        for number, entry in enumerate(entries):
            if _folded(entry) in map(_folded, entries[:number]):
                yield Problem(f"{place}[{number}]", f"it is there already, {_ONCE}", entry)
    for family, folded in _physical(values, written):
        for place, first in _taken(family, folded):
            why = f"{first} has it already, allowed is each name once"
            yield Problem(place, why, family[place].removeprefix(_shared(place)))
    yield from _dead_letters(written.get("queues", {}))
    logical = _log_groups(values, written)
    for place, first in _taken(logical):
        own = f"makes a log group of that logical name ({logical[place]})"
        yield Problem(place, f"{first} {own}; leave it out, or name it otherwise")


def _folded(entry: object) -> object:
    return entry.lower() if isinstance(entry, str) else entry  # the domain of an address has no case


def _lists(values: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[str]]]:
    """Lists whose entries become resources, or parts of one, each."""
    for section, field, key in (
        ("observability", "emails", "emails"),
        ("observability", "apis", "apis"),
        ("observability", "functions", "functions"),
        ("cost", "notify", "notify"),
        ("network", "subnet_ids", "subnetIds"),
        ("network", "route_table_ids", "routeTableIds"),
        ("network", "endpoints", "endpoints"),
        ("network", "ways_out", "waysOut"),
    ):
        if values.get(section):
            yield f"{section}.{key}", getattr(values[section], field)
    for name, queue in values["queues"].items():
        yield f"queues.{name}.topics", queue.topics


def _physical(
    values: Mapping[str, Any], written: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[dict[str, str], Callable[[str], str]]]:
    """Names within one service, by their places; IAM alone ignores case."""

    def names(section: str, *fields: str) -> dict[str, str]:
        entries = written.get(section, {}).items()
        return {
            f"{section}.{key}.{field}": entry[field]
            for field in fields
            for key, entry in entries
            if isinstance(entry, dict) and isinstance(entry.get(field), str)
        }

    trail, watching = values.get("audit_trail"), values.get("observability")
    groups = {**names("agents", "logGroup"), **({"auditTrail.logGroup": trail.log_group} if trail else {})}
    for key in ("apis", "functions") if watching else ():
        places = _once(f"observability.{key}", getattr(watching, key))
        groups |= {place: f"{_shared(place)}{name}" for place, name in places.items()}
    trail_role = {"auditTrail.roleName": trail.role_name} if trail else {}
    buckets = {f"{key}.name": values[key].name for key in ("documents", "audit") if values.get(key)}
    yield names("tables", "name"), str
    yield names("queues", "name", "deadLetterName"), str
    yield names("agents", "runtimeName"), str
    yield names("agents", "repository"), str
    yield {**names("agents", "roleName"), **trail_role}, str.lower
    yield buckets, str
    yield groups, str


def _shared(place: str) -> str:
    """Give what the names of log groups of a list start with, which nobody writes."""
    starts = {"observability.apis": "/aws/apigateway/", "observability.functions": "/aws/lambda/"}
    return starts.get(place.partition("[")[0], "")


def _once(place: str, entries: Sequence[str]) -> dict[str, str]:
    """Give the entries of a list by their places, repeated ones left out, as they have their line already."""
    first = {entry: number for number, entry in reversed(list(enumerate(entries)))}
    return {f"{place}[{number}]": entry for entry, number in first.items()}


def _taken(family: Mapping[str, str], folded: Callable[[str], str] = str) -> Iterator[tuple[str, str]]:
    """Give each place whose name an earlier one has, and that one."""
    places: dict[str, list[str]] = {}
    for place, name in family.items():
        places.setdefault(folded(name), []).append(place)
    for first, *again in places.values():
        for place in again:
            yield place, first


def _dead_letters(queues: Mapping[str, object]) -> Iterator[Problem]:
    """A queue's dead letters are in a queue of its logical name with -dlq."""
    for key in queues:
        source = key.removesuffix("-dlq")
        if source != key and source in queues:
            why = f"the dead-letter queue of queues.{source} has that logical name; name this one otherwise"
            yield Problem(f"queues.{key}", why)


def _log_groups(values: Mapping[str, Any], written: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Logical names of log groups that are watched, by the places that they are made of."""
    watching = values.get("observability")
    if not watching:
        return {}
    apis = _once("observability.apis", watching.apis)
    functions = _once("observability.functions", watching.functions)
    return {
        **{f"agents.{agent}": f"{agent}-logs" for agent in written.get("agents", {})},
        **{place: f"{name}-access-logs" for place, name in apis.items()},
        **{place: f"{name}-logs" for place, name in functions.items()},
    }
