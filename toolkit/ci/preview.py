"""A preview, judged and written down in every form that a pull request takes."""

from pathlib import Path

from toolkit.ci.actions_env import pages, show
from toolkit.engine import run
from toolkit.policy_check.formats.render import write
from toolkit.pull_request.comment import Summary, render
from toolkit.pull_request.summary import summarize

FULL, SARIF, JUNIT = "full.md", "policy.sarif", "policy.xml"


def judge(stack: str, folder: Path, *, plan: Path | None = None) -> Summary:
    """Preview a stack and judge what it would do; every form of the verdict lands in a folder.

    Args:
        stack: The stack.
        folder: Made if it is not there.
        plan: Where the plan is saved; None to save none.

    Raises:
        CommandError: The engine gave no events, so that there is nothing to judge.
    """
    folder.mkdir(parents=True, exist_ok=True)
    summary = summarize(run.preview(stack, folder, plan=plan))
    text = render(summary, pages())
    (folder / FULL).write_text(text, encoding="utf-8")
    write(summary.report, "sarif", output=folder / SARIF, pages=pages())
    write(summary.report, "junit", output=folder / JUNIT)
    show(text)
    return summary
