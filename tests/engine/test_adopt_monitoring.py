"""Adoption of what watches: topics, subscriptions, logs, alarms, dashboards and what buckets tell of."""

import json
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.engine.test_adopt_lookups import adopt, ids
from tests.support.asking.actions import action
from tests.support.cases.buckets import BUCKETS
from tests.support.cases.case import ACCOUNT, Case, project
from tests.support.cases.monitoring import WATCHING
from tests.support.cases.notices import NOTICES
from tests.support.cases.queues import QUEUES
from tests.support.cases.topics import TOPICS
from tests.support.engine import Engine
from tests.support.faulty import on_the_way
from toolkit.adopt import permissions

pytestmark = pytest.mark.engine

_ACCOUNT = "123456789012"  # the one that credentials lead to
_TIMEOUT = "confirmationTimeoutInMinutes"


def with_what_they_need(cases: Sequence[Case], others: Sequence[Case]) -> list[Case]:
    """Cases behind those of the others that must be there before, in the account that is adopted."""
    wanted = {name for case in cases for name in case.after}
    every = [*(one for one in others if one.name in wanted), *cases]
    texts = [json.dumps(case.props).replace(ACCOUNT, _ACCOUNT) for case in every]
    return [replace(case, props=json.loads(text)) for case, text in zip(every, texts, strict=True)]


def test_what_watches_is_adopted_and_what_aws_does_not_tell_is_agreed_to(
    alone: Engine, tmp_path: Path
) -> None:
    cases = with_what_they_need([*TOPICS, *NOTICES, *WATCHING], [*QUEUES, *BUCKETS])
    folder = project(tmp_path, "watching", cases, allowedAccountIds=[_ACCOUNT])
    at = ("-C", str(folder))
    alone.succeed(*at, "up", "--stack", "one", "--yes", "--skip-preview")
    made = alone.succeed(*at, "stack", "export", "--stack", "one")
    forget(alone, folder, made)
    with on_the_way(Path(alone.environment["EMBEDDED_HOME"])) as network:
        said = adopt(alone, folder, "run", code=7)
    called = {f"{one.service}:{one.operation}" for one in network.calls if one.service}
    assert {"sns:GetSubscriptionAttributes", "s3:GetBucketMetricsConfiguration"} <= called
    assert {action(one) for one in called} - {""} <= set(permissions.actions())
    assert f"{len(cases)} of {len(cases)} declared resources found" in said
    left = {line.strip() for line in said.splitlines() if ": live " in line}
    assert left == {
        f"nothing sent to AWS: {name}.{_TIMEOUT}: live None, declared 1, default 1 (default never read)"
        for name in ("subscription-minimal", "subscription-rich")
    }
    proposed = [
        line for line in said.splitlines() if line.strip().startswith(("- urn:", "change:", _TIMEOUT))
    ]
    (folder / ".adopt" / "one" / "mapping.yaml").write_text(textwrap.dedent("\n".join(proposed)))
    adopt(alone, folder, "run")
    adopt(alone, folder, "apply", "--yes")
    assert ids(alone.succeed(*at, "stack", "export", "--stack", "one")) == ids(made)
    alone.succeed(*at, "up", "--stack", "one", "--yes", "--skip-preview")
    assert "no differences" in adopt(alone, folder, "prove")
    alone.succeed(*at, "destroy", "--stack", "one", "--yes", "--skip-preview")


def forget(engine: Engine, folder: Path, exported: str) -> None:
    """Let the state forget what it holds: that is how what hands made looks."""
    state = json.loads(exported)
    state["deployment"]["resources"] = []
    (folder / "empty.json").write_text(json.dumps(state))
    engine.succeed(
        "-C", str(folder), "stack", "import", "--stack", "one", "--file", str(folder / "empty.json")
    )
