"""GitHub's REST API on loopback, as far as comments and issues go; anything else is refused.

https://docs.github.com/en/rest/issues
"""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

BOT = "github-actions[bot]"
TOKEN = "a-token-of-the-job"  # noqa: S105 - of nothing
REPOSITORY = "owner/system"


class GitHub:
    """Comments and issues of one repository.

    Attributes:
        comments: By id: `issue`, `user`, `body`.
        issues: By number: `user`, `title`, `body`, `state`, `labels`.
        log: What was written, as `POST issues`.
        permissions: What the token of the running job may write.
    """

    def __init__(self) -> None:
        """Begin to serve, on a port of its own."""
        self.comments: dict[int, dict[str, Any]] = {}
        self.issues: dict[int, dict[str, Any]] = {}
        self.log: list[str] = []
        self.permissions: frozenset[str] = frozenset()
        self.next = 100
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._do()

            def do_POST(self) -> None:
                self._do()

            def do_PATCH(self) -> None:
                self._do()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
                """Keep the terminal clean."""

            def _do(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length)) if length else {}
                allowed = self.headers.get("Authorization") == f"Bearer {TOKEN}"
                code, answer = hub.answer(self.command, self.path, body) if allowed else (401, {})
                content = json.dumps(answer).encode()
                self.send_response(code)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """End the server."""
        self.server.shutdown()
        self.server.server_close()

    def answer(self, method: str, address: str, body: dict[str, Any]) -> tuple[int, Any]:
        """Do one request as GitHub would."""
        parts = urlsplit(address)
        path = parts.path.removeprefix(f"/repos/{REPOSITORY}/")
        query = {key: one[0] for key, one in parse_qs(parts.query).items()}
        if method != "GET":
            self.log.append(f"{method} {path}")
            right = "pull-requests" if "comments" in path and "issues" not in self.permissions else "issues"
            if right not in self.permissions:
                return 403, {"message": "Resource not accessible by integration"}
        for pattern, of in (
            (r"issues/(\d+)/comments", self._of_comments),
            (r"issues/comments/(\d+)", self._one_comment),
            (r"issues", self._of_issues),
            (r"issues/(\d+)", self._one_issue),
        ):
            found = re.fullmatch(pattern, path)
            if found:
                return of(method, [int(one) for one in found.groups()], body, query)
        return 404, {"message": "Not Found"}

    def comment(self, number: int, user: str, body: str) -> dict[str, Any]:
        """Put a comment, as somebody."""
        self.next += 1
        self.comments[self.next] = {"id": self.next, "issue": number, "user": {"login": user}, "body": body}
        self.comments[self.next]["html_url"] = f"{self.url}/comment-{self.next}"
        return self.comments[self.next]

    def _of_comments(
        self, method: str, ids: list[int], body: dict[str, Any], query: dict[str, str]
    ) -> tuple[int, Any]:
        if method == "POST":
            if len(body["body"]) > 65536:
                return 422, {"message": "body is too long"}
            return 201, self.comment(ids[0], BOT, body["body"])
        found = [one for one in self.comments.values() if one["issue"] == ids[0]]
        return 200, _page(found, query)

    def _one_comment(
        self, method: str, ids: list[int], body: dict[str, Any], query: dict[str, str]
    ) -> tuple[int, Any]:
        del query
        if method != "PATCH" or ids[0] not in self.comments:
            return 404, {}
        self.comments[ids[0]].update(body)
        return 200, self.comments[ids[0]]

    def _of_issues(
        self, method: str, ids: list[int], body: dict[str, Any], query: dict[str, str]
    ) -> tuple[int, Any]:
        del ids
        if method == "POST":
            self.next += 1
            made = {**body, "number": self.next, "state": "open", "user": {"login": BOT}}
            self.issues[self.next] = {**made, "html_url": f"{self.url}/issue-{self.next}"}
            return 201, self.issues[self.next]
        found = [
            one
            for one in self.issues.values()
            if one["state"] == query.get("state", "open") and query.get("labels", "") in one["labels"]
        ]
        return 200, _page(found, query)

    def _one_issue(
        self, method: str, ids: list[int], body: dict[str, Any], query: dict[str, str]
    ) -> tuple[int, Any]:
        del query
        if method != "PATCH" or ids[0] not in self.issues:
            return 404, {}
        self.issues[ids[0]].update(body)
        return 200, self.issues[ids[0]]


def _page(found: list[dict[str, Any]], query: dict[str, str]) -> list[dict[str, Any]]:
    size, page = int(query.get("per_page", "30")), int(query.get("page", "1"))
    return found[(page - 1) * size : page * size]
