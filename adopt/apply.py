"""The import itself: only what was rehearsed, in batches that the state judges, with a way back."""

import json
import os
import re
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from adopt import guards
from adopt.model import DIFFERENCES, MOVED, PARTIAL, Difference, Plan, Stop
from adopt.progress import Progress
from adopt.steps import Adoption

_BATCH = 50
# As Go's net package and botocore say that there is no way to AWS
_UNREACHABLE = re.compile(
    r"connection (was closed|reset|refused)|could not connect|no such host|i/o timeout|unreachable",
    re.IGNORECASE,
)


class Journal:
    """What was done, one JSON object a line; each is on the disk before the next thing happens."""

    def __init__(self, file: Path) -> None:
        """Append to a file.

        Raises:
            Stop: It cannot be written; nothing was imported.
        """
        self.file = file
        self.write(event="opened")

    def write(self, **fields: object) -> None:
        """Add an entry."""
        line = json.dumps({"time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **fields})
        try:
            with self.file.open("a", encoding="utf-8") as out:
                out.write(f"{line}\n")
                out.flush()
                os.fsync(out.fileno())
        except OSError as error:
            raise Stop(
                MOVED, f"{self.file} cannot be written ({error.strerror}): make room, then apply again"
            ) from error


@contextmanager
def _alone(adoption: Adoption) -> Generator[None]:
    try:
        with FileLock(adoption.work / "apply.lock", timeout=0):
            yield
    except Timeout as error:
        raise Stop(MOVED, f"another apply of {adoption.engine.stack} is running: wait for it") from error


def _rehearsal(adoption: Adoption) -> dict[str, Any]:
    """Give what the last rehearsal found.

    Raises:
        Stop: There is none, or it was not clean.
    """
    file = adoption.work / "rehearsal.json"
    again = f"`tms adopt rehearse --stack {adoption.engine.stack}`"
    if not file.exists():
        raise Stop(DIFFERENCES, f"nothing was rehearsed yet: {again}")
    said = json.loads(file.read_text())
    if not said["clean"]:
        raise Stop(DIFFERENCES, f"the rehearsal was not clean: mend what it names, then {again}")
    return said


def _unchanged(adoption: Adoption, plan: Plan, rehearsed: Mapping[str, str]) -> None:
    """Demand that this is exactly what was rehearsed.

    Raises:
        Stop: Something has changed since; the message says what.
    """
    now = adoption.fingerprint(plan)
    lost = {
        one.target.urn: one.status for one in plan.found if one.decision == "import" and one.status != "found"
    }
    # What is gone comes first: others may differ for no other reason
    changed = sorted(
        (urn for urn in now if now[urn] != rehearsed.get(urn)),
        key=lambda urn: (urn not in lost, urn),
    )
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        gone = f" (it is {lost[changed[0]]} now)" if changed[0] in lost else ""
        raise Stop(
            MOVED,
            f"{changed[0]}{more}: program, mapping or live resource changed since the rehearsal{gone}: "
            f"`tms adopt rehearse --stack {adoption.engine.stack}`",
        )


def _urns(state: Mapping[str, Any]) -> set[str]:
    return {one["urn"] for one in state["deployment"].get("resources") or []}


def _backup(adoption: Adoption, state: Mapping[str, Any]) -> Path:
    file = adoption.work / f"backup-{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}-{os.getpid()}.json"
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(state, out)
    return file


def apply(adoption: Adoption) -> int:
    """Import what was rehearsed and is not in the state yet; give how many resources came in.

    What there is is read again under the lock, so that the plan is of a state that no other apply changes.

    Raises:
        Stop: Not rehearsed, the state has moved, another apply runs, or some could not be imported.
    """
    with _alone(adoption):
        said = _rehearsal(adoption)
        plan = adoption.again(said["ids"])
        state = adoption.engine.export()
        before = _urns(state)
        wanted = {one.target.urn for one in plan.found if one.decision == "import"} - before
        if not wanted:
            return 0
        _unchanged(adoption, plan, said["fingerprint"])
        journal = Journal(adoption.work / "journal.jsonl")
        journal.write(event="backup", file=_backup(adoption, state).name, wanted=len(wanted))
        with adoption.bars.bar("imported", len(wanted)) as progress:
            failures = _all_batches(adoption, plan, journal, progress)
        after = _urns(adoption.engine.export())
        journal.write(event="done", imported=len(after - before), state=_fingerprint(adoption))
        left = wanted - after
        if left:
            first = min(left)
            raise Stop(
                PARTIAL,
                f"{len(wanted) - len(left)} imported, {len(left)} not, first {first}: "
                f"{failures.get(first, 'the engine gave no reason')}; mend it, rehearse and apply again",
            )
        return len(wanted)


def _all_batches(adoption: Adoption, plan: Plan, journal: Journal, progress: Progress) -> dict[str, str]:
    """Import batch after batch; what a batch did not bring in is tried one by one."""
    failures = dict[str, str]()
    names = {str(one.target.entry["name"]): one.target.urn for one in plan.found}
    (_, components), *rest = adoption.batches(plan)
    _import(adoption, [], components, progress, protect=False)
    for protect, resources in rest:
        for start in range(0, len(resources), _BATCH):
            batch = resources[start : start + _BATCH]
            reason = _import(adoption, components, batch, progress, protect=protect)
            held = _urns(adoption.engine.export())
            missing = [one for one in batch if names[one["name"]] not in held]
            journal.write(
                event="batch", protect=protect, size=len(batch), missing=len(missing), reason=reason
            )
            said = ""
            for one in missing if reason else ():
                if not _UNREACHABLE.search(said):  # without a network each would wait for nothing
                    said = _import(adoption, components, [one], progress, protect=protect)
                failures[names[one["name"]]] = said
                journal.write(event="single", urn=names[one["name"]], reason=said)
    return failures


def _import(
    adoption: Adoption,
    components: list[dict[str, Any]],
    batch: list[dict[str, Any]],
    progress: Progress,
    *,
    protect: bool,
) -> str:
    """Import a batch without what the state has: an import of that again may fail, for ids that change."""
    there = {(one["type"], one["urn"].rpartition("::")[2]) for one in _resources(adoption)}
    new = [one for one in batch if (one["type"], one.get("logicalName") or one["name"]) not in there]
    if not new:
        return ""
    reason = adoption.engine.imports([*components, *new], adoption.parents, progress, protect=protect)
    if "currently locked" in reason:
        raise guards.locked(adoption.engine.stack, "by a run that began after this one")
    return reason


def _resources(adoption: Adoption) -> list[dict[str, Any]]:
    return adoption.engine.export()["deployment"].get("resources") or []


def _fingerprint(adoption: Adoption) -> str:
    """Give what tells one state from another: every resource with its id."""
    return json.dumps(sorted((one["urn"], str(one.get("id"))) for one in _resources(adoption)))


def prove(adoption: Adoption) -> list[Difference]:
    """Preview the stack itself: give all that is not the same, protect, parent and provider included."""
    adoption.guard()
    return adoption.explain(adoption.engine.steps(), set())


def undo(adoption: Adoption) -> Path:
    """Put the state back as it was before the last apply; AWS is not touched.

    Raises:
        Stop: There is nothing to put back, or the state is not as that apply left it.
    """
    with _alone(adoption):
        adoption.guard()
        file = adoption.work / "journal.jsonl"
        lines = [json.loads(one) for one in file.read_text().splitlines()] if file.exists() else []
        backups = [one for one in lines if one["event"] == "backup"]
        done = [one for one in lines if one["event"] == "done"]
        if not backups or not done:
            raise Stop(MOVED, "no finished apply is in the journal: there is nothing to undo")
        if done[-1]["state"] != _fingerprint(adoption):
            raise Stop(MOVED, "the state has changed since that apply, so putting it back would lose that")
        backup = adoption.work / backups[-1]["file"]
        adoption.engine.succeed("stack", "import", "--file", str(backup))
        Journal(file).write(event="undone", file=backup.name)
        return backup
