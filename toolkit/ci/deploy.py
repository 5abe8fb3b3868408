"""A saved plan: made of one commit and one state, judged, and used for nothing else.

The plan constrains the update: the engine refuses an operation that the plan does not have. It is a file that
travels between jobs, so a record beside it says what it is of, and the record's own hash travels apart from
both, as an output of the job that made them.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from toolkit.ci import checkout
from toolkit.ci.actions_env import hand_on, show
from toolkit.ci.preview import judge
from toolkit.engine import pack, run
from toolkit.engine.changes import ACTIONS
from toolkit.engine.errors import reason_of
from toolkit.engine.preview import read_preview
from toolkit.errors import REFUSED, UNABLE, CommandError

PLAN, RECORD = "plan.json", "record.json"


@dataclass(frozen=True, slots=True)
class Record:
    """What a plan is of.

    Attributes:
        stack: The stack.
        commit: The commit that was checked out.
        plan: SHA-256 of the plan.
        state: Hash of the stack's state that the plan starts from.
        stopped: Why it must not be done; empty if nothing stands against it.
        changes: How many resources it creates, changes or more.
    """

    stack: str
    commit: str
    plan: str
    state: str
    stopped: str
    changes: int


def make(stack: str, folder: Path) -> Record:
    """Plan and judge an update of what is checked out; `digest` and `changes` become outputs of the step.

    The state is looked at before and after, so that the plan is of that state and no other.

    Raises:
        CommandError: The files are not the commit's, or the stack moved while it was planned.
        CommandError: The engine gave no events.
    """
    commit, state = checkout.commit(), run.state_digest(stack)
    file = folder / PLAN
    file.unlink(missing_ok=True)
    summary = judge(stack, folder, plan=file)
    if run.state_digest(stack) != state:
        raise CommandError(REFUSED, f"{stack} changed while it was planned: run the job again")
    stopped = summary.headline if summary.fails else ""
    if not file.exists() and not stopped:
        raise CommandError(UNABLE, "the engine saved no plan", "what it said is above")
    changes = sum(len(summary.preview.doing(action)) for action in ACTIONS if action != "same")
    record = Record(stack, commit, _hash(file) if file.exists() else "", state, stopped, changes)
    (folder / RECORD).write_text(json.dumps(asdict(record), indent=1), encoding="utf-8")
    hand_on(digest=_hash(folder / RECORD), changes=str(changes))
    return record


def check(stack: str, folder: Path, digest: str) -> Record:
    """Check that a plan may be done here and now.

    Args:
        stack: The stack.
        folder: Where plan and record are.
        digest: SHA-256 of the record, as the job that made it handed it on.

    Raises:
        CommandError: It may not; the message says why, and nothing was done.
    """
    record = _record(folder, digest)
    if record.stack != stack:
        raise CommandError(
            REFUSED, f"the plan is of stack {record.stack}, not of {stack}: plan {stack} first"
        )
    if record.stopped:
        raise CommandError(
            REFUSED, f"the plan was judged: {record.stopped}", f"{folder / 'full.md'} has the reasons"
        )
    commit = checkout.commit()
    if record.commit != commit:
        raise CommandError(
            REFUSED, f"the plan is of commit {record.commit[:12]}, this is {commit[:12]}: plan it anew"
        )
    if _hash(folder / PLAN) != record.plan:
        raise CommandError(
            REFUSED, f"{folder / PLAN} is not the plan that was judged (SHA-256): plan it anew"
        )
    if run.state_digest(stack) != record.state:
        raise CommandError(
            REFUSED, f"{stack} has changed since it was planned: plan it anew, and read what is new"
        )
    return record


def deploy(stack: str, folder: Path, digest: str) -> Record:
    """Do what a plan says, after every check, and return its record.

    Raises:
        CommandError: A check failed, or the update did; the message has the engine's reason.
    """
    record = check(stack, folder, digest)
    update_folder = folder / "update"
    update_folder.mkdir(exist_ok=True)
    code = run.update(stack, update_folder, folder / PLAN)
    update = read_preview(update_folder / run.EVENTS, pack.NAME)
    lines = [
        f"- {action}: `{change.name}` ({change.kind})"
        for action in ACTIONS
        if action != "same"
        for change in update.doing(action)
    ]
    show("\n".join([f"## `{stack}` at {record.commit[:12]}", "", *(lines or ["Nothing changed."])]) + "\n")
    if code or not update.ended:
        raise CommandError(
            REFUSED,
            f"the update failed: {reason_of(update.diagnostics, code)}",
            "what was done is in the state, so mend it and merge again (docs/pipeline.md)",
        )
    return record


def _record(folder: Path, digest: str) -> Record:
    file = folder / RECORD
    try:
        content = file.read_bytes()
        fields: dict[str, Any] = json.loads(content)
        record = Record(**fields)
    except (OSError, ValueError, TypeError) as error:
        raise CommandError(
            UNABLE, f"{file} is no record of a plan", "`tms pipeline plan` writes it"
        ) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise CommandError(REFUSED, f"{file} is not the one that the plan's job made (SHA-256): plan it anew")
    return record


def _hash(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise CommandError(UNABLE, f"{file}: {error.strerror}", "`tms pipeline plan` writes it") from error
