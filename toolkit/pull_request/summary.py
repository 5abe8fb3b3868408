"""A preview's event stream, judged as a whole."""

import json
from pathlib import Path
from typing import Any

from toolkit.engine import pack
from toolkit.engine.preview import read_preview
from toolkit.errors import UNABLE, CommandError
from toolkit.installation import project_folder
from toolkit.policy_check import pack_config as configuration
from toolkit.policy_check.findings import findings_of
from toolkit.policy_check.report import Report, Subject
from toolkit.pull_request.blockers import stops
from toolkit.pull_request.comment import Summary
from toolkit.pull_request.ignore_protect import ignoring


def summarize(events: Path, *, config: Path | None = None, adoption: Path | None = None) -> Summary:
    """Judge a preview.

    Args:
        events: The engine's event stream.
        config: The pack's configuration that the preview ran with.
        adoption: What the last step of an adoption found (`.adopt/<stack>/report.json`); a file that is not
            there means that nothing is being adopted.

    Raises:
        CommandError: A file cannot be read, or is of another kind.
    """
    disabled = frozenset[str]() if config is None else configuration.disabled(config)
    preview = read_preview(events, pack.NAME)
    blockers = stops(preview, disabled=disabled, ignoring=ignoring(project_folder()))
    subject = Subject("stack", preview.stack, f"Pulumi.{preview.stack}.yaml")
    report = Report(subject, findings_of(preview.events), None, disabled)
    return Summary(preview, blockers, report, _adoption(adoption))


def _adoption(file: Path | None) -> str:
    if file is None or not file.exists():
        return ""
    try:
        report: Any = json.loads(file.read_bytes())
        covered, verdict = report["coverage"], report["verdict"]
        return (
            f"{covered['adopted']} of {covered['declared']} declared resources are adopted, coverage "
            f"{covered['percent']} %: {verdict['text']}"
        )
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError(
            UNABLE, f"{file}: is no report of an adoption", "write it by `./tms adopt run`"
        ) from error
