"""A preview, judged and written down in every form that a pull request takes."""

from pathlib import Path

from judging.formats import rendering
from pipeline import engine
from pipeline.surroundings import pages, show
from review.comment import Summary, render
from review.summarize import summarize

FULL, SARIF, JUNIT = "full.md", "policy.sarif", "policy.xml"


def judge(stack: str, folder: Path, *, plan: Path | None = None) -> Summary:
    """Preview a stack and judge what it would do; every form of the verdict lands in a folder.

    Args:
        stack: The stack.
        folder: Made if it is not there.
        plan: Where the plan is saved; None to save none.

    Raises:
        InputError: The engine gave no events, so that there is nothing to judge.
    """
    folder.mkdir(parents=True, exist_ok=True)
    summary = summarize(engine.preview(stack, folder, plan=plan))
    text = render(summary, pages())
    (folder / FULL).write_text(text, encoding="utf-8")
    rendering.write(summary.report, "sarif", output=folder / SARIF, pages=pages())
    rendering.write(summary.report, "junit", output=folder / JUNIT)
    show(text)
    return summary
