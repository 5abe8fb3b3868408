"""`mapping.yaml`: what a person decides about resources that cannot be told by themselves; it is committed.

- urn: urn:pulumi:production::...
  id: the live one's import id
- urn: urn:pulumi:production::...
  create: why there is none yet and the first update shall make it
- urn: urn:pulumi:production::...
  skip: why it stays out of the state
- urn: "*$aws:cloudwatch/metricAlarm:MetricAlarm::*"
  create: why the first update shall make those of them that are absent
- urn: "*"
  ours: why a tag that names another tool is wrong (ManagedBy=terraform, where nobody ever applied any)
- urn: "*$aws:dynamodb/table:Table::*"
  change: {pointInTimeRecovery: why the first update may change this in place, after the adoption}
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from toolkit import strict_yaml
from toolkit.adopt.candidates import near
from toolkit.adopt.model import Difference, Found
from toolkit.adopt.provider_facts import update
from toolkit.engine.urn import Urn, find_urn
from toolkit.errors import UNABLE, CommandError
from toolkit.suggestions import nearest

_HEAD = "# What a person decided; the form stands in toolkit/adopt/mapping.py.\n"
_DECISIONS = ("id", "create", "skip", "ours")
_MEANT = {"id": "the id", "urn": "that of what is declared, as `tms adopt resolve` lists it"}
_FEW = 20  # candidates that a person is shown
# Both forms of a queue's URL: https://docs.aws.amazon.com/general/latest/gr/sqs-service.html
_QUEUE = re.compile(r"https?://(?:sqs\.([a-z0-9-]+)|([a-z0-9-]+)\.queue)\.")


def _faults(index: int, entry: Any, urns: set[str], seen: set[str]) -> list[str]:  # noqa: ANN401 - YAML holds anything
    """Say what is wrong with one entry."""
    if not isinstance(entry, dict):
        return [f"entry {index} is no mapping of urn and id, create, skip, ours or change"]
    given = [key for key in _DECISIONS if key in entry]
    other = sorted(set(map(str, entry)) - {"urn", "change", *_DECISIONS})
    found = [
        f"entry {index}: {one} is no key of it; allowed are urn, change and one of id, create, skip, ours"
        for one in other
    ]
    if "change" in entry:
        return found + _faults_of_change(index, entry, given, urns)
    if len(given) != 1:
        found.append(
            f"entry {index} needs exactly one of id, create, skip, ours; it has {', '.join(given) or 'none'}"
        )
    found += [
        f"entry {index}: {key} {fault}"
        for key in (*given, "urn")
        if (fault := _no_text(entry.get(key), _MEANT.get(key, "the reason")))
    ]
    if not isinstance(entry.get("urn"), str):
        return found
    if _patterned(entry):
        return found + _faults_of_pattern(index, entry, given, urns)
    return found + _faults_of_urn(index, entry, urns, seen)


def _faults_of_urn(index: int, entry: Mapping[str, Any], urns: set[str], seen: set[str]) -> list[str]:
    """Say what is wrong with the URN of an entry that speaks of one resource."""
    urn = entry["urn"]
    if "ours" in entry and urn in urns:  # which may stand beside the id
        return []
    again = urn in seen
    seen.add(urn)
    if urn not in urns:
        return [f"entry {index}: {urn} is not declared by the program, nor in the state{_near(urn, urns)}"]
    return [f"entry {index}: {urn} stands twice"] if again else []


def _near(urn: str, urns: set[str]) -> str:
    suggestion = nearest(urn, urns)
    return f"; perhaps it is {suggestion}" if suggestion else f"; allowed is {_MEANT['urn']}"


def _no_text(value: object, what: str) -> str:
    """Say what is wrong with what must be a text; empty if nothing is."""
    if value is None or value == "" or (isinstance(value, str) and not value.strip()):
        return f"is empty; write {what}"
    return "" if isinstance(value, str) else f"is {value!r} and must be a text, in quotes: {what}"


def _faults_of_change(index: int, entry: Mapping[str, Any], given: list[str], urns: set[str]) -> list[str]:
    """Say what is wrong with an entry that agrees to changes; its URN may hold `*`."""
    changes = entry["change"]
    found = [f"entry {index}: change stands alone, without {one}" for one in given]
    if not isinstance(changes, dict) or not changes:
        return [*found, f"entry {index}: change is no mapping of property and reason"]
    found += [
        f"entry {index}: change.{path} {fault}"
        for path, reason in changes.items()
        if (fault := _no_text(reason, "the reason"))
    ]
    found += [
        f"entry {index}: {path!r} is no property; write its name under change"
        for path in changes
        if not isinstance(path, str)
    ]
    if fault := _no_text(entry.get("urn"), _MEANT["urn"]):
        return [*found, f"entry {index}: urn {fault}"]
    return found + _faults_of_pattern(index, entry, [], urns)


def _patterned(entry: Mapping[str, Any]) -> bool:
    return "*" in str(entry.get("urn"))


def _faults_of_pattern(index: int, entry: Mapping[str, Any], given: list[str], urns: set[str]) -> list[str]:
    """Say what is wrong with the URN of an entry that speaks of many; what is there is decided one by one."""
    found = [
        f"entry {index}: {one} is for one URN, without *; allowed with * are change, create and ours"
        for one in given
        if one not in ("create", "ours")
    ]
    if not any(fnmatchcase(urn, str(entry.get("urn"))) for urn in urns):
        found.append(f"entry {index}: {entry.get('urn')} matches nothing that the program declares")
    return found


def read(file: Path, urns: Iterable[str], region: str) -> list[Mapping[str, Any]]:
    """Give the decisions by URN; the file is kept, so it speaks of what is adopted by now as well.

    Args:
        file: The file.
        urns: What is declared or in the state.
        region: Where the stack lives.

    Raises:
        CommandError: The file is wrong; the message has every fault.
    """
    if not file.exists():
        return []
    given = strict_yaml.read(file) or []
    if not isinstance(given, list):
        raise CommandError(
            UNABLE, f"{file}: it must be a list of entries with urn and id, create, skip, ours or change"
        )
    known, seen = set(urns), set[str]()
    faults = [one for index, entry in enumerate(given, 1) for one in _faults(index, entry, known, seen)]
    faults += _twice(given) + _elsewhere(given, region)
    if faults:
        raise CommandError(UNABLE, "; ".join(f"{file}: {one}" for one in faults))
    return given


def _twice(given: list[Any]) -> list[str]:
    """Say which id is given to two resources of one type."""
    pairs: dict[tuple[str, str], int] = {}
    found: list[str] = []
    for index, entry in enumerate(given, 1):
        if not isinstance(entry, dict) or "id" not in entry:
            continue
        urn = find_urn(str(entry.get("urn")))
        first = pairs.setdefault((urn.type if urn else "", str(entry.get("id"))), index)
        if first != index:
            found.append(f"entry {index} has the id of entry {first}: one live resource cannot be two")
    return found


def _elsewhere(given: list[Any], region: str) -> list[str]:
    """Say which id is the URL of a queue in another region, where the provider would find none."""
    found: list[str] = []
    for index, entry in enumerate(given, 1):
        url = _QUEUE.match(str(entry.get("id"))) if isinstance(entry, dict) else None
        if url and (url[1] or url[2]) != region:
            found.append(
                f"entry {index}: id {entry['id']} is in {url[1] or url[2]}; allowed are queues of {region}, "
                "the stack's aws:region"
            )
    return found


def ids(decisions: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Give the ids that a person gave, by URN."""
    return {entry["urn"]: entry["id"] for entry in decisions if "id" in entry}


def ours(decisions: Iterable[Mapping[str, Any]], urns: Iterable[str]) -> set[str]:
    """Give the URNs of which a person said that they are ours whatever a tag says."""
    patterns = [str(entry["urn"]) for entry in decisions if "ours" in entry]
    return {urn for urn in urns if any(fnmatchcase(urn, one) for one in patterns)}


def decide(found: Iterable[Found], decisions: Iterable[Mapping[str, Any]]) -> None:
    """Put the decisions on what was found."""
    entries = list(decisions)
    for one in found:
        one.agreed = _changes(one.target.urn, entries)
        for entry in entries:
            if entry["urn"] == one.target.urn:
                for key in ("create", "skip"):
                    if key in entry:
                        one.decision, one.detail = key, entry[key]


def _changes(urn: str, decisions: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Give why a person lets the first update change which property of a resource.

    What an update of its type does beside what it changes is agreed to for this one, or not at all.
    """
    alone = bool(update(Urn.parse(urn).type))
    return {
        path: why
        for entry in decisions
        if fnmatchcase(urn, entry["urn"]) and not (alone and _patterned(entry))
        for path, why in entry.get("change", {}).items()
    }


def create_absent(found: Iterable[Found], decisions: Iterable[Mapping[str, Any]]) -> None:
    """Put the decisions to create whatever is absent on what turned out to be; one by its URN goes first."""
    patterns = [one for one in decisions if "create" in one and _patterned(one)]
    for one in undecided(found):
        for entry in patterns:
            if one.status == "absent" and fnmatchcase(one.target.urn, entry["urn"]):
                one.decision, one.detail = "create", entry["create"]


def agree(difference: Difference, agreed: Mapping[str, str]) -> Difference:
    """Put a person's reason on a difference; what is not changed in place is never agreed to."""
    reasons = [
        reason
        for path, reason in agreed.items()
        if difference.path == path or difference.path.startswith((f"{path}.", f"{path}["))
    ]
    return replace(difference, agreed=reasons[0]) if reasons and agreeable(difference) else difference


def decided(difference: Difference, decisions: Iterable[Mapping[str, Any]]) -> Difference:
    """Put on a difference the reason for which a person lets the first update make it, if one does."""
    if difference.consequence == "created":
        meant = [one for one in decisions if "create" in one and fnmatchcase(difference.urn, one["urn"])]
        return replace(difference, agreed=str(meant[0]["create"])) if meant else difference
    return agree(difference, _changes(difference.urn, decisions))


def agreeable(difference: Difference) -> bool:
    """Say whether a person may let the first update make a change."""
    in_place = difference.consequence in ("updated in place", "cannot be read back")
    return not difference.stops and (in_place or difference.cause in ("default never read", "not read back"))


def undecided(found: Iterable[Found]) -> list[Found]:
    """Give what a person must decide; what is unknown, or somebody else's, is no decision but a fault."""
    return [
        one for one in found if one.decision == "import" and one.status in ("open", "absent", "ambiguous")
    ]


def propose(file: Path, found: Collection[Found]) -> None:
    """Add what is open to the file, commented out for a person to decide."""
    open_ones = undecided(found)
    if not open_ones:
        return
    known = file.read_text(encoding="utf-8") if file.exists() else _HEAD
    wholly = _wholly_absent(found)
    added = [
        f'# - urn: "*${kind}::*"\n#   # absent, all {count} of them\n#   create: \n'
        for kind, count in wholly.items()
        if f'"*${kind}::*"' not in known
    ]
    added += [
        f"# - urn: {one.target.urn}\n#   # {one.status}: {one.detail}\n{_candidates(one)}#   id: \n"
        for one in open_ones
        if one.target.urn not in known and one.target.type not in wholly
    ]
    if added:
        file.write_text(known + "".join(added), encoding="utf-8")


def _wholly_absent(found: Iterable[Found]) -> dict[str, int]:
    """Give the types of which several are declared and nothing is there that has nearly their names."""
    by_type: dict[str, list[Found]] = {}
    for one in found:
        by_type.setdefault(one.target.type, []).append(one)
    return {
        kind: len(all_of)
        for kind, all_of in by_type.items()
        if len(all_of) > 1
        and {(one.status, one.decision) for one in all_of} == {("absent", "import")}
        and not any(map(near, all_of))
    }


def _candidates(one: Found) -> str:
    named = f"#   # if it is one of these, write its name into {one.named_by}\n" if one.named_by else ""
    return "".join(f"#   # candidate {each.id}: {each.detail}\n" for each in one.candidates[:_FEW]) + named
