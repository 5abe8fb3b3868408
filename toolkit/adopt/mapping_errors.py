"""Errors in `mapping.yaml`, each in one line that names the entry, the key and what is allowed."""

import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any

from toolkit.engine.urn import find_urn
from toolkit.suggestions import nearest

_DECISIONS = ("id", "create", "skip", "ours")
_MEANINGS = {"id": "the id", "urn": "that of what is declared, as `tms adopt resolve` lists it"}
# Both forms of a queue's URL: https://docs.aws.amazon.com/general/latest/gr/sqs-service.html
_QUEUE = re.compile(r"https?://(?:sqs\.([a-z0-9-]+)|([a-z0-9-]+)\.queue)\.")


def errors(entries: list[Any], urns: Iterable[str], region: str) -> list[str]:
    """Return all errors in the entries of the file.

    Args:
        entries: The entries, as YAML has them.
        urns: What is declared or in the state.
        region: The stack's region.
    """
    declared, earlier = set(urns), set[str]()
    messages = [
        message
        for index, entry in enumerate(entries, 1)
        for message in _errors(index, entry, declared, earlier)
    ]
    return messages + _shared_ids(entries) + _other_regions(entries, region)


def _errors(index: int, entry: Any, urns: set[str], earlier: set[str]) -> list[str]:  # noqa: ANN401 - YAML holds anything
    """Return the errors of one entry."""
    if not isinstance(entry, dict):
        return [f"entry {index} is no mapping of urn and id, create, skip, ours or change"]
    decision_keys = [key for key in _DECISIONS if key in entry]
    unknown = sorted(set(map(str, entry)) - {"urn", "change", *_DECISIONS})
    messages = [
        f"entry {index}: {key} is no key of it; allowed are urn, change and one of id, create, skip, ours"
        for key in unknown
    ]
    if "change" in entry:
        return messages + _change_errors(index, entry, decision_keys, urns)
    if len(decision_keys) != 1:
        messages.append(
            f"entry {index} needs exactly one of id, create, skip, ours; "
            f"it has {', '.join(decision_keys) or 'none'}"
        )
    messages += [
        f"entry {index}: {key} {error}"
        for key in (*decision_keys, "urn")
        if (error := _no_text(entry.get(key), _MEANINGS.get(key, "the reason")))
    ]
    if not isinstance(entry.get("urn"), str):
        return messages
    if has_pattern(entry):
        return messages + _pattern_errors(index, entry, decision_keys, urns)
    return messages + _urn_errors(index, entry, urns, earlier)


def _urn_errors(index: int, entry: Mapping[str, Any], urns: set[str], earlier: set[str]) -> list[str]:
    """Return the errors of the URN of an entry about one resource."""
    urn = entry["urn"]
    if "ours" in entry and urn in urns:  # which may stand beside the id
        return []
    repeated = urn in earlier
    earlier.add(urn)
    if urn not in urns:
        return [
            f"entry {index}: {urn} is not declared by the program, nor in the state{_suggestion(urn, urns)}"
        ]
    return [f"entry {index}: {urn} stands twice"] if repeated else []


def _suggestion(urn: str, urns: set[str]) -> str:
    suggestion = nearest(urn, urns)
    return f"; perhaps it is {suggestion}" if suggestion else f"; allowed is {_MEANINGS['urn']}"


def _no_text(value: object, meaning: str) -> str:
    """Return what is wrong with a value that must be a text; empty if nothing is."""
    if value is None or value == "" or (isinstance(value, str) and not value.strip()):
        return f"is empty; write {meaning}"
    return "" if isinstance(value, str) else f"is {value!r} and must be a text, in quotes: {meaning}"


def _change_errors(
    index: int, entry: Mapping[str, Any], decision_keys: list[str], urns: set[str]
) -> list[str]:
    """Return the errors of an entry that agrees to changes; its URN may have `*`."""
    changes = entry["change"]
    messages = [f"entry {index}: change stands alone, without {key}" for key in decision_keys]
    if not isinstance(changes, dict) or not changes:
        return [*messages, f"entry {index}: change is no mapping of property and reason"]
    messages += [
        f"entry {index}: change.{path} {error}"
        for path, reason in changes.items()
        if (error := _no_text(reason, "the reason"))
    ]
    messages += [
        f"entry {index}: {path!r} is no property; write its name under change"
        for path in changes
        if not isinstance(path, str)
    ]
    if error := _no_text(entry.get("urn"), _MEANINGS["urn"]):
        return [*messages, f"entry {index}: urn {error}"]
    return messages + _pattern_errors(index, entry, [], urns)


def has_pattern(entry: Mapping[str, Any]) -> bool:
    """Return whether an entry is about all resources whose URN matches a pattern."""
    return "*" in str(entry.get("urn"))


def _pattern_errors(
    index: int, entry: Mapping[str, Any], decision_keys: list[str], urns: set[str]
) -> list[str]:
    """Return the errors of an entry whose URN has `*`; ids are decided one by one."""
    messages = [
        f"entry {index}: {key} is for one URN, without *; allowed with * are change, create and ours"
        for key in decision_keys
        if key not in ("create", "ours")
    ]
    if not any(fnmatchcase(urn, str(entry.get("urn"))) for urn in urns):
        messages.append(f"entry {index}: {entry.get('urn')} matches nothing that the program declares")
    return messages


def _shared_ids(entries: list[Any]) -> list[str]:
    """Return an error for each id that two resources of one type have."""
    pairs: dict[tuple[str, str], int] = {}
    messages: list[str] = []
    for index, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or "id" not in entry:
            continue
        urn = find_urn(str(entry.get("urn")))
        first = pairs.setdefault((urn.type if urn else "", str(entry.get("id"))), index)
        if first != index:
            messages.append(f"entry {index} has the id of entry {first}: one live resource cannot be two")
    return messages


def _other_regions(entries: list[Any], region: str) -> list[str]:
    """Return an error for each id that is the URL of a queue in another region."""
    messages: list[str] = []
    for index, entry in enumerate(entries, 1):
        url = _QUEUE.match(str(entry.get("id"))) if isinstance(entry, dict) else None
        if url and (url[1] or url[2]) != region:
            messages.append(
                f"entry {index}: id {entry['id']} is in {url[1] or url[2]}; allowed are queues of {region}, "
                "the stack's aws:region"
            )
    return messages
