"""The comment of a pull request: written once, and then edited in place."""

from pathlib import Path

from toolkit.ci.actions_env import pull_request, run_page
from toolkit.ci.github import Repository
from toolkit.errors import UNABLE, CommandError
from toolkit.pull_request.comment import cut


def comment(file: Path) -> str:
    """Write or edit the comment of the pull request that this run is about, and return its address.

    Args:
        file: The whole text: first the marker by which the comment is found again, then a headline.

    Raises:
        CommandError: There is no such text, or GitHub refuses.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(UNABLE, f"{file}: {error.strerror}", "`tms pipeline preview` writes it") from error
    marker, headline, body_text = (*text.split("\n\n", 2), "", "")[:3]
    if not marker.startswith("<!-- "):
        raise CommandError(UNABLE, f"{file}: its first line is no marker", "`tms pipeline preview` writes it")
    number = pull_request()
    repository = Repository()
    existing = repository.own(f"issues/{number}/comments", marker)
    path, method = (
        (f"issues/{number}/comments", "POST")
        if existing is None
        else (f"issues/comments/{existing['id']}", "PATCH")
    )
    body = cut("\n\n".join((marker, headline, f"[The run, with all of it]({run_page()})", body_text)))
    return str(repository.write(method, path, "pull-requests: write", body=body)["html_url"])
