"""What a rehearsal found and what it rests on: an import demands that all of that is as it was."""

import hashlib
import json
import os
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from toolkit.adopt.files import hashed, replace
from toolkit.adopt.model import DIFFERENCES, MOVED, Plan
from toolkit.adopt.workflow import Adoption
from toolkit.engine.urn import Urn
from toolkit.engine.values import without_ciphertext
from toolkit.errors import CommandError

_NAME = "rehearsal.json"
_SOURCES = frozenset([".py", ".yaml", ".yml", ".json", ".toml"])


def keep(adoption: Adoption, plan: Plan, found: Mapping[str, Any], files: Mapping[str, str]) -> None:
    """Keep a rehearsal for the import that may follow it.

    Args:
        adoption: The stack that was rehearsed.
        plan: What was found, and what differs.
        found: The same as a document.
        files: `sources` from before the rehearsal began: what was edited meanwhile was not rehearsed.
    """
    kept = {
        "clean": found["verdict"]["code"] == 0,
        "id": secrets.token_hex(8),
        "versions": adoption.versions(),
        "program": files,
        "resources_rest_on": adoption.fingerprint(plan),
        "state": hashes(adoption.held),
        "ids": {one.target.urn: one.id for one in plan.found if one.id},
        **{key: one for key, one in found.items() if key != "versions"},
    }
    replace(adoption.work / _NAME, json.dumps(kept, indent=1, default=str))


def read(adoption: Adoption) -> dict[str, Any]:
    """Give the last rehearsal.

    Raises:
        CommandError: There is none, it was not clean, or its file is not whole.
    """
    file, again = adoption.work / _NAME, _again(adoption)
    if not file.exists():
        raise CommandError(DIFFERENCES, f"nothing was rehearsed yet: {again}")
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        clean = said["clean"]
        whole = {"id", "versions", "program", "resources_rest_on", "state", "ids"} <= said.keys()
    except (ValueError, LookupError, TypeError, AttributeError):
        clean, whole, said = True, False, {}
    if not whole:
        raise CommandError(DIFFERENCES, f"{file} is not what a rehearsal writes, whole: {again}")
    if not clean:
        raise CommandError(DIFFERENCES, f"the rehearsal was not clean: mend what it names, then {again}")
    return said


def unchanged(adoption: Adoption, plan: Plan, said: Mapping[str, Any], ours: Collection[str]) -> None:
    """Demand that everything is exactly as it was rehearsed.

    Args:
        adoption: The stack that is to be adopted.
        plan: What is found now.
        said: The rehearsal.
        ours: URNs that an import of this very rehearsal has begun to bring in.

    Raises:
        CommandError: Something has changed since; the message says what.
    """
    changed = next(_changes(adoption, plan, said, ours), None)
    if changed:
        raise CommandError(MOVED, f"{changed} since the rehearsal: {_again(adoption)}")


def _changes(adoption: Adoption, plan: Plan, said: Mapping[str, Any], ours: Collection[str]) -> Iterator[str]:
    for what, now in adoption.versions().items():
        if said["versions"].get(what) != now:
            yield f"the version of {what} was {said['versions'].get(what)}, is {now} and so changed"
    gone = moved(said["state"], hashes(adoption.held), ours)
    if gone:
        yield f"{_first(gone)}: the state of {adoption.engine.stack} has changed"
    # What is live comes before what is written: a file says less than a resource
    yield from _resources(plan, adoption, said["resources_rest_on"])
    files = sources(adoption.engine.folder)
    other = sorted(
        one for one in files.keys() | said["program"].keys() if files.get(one) != said["program"].get(one)
    )
    if other:
        yield f"{_first(other)}: the program's files have changed"


def _resources(plan: Plan, adoption: Adoption, rehearsed: Mapping[str, str]) -> Iterator[str]:
    now = adoption.fingerprint(plan)
    lost = {
        one.target.urn: one.status for one in plan.found if one.decision == "import" and one.status != "found"
    }
    there = now.keys() | {str(one["urn"]) for one in adoption.held}
    # What is gone comes first: others may differ for no other reason
    changed = sorted(
        {urn for urn in now if now[urn] != rehearsed.get(urn)} | (rehearsed.keys() - there),
        key=lambda urn: (urn not in lost, urn),
    )
    if changed:
        gone = f" (it is {lost[changed[0]]} now)" if changed[0] in lost else ""
        yield f"{_first(changed)}: program, mapping or live resource changed{gone}"


def _first(every: list[str]) -> str:
    return every[0] if len(every) == 1 else f"{every[0]} and {len(every) - 1} more"


def _again(adoption: Adoption) -> str:
    return f"`tms adopt rehearse --stack {adoption.engine.stack}`"


def moved(before: Mapping[str, str], now: Mapping[str, str], ours: Collection[str]) -> list[str]:
    """Give the URNs by which a state is no longer what it was.

    Args:
        before: What it was, by URN.
        now: What it is.
        ours: What was brought in on purpose; the stack and its providers come with that.
    """
    lost = [urn for urn in before if now.get(urn) != before[urn]]
    new = [urn for urn in now if urn not in before and urn not in ours]
    return sorted(lost + [urn for urn in new if not (ours and _beside(urn))])


def _beside(urn: str) -> bool:
    return Urn.parse(urn).qualified_type.startswith(("pulumi:providers:", "pulumi:pulumi:"))


def hashes(resources: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Give a hash of all that a state says of each resource, by URN; of a secret only that there is one."""
    return {str(one["urn"]): hashed(without_ciphertext(dict(one))) for one in resources}


def digest(resources: Iterable[Mapping[str, Any]]) -> str:
    """Give one hash of all resources of a state."""
    return hashed(sorted(hashes(resources).items()))


def sources(folder: Path) -> dict[str, str]:
    """Give a hash of each file that a program may be made of, by its path; what is hidden is none of it.

    What a preview shows is not enough: what is computed from another resource it does not know.
    """
    found: dict[str, str] = {}
    seen: set[str] = set()
    for place, folders, files in os.walk(folder, followlinks=True):
        folders[:] = sorted(
            one
            for one in folders
            if not one.startswith((".", "__pycache__", "node_modules"))
            and not (Path(place, one) / "pyvenv.cfg").exists()
        )
        real = os.path.realpath(place)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        for name in files:
            file = Path(place, name)
            if file.suffix in _SOURCES and not name.startswith(".") and file.is_file():
                found[str(file.relative_to(folder))] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found
