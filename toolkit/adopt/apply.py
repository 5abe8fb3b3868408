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

from toolkit.adopt import mapping, preconditions, rehearsal, rehearse
from toolkit.adopt.journal import Journal
from toolkit.adopt.model import DIFFERENCES, MOVED, PARTIAL, Difference, Plan
from toolkit.adopt.workflow import Adoption
from toolkit.engine.client import met_a_lock
from toolkit.engine.errors import reason
from toolkit.engine.urn import Urn
from toolkit.errors import CommandError
from toolkit.progress import Progress

_BATCH = 50
# As Go's net package and botocore say that there is no way to AWS
_UNREACHABLE = re.compile(
    r"connection (was closed|reset|refused)|could not connect|no such host|i/o timeout|unreachable",
    re.IGNORECASE,
)


@contextmanager
def _alone(adoption: Adoption) -> Generator[None]:
    adoption.work.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(adoption.work / "apply.lock", timeout=0):
            yield
    except Timeout as error:
        raise CommandError(
            MOVED, f"another apply of {adoption.engine.stack} is running: wait for it"
        ) from error


def _journal(adoption: Adoption) -> Journal:
    return Journal(adoption.work / "journal.jsonl")


def _urns(resources: list[dict[str, Any]]) -> set[str]:
    return {resource["urn"] for resource in resources}


def _backup(adoption: Adoption, state: Mapping[str, Any]) -> Path:
    stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime())
    file = adoption.work / f"backup-{stamp}-{os.getpid()}.json"
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(state, out)
        out.flush()
        os.fsync(out.fileno())
    return file


def apply(adoption: Adoption) -> int:
    """Import what was rehearsed and is not in the state yet; return how many resources came in.

    What there is is read again under the lock, so that the plan is of a state that no other apply changes.

    Raises:
        CommandError: Not rehearsed, something has moved since, another apply runs, or an import failed.
    """
    with _alone(adoption):
        rehearsed = rehearsal.read(adoption)
        plan = adoption.again(rehearsed["ids"])
        expected = {resource.target.urn for resource in plan.found if resource.decision == "import"}
        if not expected:
            return 0
        journal = _journal(adoption)
        rehearsal.unchanged(adoption, plan, rehearsed, journal.ours(rehearsed["id"]))
        state = adoption.engine.export()
        before = state["deployment"].get("resources") or []
        if rehearsal.digest(before) != rehearsal.digest(adoption.held):
            raise CommandError(
                MOVED, "the state changed while this began: see who else works on the stack, then again"
            )
        journal.write(
            event="backup",
            file=_backup(adoption, state).name,
            rehearsal=rehearsed["id"],
            wanted=len(expected),
        )
        try:
            with adoption.bars.bar("imported", len(expected)) as progress:
                failures = _all_batches(adoption, plan, journal, progress)
        except KeyboardInterrupt:
            journal.write(event="interrupted")
            raise
        after = _resources(adoption)
        missing = expected - _urns(after)
        journal.write(event="done", imported=len(expected) - len(missing), state=rehearsal.digest(after))
        if missing:
            first = min(missing)
            raise CommandError(
                PARTIAL,
                f"{len(expected) - len(missing)} imported, {len(missing)} not, first {first}: "
                f"{failures.get(first, 'the engine gave no reason')}",
                "mend it, rehearse and apply again",
            )
        return len(expected)


def _all_batches(adoption: Adoption, plan: Plan, journal: Journal, progress: Progress) -> dict[str, str]:
    """Import batch after batch; what a batch did not bring in is tried one by one."""
    failures = dict[str, str]()
    names = {str(entry.entry["name"]): entry.urn for entry in adoption.targets}
    (_, components), *batches = rehearse.batches(adoption, plan)

    def import_of(batch: list[dict[str, Any]], *, protect: bool) -> str:
        journal.write(event="importing", urns=[names[str(entry["name"])] for entry in (*components, *batch)])
        return _import(adoption, components, batch, progress, protect=protect)

    import_of([], protect=False)
    for protect, resources in batches:
        for start in range(0, len(resources), _BATCH):
            batch = resources[start : start + _BATCH]
            refused = import_of(batch, protect=protect)
            present = _urns(_resources(adoption))
            missing = [entry for entry in batch if names[entry["name"]] not in present]
            journal.write(
                event="batch", protect=protect, size=len(batch), missing=len(missing), reason=refused
            )
            failure = ""
            for entry in missing if refused else ():
                if not _UNREACHABLE.search(failure):  # without a network each would wait for nothing
                    failure = import_of([entry], protect=protect)
                failures[names[entry["name"]]] = failure
                journal.write(event="single", urn=names[entry["name"]], reason=failure)
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
    present = {(entry["type"], Urn.parse(entry["urn"]).name) for entry in _resources(adoption)}
    candidates = batch or components
    new = [
        entry
        for entry in candidates
        if (entry["type"], entry.get("logicalName") or entry["name"]) not in present
    ]
    if not new:
        return ""
    entries = [*components, *new] if batch else new
    result = adoption.engine.import_resources(entries, adoption.parents, progress, protect=protect)
    if result is None or not result.code:
        return ""
    if met_a_lock(result):
        raise preconditions.locked(adoption.engine.stack, "by a run that began after this one")
    return reason(result)


def _resources(adoption: Adoption) -> list[dict[str, Any]]:
    return adoption.engine.export()["deployment"].get("resources") or []


def prove(adoption: Adoption) -> list[Difference]:
    """Preview the stack itself: give all that is not the same, protect, parent and provider included.

    What a person agreed to, or has created by the first update, is given with the reason.

    Raises:
        CommandError: Nothing was adopted yet.
    """
    adoption.guard()
    if not any(step.get("id") for step in adoption.held):
        name = adoption.engine.stack
        raise CommandError(
            DIFFERENCES,
            f"the state of {name} has no resource yet, so there is nothing to prove: "
            f"`tms adopt run --stack {name}` says what comes before",
        )
    steps = adoption.engine.preview("--show-sames")
    decisions = mapping.read(adoption.mapping, [str(step["urn"]) for step in steps], adoption.account.region)
    return [mapping.decided(step, decisions) for step in rehearse.explain(adoption, steps, set())]


def undo(adoption: Adoption) -> Path:
    """Put the state back as it was before the last apply, whole or not; AWS is not touched.

    Raises:
        CommandError: There is nothing to put back, or the state is not as that apply left it.
    """
    with _alone(adoption):
        adoption.guard()
        journal = _journal(adoption)
        runs = journal.runs()
        standing = [run for run in runs if not run.undone]
        if not standing:
            message = "every apply of the journal was undone" if runs else "no apply is in the journal"
            raise CommandError(MOVED, f"{message}: there is nothing to undo")
        backup = adoption.work / standing[-1].backup
        was = rehearsal.hashes(_backed_up(backup))
        if (
            standing[-1].done is None
        ):  # it was killed: it left what it had begun to bring in, and nothing else
            moved = rehearsal.moved(was, rehearsal.hashes(adoption.held), standing[-1].ours)
        else:
            moved = [] if standing[-1].done == rehearsal.digest(adoption.held) else ["the state"]
        if moved:
            raise CommandError(
                MOVED,
                f"{moved[0]} has changed since that apply, so putting the state back would lose that: "
                f"`pulumi stack export --stack {adoption.engine.stack}` shows it, {backup} is what it was",
            )
        adoption.engine.succeed("stack", "import", "--file", str(backup))
        journal.write(event="undone", file=backup.name)
        return backup


def _backed_up(file: Path) -> list[dict[str, Any]]:
    """Return the resources of a backup.

    Raises:
        CommandError: It is not there or not whole.
    """
    try:
        return json.loads(file.read_text(encoding="utf-8"))["deployment"].get("resources") or []
    except (OSError, ValueError, LookupError) as error:
        raise CommandError(
            MOVED, f"{file} cannot be read as a state ({error}): there is nothing to put back"
        ) from error
