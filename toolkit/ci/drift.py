"""What is live and the state does not say: found without writing anything, and kept in one issue."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.ci.actions_env import hand_on, run_page, show
from toolkit.ci.github import Repository
from toolkit.engine import pack, run
from toolkit.engine.changes import ResourceChange
from toolkit.engine.errors import reason_of
from toolkit.engine.preview import Preview, read_preview, refreshed
from toolkit.errors import UNABLE, CommandError
from toolkit.pull_request.blockers import shown

FOUND, TEXT = "drift.json", "drift.md"
LABEL = "drift"
_RIGHT = "issues: write"
_LIMIT = 60_000
"""Characters of an issue's text, with room for what is put around it; GitHub takes 65536."""


def marker(stack: str) -> str:
    """Return the line by which the issue of a stack is found again."""
    return f"<!-- tms pipeline drift: {stack} -->"


def find(stack: str, folder: Path) -> int:
    """Compare a stack's state with what is live, and return how many resources differ.

    The output `looked` of the step is set when there is an answer, whichever it is.

    Raises:
        CommandError: It could not be looked at; the message has the engine's reason.
        CommandError: The engine gave no events.
    """
    folder.mkdir(parents=True, exist_ok=True)
    code = run.preview_refresh(stack, folder)
    events = read_preview(folder / run.EVENTS, pack.NAME)
    if code not in (0, run.NO_CHANGES_EXPECTED) or not events.ended:
        reason = reason_of(events.diagnostics, code)
        raise CommandError(UNABLE, f"{stack} could not be compared with what is live: {reason}")
    lines = list(_lines(events))
    text = "\n".join(lines)
    (folder / TEXT).write_text(text, encoding="utf-8")
    (folder / FOUND).write_text(json.dumps({"stack": stack, "differing": len(lines)}), encoding="utf-8")
    show(f"## `{stack}`: {len(lines)} resources differ from the state\n\n{text}\n")
    hand_on(looked="true")
    return len(lines)


def _lines(refresh: Preview) -> Iterator[str]:
    """Yield a line for each resource that differs, with what is live."""
    for change in refreshed(refresh.events):
        text = "is gone" if change.action == "delete" else _differing(change)
        yield f"- `{change.name}` ({change.kind}) {text}"


def _differing(change: ResourceChange) -> str:
    texts = [
        f"`{prop.path}` is {shown(prop.new)} and was {shown(prop.old)}" for prop in change.property_changes
    ]
    return "; ".join(texts) or "differs"


def report(folder: Path) -> str:
    """Open, edit or close the one issue of a stack, as what was found says; return what was done.

    Raises:
        CommandError: Nothing was found out, or GitHub refuses.
    """
    try:
        result: dict[str, Any] = json.loads((folder / FOUND).read_bytes())
        text = (folder / TEXT).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise CommandError(
            UNABLE, f"{folder}: no drift was looked for", "`tms pipeline drift` does"
        ) from error
    stack, differing = result["stack"], result["differing"]
    repository = Repository()
    issue = repository.own("issues", marker(stack), state="open", labels=LABEL)
    if not differing:
        return _close(repository, issue, stack)
    content = {
        "title": f"Drift: {differing} resources of {stack} are not as the state says",
        "body": f"{marker(stack)}\n{_cut(text)}\n\nFound by [this run]({run_page()}). See docs/pipeline.md.",
    }
    if issue is None:
        created = repository.write("POST", "issues", _RIGHT, **content, labels=[LABEL])
        return f"opened {created['html_url']}"
    repository.write("PATCH", f"issues/{issue['number']}", _RIGHT, **content)
    return f"updated {issue['html_url']}"


def _close(repository: Repository, issue: Any, stack: str) -> str:  # noqa: ANN401 - GitHub's issue, or None
    if issue is None:
        return f"{stack} is as the state says, and no issue is open"
    number = issue["number"]
    text = f"{stack} is as the state says again, as [this run]({run_page()}) found."
    repository.write("POST", f"issues/{number}/comments", _RIGHT, body=text)
    repository.write("PATCH", f"issues/{number}", _RIGHT, state="closed", state_reason="completed")
    return f"closed {issue['html_url']}"


def _cut(text: str) -> str:
    if len(text) <= _LIMIT:
        return text
    return f"{text[: text.rindex(chr(10), 0, _LIMIT)]}\n\n*Cut here: the run has all of it.*"
