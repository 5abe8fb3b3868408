"""The import itself: only what was rehearsed, in batches that the state judges."""

import re
from typing import Any

from toolkit.adopt import locks, rehearsal, rehearse
from toolkit.adopt.apply_files import alone, back_up, journal_of
from toolkit.adopt.journal import Journal
from toolkit.adopt.model import MOVED, PARTIAL, Plan
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


def _urns(resources: list[dict[str, Any]]) -> set[str]:
    return {resource["urn"] for resource in resources}


def apply(adoption: Adoption) -> int:
    """Import what was rehearsed and is not in the state yet; return how many resources came in.

    What there is is read again under the lock, so that the plan is of a state that no other apply changes.

    Raises:
        CommandError: Not rehearsed, something has moved since, another apply runs, or an import failed.
    """
    with alone(adoption):
        rehearsed = rehearsal.read(adoption)
        plan = adoption.again(rehearsed["ids"])
        expected = {resource.target.urn for resource in plan.found if resource.decision == "import"}
        if not expected:
            return 0
        journal = journal_of(adoption)
        rehearsal.unchanged(adoption, plan, rehearsed, journal.ours(rehearsed["id"]))
        state = adoption.engine.export()
        before = state["deployment"].get("resources") or []
        if rehearsal.digest(before) != rehearsal.digest(adoption.held):
            raise CommandError(
                MOVED, "the state changed while this began: see who else works on the stack, then again"
            )
        journal.write(
            event="backup",
            file=back_up(adoption, state).name,
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
        raise locks.locked(adoption.engine.stack, "by a run that began after this one")
    return reason(result)


def _resources(adoption: Adoption) -> list[dict[str, Any]]:
    return adoption.engine.export()["deployment"].get("resources") or []
