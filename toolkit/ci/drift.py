"""What is live and the state does not say: found without writing anything, and kept in one issue."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.ci.actions_env import hand_on, run_page, show
from toolkit.ci.github import Repository
from toolkit.engine import run
from toolkit.engine.events import Change, Preview, read
from toolkit.errors import UNABLE, CommandError
from toolkit.pull_request.blockers import shown

FOUND, TEXT = "drift.json", "drift.md"
LABEL = "drift"
_RIGHT = "issues: write"
_LIMIT = 60_000
"""Characters of an issue's text, with room for what is put around it; GitHub takes 65536."""


def marker(stack: str) -> str:
    """Give the line by which the issue of a stack is found again."""
    return f"<!-- tms pipeline drift: {stack} -->"


def find(stack: str, folder: Path) -> int:
    """Compare a stack's state with what is live, and give how many resources differ.

    The output `looked` of the step is set when there is an answer, whichever it is.

    Raises:
        CommandError: It could not be looked at; the message holds the engine's first reason.
        CommandError: The engine gave no events.
    """
    folder.mkdir(parents=True, exist_ok=True)
    code = run.look(stack, folder)
    events = read(folder / run.EVENTS)
    if code not in (0, run.NO_CHANGES_EXPECTED) or not events.ended:
        reasons = [text.splitlines()[0] for _, text in events.errors if text] or [f"exit code {code}"]
        raise CommandError(UNABLE, f"{stack} could not be compared with what is live: {reasons[0]}")
    lines = list(_lines(events))
    text = "\n".join(lines)
    (folder / TEXT).write_text(text, encoding="utf-8")
    (folder / FOUND).write_text(json.dumps({"stack": stack, "differing": len(lines)}), encoding="utf-8")
    show(f"## `{stack}`: {len(lines)} resources differ from the state\n\n{text}\n")
    hand_on(looked="true")
    return len(lines)


def _lines(refresh: Preview) -> Iterator[str]:
    """Say of each resource what is live; a refresh tells that when it has read, not before."""
    for event in refresh.events:
        step: dict[str, Any] = event.get("resOutputsEvent", {}).get("metadata", {})
        if step.get("op") not in ("update", "delete"):
            continue
        one = Change(
            step["urn"],
            step["type"],
            "delete" if step["op"] == "delete" else "update",
            (),
            tuple(step.get("detailedDiff") or ()),
            step.get("old") or {},
            step.get("new") or {},
        )
        told = "is gone" if one.action == "delete" else _differing(one)
        yield f"- `{one.name}` ({one.kind}) {told}"


def _differing(one: Change) -> str:
    found = [f"`{each.path}` is {shown(each.new)} and was {shown(each.old)}" for each in one.differences]
    return "; ".join(found) or "differs"


def report(folder: Path) -> str:
    """Open, edit or close the one issue of a stack, as what was found says; give what was done.

    Raises:
        CommandError: Nothing was found out, or GitHub refuses.
    """
    try:
        found: dict[str, Any] = json.loads((folder / FOUND).read_bytes())
        text = (folder / TEXT).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise CommandError(
            UNABLE, f"{folder}: no drift was looked for", "`tms pipeline drift` does"
        ) from error
    stack, differing = found["stack"], found["differing"]
    repository = Repository()
    there = repository.own("issues", marker(stack), state="open", labels=LABEL)
    if not differing:
        return _close(repository, there, stack)
    content = {
        "title": f"Drift: {differing} resources of {stack} are not as the state says",
        "body": f"{marker(stack)}\n{_cut(text)}\n\nFound by [this run]({run_page()}). See docs/pipeline.md.",
    }
    if there is None:
        made = repository.write("POST", "issues", _RIGHT, **content, labels=[LABEL])
        return f"opened {made['html_url']}"
    repository.write("PATCH", f"issues/{there['number']}", _RIGHT, **content)
    return f"updated {there['html_url']}"


def _close(repository: Repository, there: Any, stack: str) -> str:  # noqa: ANN401 - GitHub's issue, or None
    if there is None:
        return f"{stack} is as the state says, and no issue is open"
    number = there["number"]
    said = f"{stack} is as the state says again, as [this run]({run_page()}) found."
    repository.write("POST", f"issues/{number}/comments", _RIGHT, body=said)
    repository.write("PATCH", f"issues/{number}", _RIGHT, state="closed", state_reason="completed")
    return f"closed {there['html_url']}"


def _cut(text: str) -> str:
    if len(text) <= _LIMIT:
        return text
    return f"{text[: text.rindex(chr(10), 0, _LIMIT)]}\n\n*Cut here: the run has all of it.*"
