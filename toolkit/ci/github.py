"""GitHub's REST API, as far as comments and issues go.

`requests` is the client: moto brings it, its connection pool and retries are tried by everybody, and unlike
the `gh` command it is pinned with everything else and can be tried against a server on loopback.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from toolkit.ci.actions_env import need
from toolkit.errors import UNABLE, CommandError

BOT = "github-actions[bot]"
"""Who writes with a workflow's own token."""
_SECONDS = 30
_EACH_PAGE = 100
_FAILED = 400
# POST is not repeated: the first one may have arrived
_RETRIES = Retry(
    total=3, backoff_factor=1, status_forcelist=(502, 503, 504), allowed_methods=("GET", "PATCH")
)


class Repository:
    """One repository, with the token of the job."""

    def __init__(self) -> None:
        """Read address, name and token from the environment.

        Raises:
            CommandError: One is not set.
        """
        self.address = f"{need('GITHUB_API_URL')}/repos/{need('GITHUB_REPOSITORY')}"
        self.session = requests.Session()
        for scheme in ("https://", "http://"):
            self.session.mount(scheme, HTTPAdapter(max_retries=_RETRIES))
        self.session.headers.update(
            {
                "Authorization": f"Bearer {need('GITHUB_TOKEN')}",
                "Accept": "application/vnd.github+json",
                "X-GitHub-Api-Version": "2022-11-28",
            }
        )

    def own(self, path: str, marker: str, **query: str) -> Mapping[str, Any] | None:
        """Return the oldest text that a workflow wrote and that begins with a marker, or None.

        What others wrote is never taken for ours, whatever it begins with.

        Args:
            path: A list of comments or issues, as `issues/7/comments`.
            marker: A line that nobody sees, as it is an HTML comment.
            query: What narrows the list.
        """
        matching = (
            entry
            for entry in self._all(path, query)
            if entry["user"]["login"] == BOT and (entry["body"] or "").startswith(marker)
        )
        return next(matching, None)

    def write(self, method: str, path: str, right: str, **content: object) -> Mapping[str, Any]:
        """Create (POST) or edit (PATCH) something.

        Args:
            method: POST or PATCH.
            path: Where, as `issues/7/comments`.
            right: The permission that the job needs, for the message.
            content: What is written.

        Raises:
            CommandError: GitHub refuses, or does not answer.
        """
        return self._answer(method, path, right, json=content)

    def _all(self, path: str, query: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        page = 1
        while True:
            params = {**query, "per_page": str(_EACH_PAGE), "page": str(page)}
            entries: list[Mapping[str, Any]] = self._answer("GET", path, "read", params=params)
            yield from entries
            if len(entries) < _EACH_PAGE:
                return
            page += 1

    def _answer(self, method: str, path: str, right: str, **content: Any) -> Any:  # noqa: ANN401 - any JSON
        try:
            answer = self.session.request(method, f"{self.address}/{path}", timeout=_SECONDS, **content)
        except requests.RequestException as error:
            raise CommandError(
                UNABLE, f"GitHub does not answer ({type(error).__name__}): run the job again"
            ) from error
        if answer.status_code >= _FAILED:
            raise CommandError(
                UNABLE,
                f"GitHub refuses {method} {path} ({answer.status_code} {answer.reason}): the job needs "
                f"`{right}` under `permissions:`, and the repository's Actions settings must allow it",
            )
        return answer.json()
