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
from toolkit.adopt.rehearse import fingerprint
from toolkit.adopt.workflow import Adoption
from toolkit.engine.urn import Urn
from toolkit.engine.values import without_ciphertext
from toolkit.errors import CommandError

_NAME = "rehearsal.json"
_SOURCES = frozenset([".py", ".yaml", ".yml", ".json", ".toml"])


def keep(adoption: Adoption, plan: Plan, document: Mapping[str, Any], files: Mapping[str, str]) -> None:
    """Keep a rehearsal for the import that may follow it.

    Args:
        adoption: The stack that was rehearsed.
        plan: What was found, and what differs.
        document: The same as a document.
        files: `sources` from before the rehearsal began: what was edited meanwhile was not rehearsed.
    """
    content = {
        "clean": document["verdict"]["code"] == 0,
        "id": secrets.token_hex(8),
        "versions": adoption.versions(),
        "program": files,
        "resources_rest_on": fingerprint(adoption, plan),
        "state": hashes(adoption.held),
        "ids": {value.target.urn: value.id for value in plan.found if value.id},
        **{key: value for key, value in document.items() if key != "versions"},
    }
    replace(adoption.work / _NAME, json.dumps(content, indent=1, default=str))


def read(adoption: Adoption) -> dict[str, Any]:
    """Return the last rehearsal.

    Raises:
        CommandError: There is none, it was not clean, or its file is not whole.
    """
    file, again = adoption.work / _NAME, _again(adoption)
    if not file.exists():
        raise CommandError(DIFFERENCES, f"nothing was rehearsed yet: {again}")
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        clean = content["clean"]
        whole = {"id", "versions", "program", "resources_rest_on", "state", "ids"} <= content.keys()
    except (ValueError, LookupError, TypeError, AttributeError):
        clean, whole, content = True, False, {}
    if not whole:
        raise CommandError(DIFFERENCES, f"{file} is not what a rehearsal writes, whole: {again}")
    if not clean:
        raise CommandError(DIFFERENCES, f"the rehearsal was not clean: mend what it names, then {again}")
    return content


def unchanged(adoption: Adoption, plan: Plan, rehearsed: Mapping[str, Any], begun: Collection[str]) -> None:
    """Raise unless everything is exactly as it was rehearsed.

    Args:
        adoption: The stack that is to be adopted.
        plan: What is found now.
        rehearsed: The rehearsal.
        begun: URNs that an import of this very rehearsal has begun to bring in.

    Raises:
        CommandError: Something has changed since; the message says what.
    """
    changed = next(_changes(adoption, plan, rehearsed, begun), None)
    if changed:
        raise CommandError(MOVED, f"{changed} since the rehearsal: {_again(adoption)}")


def _changes(
    adoption: Adoption, plan: Plan, rehearsed: Mapping[str, Any], begun: Collection[str]
) -> Iterator[str]:
    for part, now in adoption.versions().items():
        if rehearsed["versions"].get(part) != now:
            yield f"the version of {part} was {rehearsed['versions'].get(part)}, is {now} and so changed"
    differing = moved(rehearsed["state"], hashes(adoption.held), begun)
    if differing:
        yield f"{_first(differing)}: the state of {adoption.engine.stack} has changed"
    # What is live comes before what is written: a file says less than a resource
    yield from _resources(plan, adoption, rehearsed["resources_rest_on"])
    files = sources(adoption.engine.folder)
    edited = sorted(
        file
        for file in files.keys() | rehearsed["program"].keys()
        if files.get(file) != rehearsed["program"].get(file)
    )
    if edited:
        yield f"{_first(edited)}: the program's files have changed"


def _resources(plan: Plan, adoption: Adoption, rehearsed: Mapping[str, str]) -> Iterator[str]:
    now = fingerprint(adoption, plan)
    missing = {
        resource.target.urn: resource.status
        for resource in plan.found
        if resource.decision == "import" and resource.status != "found"
    }
    present = now.keys() | {str(resource["urn"]) for resource in adoption.held}
    # What is gone comes first: others may differ for no other reason
    changed = sorted(
        {urn for urn in now if now[urn] != rehearsed.get(urn)} | (rehearsed.keys() - present),
        key=lambda urn: (urn not in missing, urn),
    )
    if changed:
        suffix = f" (it is {missing[changed[0]]} now)" if changed[0] in missing else ""
        yield f"{_first(changed)}: program, mapping or live resource changed{suffix}"


def _first(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _again(adoption: Adoption) -> str:
    return f"`tms adopt rehearse --stack {adoption.engine.stack}`"


def moved(before: Mapping[str, str], now: Mapping[str, str], begun: Collection[str]) -> list[str]:
    """Return the URNs by which a state is no longer what it was.

    Args:
        before: What it was, by URN.
        now: What it is.
        begun: What was brought in on purpose; the stack and its providers come with that.
    """
    changed = [urn for urn in before if now.get(urn) != before[urn]]
    new = [urn for urn in now if urn not in before and urn not in begun]
    return sorted(changed + [urn for urn in new if not (begun and _beside(urn))])


def _beside(urn: str) -> bool:
    return Urn.parse(urn).qualified_type.startswith(("pulumi:providers:", "pulumi:pulumi:"))


def hashes(resources: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return a hash of all that a state says of each resource, by URN; of a secret only that there is one."""
    return {str(resource["urn"]): hashed(without_ciphertext(dict(resource))) for resource in resources}


def digest(resources: Iterable[Mapping[str, Any]]) -> str:
    """Return one hash of all resources of a state."""
    return hashed(sorted(hashes(resources).items()))


def sources(folder: Path) -> dict[str, str]:
    """Return a hash of each file that a program may be made of, by its path; what is hidden is none of it.

    What a preview shows is not enough: what is computed from another resource it does not know.
    """
    hashed_files: dict[str, str] = {}
    visited: set[str] = set()
    for root, folders, files in os.walk(folder, followlinks=True):
        folders[:] = sorted(
            one
            for one in folders
            if not one.startswith((".", "__pycache__", "node_modules"))
            and not (Path(root, one) / "pyvenv.cfg").exists()
        )
        real = os.path.realpath(root)
        if real in visited:
            folders.clear()
            continue
        visited.add(real)
        for name in files:
            file = Path(root, name)
            if file.suffix in _SOURCES and not name.startswith(".") and file.is_file():
                hashed_files[str(file.relative_to(folder))] = hashlib.sha256(file.read_bytes()).hexdigest()
    return hashed_files
