"""`tms preview-summary`: what a preview would do, for the reviewers of a pull request."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.policy_check.formats.render import check_output, write
from toolkit.pull_request.comment import cut, render
from toolkit.pull_request.summary import summarize


def preview_summary(
    events: Annotated[Path, typer.Argument(metavar="EVENTS", help="The preview's event stream.")],
    *,
    comment: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the comment there, cut to what GitHub takes."),
    ] = None,
    full: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the whole text there; else it is printed.")
    ] = None,
    sarif: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write findings for code scanning there.")
    ] = None,
    junit: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write rules as test cases there.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The pack's configuration that the preview ran with.")
    ] = None,
    adoption: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What an adoption found last: .adopt/STACK/report.json."),
    ] = None,
    pages: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Address of this repository; for links to rules."),
    ] = None,
) -> None:
    """Summarize what a preview would do, worst first, and fail if it must not be merged.

    EVENTS is what `PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true ./pulumiw preview --json --policy-pack policy`
    printed.

    Exit code 0: nothing blocks the merge. 1: something does: a resource that holds data would be deleted or
    replaced, a guard is lost or switched off, a mandatory rule has a finding or did not run, or the preview
    failed; whatever the exit code of the engine was. 2: EVENTS or another file cannot be read.
    """
    for file in (comment, full, sarif, junit):
        check_output(file)
    summary = summarize(events, config=config, adoption=adoption)
    text = render(summary, pages)
    if full is None:
        typer.echo(text, nl=False)
    else:
        full.write_text(text, encoding="utf-8")
    if comment is not None:
        comment.write_text(cut(text), encoding="utf-8")
    if sarif is not None:
        write(summary.report, "sarif", output=sarif, pages=pages)
    if junit is not None:
        write(summary.report, "junit", output=junit)
    raise typer.Exit(1 if summary.fails else 0)
