"""`mapping.yaml`: what a person decides about resources that cannot be told by themselves; it is committed.

- urn: urn:pulumi:production::...
  id: the live one's import id
- urn: urn:pulumi:production::...
  create: why there is none yet and the first update shall make it
- urn: urn:pulumi:production::...
  skip: why it stays out of the state
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from adopt.model import USAGE, Found, Stop

_HEAD = "# What a person decided; the form stands in adopt/mapping.py.\n"
_DECISIONS = ("id", "create", "skip")


def _faults(index: int, entry: Any, urns: set[str], seen: set[str]) -> list[str]:  # noqa: ANN401 - YAML holds anything
    """Say what is wrong with one entry."""
    if not isinstance(entry, dict):
        return [f"entry {index} is no mapping of urn and id, create or skip"]
    given = [key for key in _DECISIONS if key in entry]
    other = sorted(set(map(str, entry)) - {"urn", *_DECISIONS})
    found = [
        f"entry {index}: {one} is no key of it; allowed are urn and one of id, create, skip" for one in other
    ]
    if len(given) != 1:
        found.append(
            f"entry {index} needs exactly one of id, create, skip; it has {', '.join(given) or 'none'}"
        )
    found += [
        f"entry {index}: {key} is empty; write {'the id' if key == 'id' else 'the reason'}"
        for key in given
        if not isinstance(entry[key], str) or not entry[key].strip()
    ]
    urn = entry.get("urn")
    if urn not in urns:
        found.append(f"entry {index}: {urn} is not declared by the program, nor is it in the state")
    elif urn in seen:
        found.append(f"entry {index}: {urn} stands twice")
    seen.add(str(urn))
    return found


def read(file: Path, urns: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """Give the decisions by URN; the file is kept, so it speaks of what is adopted by now as well.

    Raises:
        Stop: The file is wrong; the message has every fault.
    """
    if not file.exists():
        return {}
    try:
        given = yaml.safe_load(file.read_text(encoding="utf-8")) or []
    except (yaml.YAMLError, UnicodeError, RecursionError) as error:
        raise Stop(USAGE, f"{file}: it is not YAML ({str(error).splitlines()[0]})") from error
    if not isinstance(given, list):
        raise Stop(USAGE, f"{file}: it must be a list of entries with urn and id, create or skip")
    known, seen = set(urns), set[str]()
    faults = [one for index, entry in enumerate(given, 1) for one in _faults(index, entry, known, seen)]
    faults += _twice(given)
    if faults:
        raise Stop(USAGE, "; ".join(f"{file}: {one}" for one in faults))
    return {entry["urn"]: entry for entry in given}


def _twice(given: list[Any]) -> list[str]:
    """Say which id is given to two resources of one type."""
    pairs: dict[tuple[str, str], int] = {}
    found: list[str] = []
    for index, entry in enumerate(given, 1):
        if not isinstance(entry, dict) or "id" not in entry:
            continue
        kind = str(entry.get("urn")).split("::")[2] if str(entry.get("urn")).count("::") > 1 else ""
        first = pairs.setdefault((kind.rpartition("$")[2], str(entry.get("id"))), index)
        if first != index:
            found.append(f"entry {index} has the id of entry {first}: one live resource cannot be two")
    return found


def decide(found: Iterable[Found], decisions: Mapping[str, Mapping[str, str]]) -> None:
    """Put the decisions on what was found."""
    for one in found:
        given = decisions.get(one.target.urn, {})
        if "id" in given:
            one.id, one.detail = given["id"], ""
        for key in ("create", "skip"):
            if key in given:
                one.decision, one.detail = key, given[key]  # pyright: ignore[reportAttributeAccessIssue]


def propose(file: Path, found: Iterable[Found]) -> int:
    """Add what is open to the file, commented out for a person to decide; give how many there are."""
    open_ones = [one for one in found if one.decision == "import" and one.status in ("open", "absent")]
    if not open_ones:
        return 0
    known = file.read_text(encoding="utf-8") if file.exists() else _HEAD
    added = [
        f"# - urn: {one.target.urn}\n#   # {one.status}: {one.detail}\n#   id: \n"
        for one in open_ones
        if one.target.urn not in known
    ]
    if added:
        file.write_text(known + "".join(added), encoding="utf-8")
    return len(open_ones)
