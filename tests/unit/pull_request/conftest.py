"""What a preview is judged as."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolkit.pull_request.comment import Summary
from toolkit.pull_request.summary import summarize


@pytest.fixture
def summarized(tmp_path: Path) -> Callable[..., Summary]:
    """Give a function that writes events to a file and judges them."""

    def judge(*events: dict[str, Any], **given: Path) -> Summary:
        file = tmp_path / "events.jsonl"
        file.write_text("".join(f"{json.dumps(one)}\n" for one in events))
        return summarize(file, **given)

    return judge
