"""What a preview is judged as."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolkit.pull_request import summary
from toolkit.pull_request.comment import Summary
from toolkit.pull_request.summary import summarize


@pytest.fixture
def summarized(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Summary]:
    """Return a function that writes events to a file and judges them; git, which is a process, is not asked."""

    def nowhere(_root: Path) -> tuple[str, ...]:
        return ()

    monkeypatch.setattr(summary, "ignoring", nowhere)

    def judge(*events: dict[str, Any], **options: Path) -> Summary:
        file = tmp_path / "events.jsonl"
        file.write_text("".join(f"{json.dumps(event)}\n" for event in events))
        return summarize(file, **options)

    return judge
