"""The way back from an import."""

from pathlib import Path

from toolkit.adopt import rehearsal
from toolkit.adopt.apply_files import alone, backed_up, journal_of
from toolkit.adopt.model import MOVED
from toolkit.adopt.workflow import Adoption
from toolkit.errors import CommandError


def undo(adoption: Adoption) -> Path:
    """Put the state back as it was before the last apply, whole or not; AWS is not touched.

    Raises:
        CommandError: There is nothing to put back, or the state is not as that apply left it.
    """
    with alone(adoption):
        adoption.guard()
        journal = journal_of(adoption)
        runs = journal.runs()
        standing = [run for run in runs if not run.undone]
        if not standing:
            message = "every apply of the journal was undone" if runs else "no apply is in the journal"
            raise CommandError(MOVED, f"{message}: there is nothing to undo")
        backup = adoption.work / standing[-1].backup
        was = rehearsal.hashes(backed_up(backup))
        if standing[-1].done is None:  # killed: it left what it had begun to bring in, and nothing else
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
