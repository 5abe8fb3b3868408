"""An import begins only from the state that it was checked against."""

import json
from pathlib import Path
from typing import Any

import pytest

from toolkit.adopt import apply, rehearsal
from toolkit.adopt.model import MOVED, Found, Plan, Target
from toolkit.adopt.workflow import Adoption
from toolkit.engine.stack import Engine
from toolkit.errors import CommandError
from toolkit.progress import Bars

URN = "urn:pulumi:local::one::aws:sqs/queue:Queue::orders"
STACK = {"urn": "urn:pulumi:local::one::pulumi:pulumi:Stack::one-local", "type": "pulumi:pulumi:Stack"}
STRAY = {"urn": f"{URN}-stray", "type": "aws:sqs/queue:Queue", "id": "stray"}


class Backend(Engine):
    """A stack whose state another run may write between the check and the export under the lock."""

    def __init__(self, folder: Path) -> None:
        super().__init__("local", folder, {})
        self.resources: list[dict[str, Any]] = [STACK]

    def version(self) -> str:
        return "3.259.0"

    def export(self, stack: str = "") -> dict[str, Any]:
        assert not stack
        return {"deployment": {"resources": list(self.resources)}}


@pytest.fixture
def adoption(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Adoption:
    """Return an adoption that was rehearsed, and whose check finds everything as it was rehearsed."""
    (tmp_path / "Pulumi.yaml").write_text("name: one\nruntime: python\n")
    (tmp_path / "Pulumi.local.yaml").write_text("config: {}\n")
    entry = {"name": "orders", "type": "aws:sqs/queue:Queue", "version": "7.51.1"}
    target = Target(URN, "aws:sqs/queue:Queue", "orders", {}, {}, False, True, False, entry)  # noqa: FBT003 - a record
    plan = Plan([Found(target, "https://orders", "found")])
    adoption = Adoption(Backend(tmp_path), {}, Bars())
    adoption.work.mkdir(parents=True)
    adoption.targets = [target]
    adoption.held = [STACK]
    monkeypatch.setattr(adoption, "again", lambda _ids: plan)  # pyright: ignore[reportUnknownLambdaType]
    rehearsal.keep(adoption, plan, {"verdict": {"code": 0}}, rehearsal.sources(tmp_path))
    return adoption


def imported(adoption: Adoption, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Import, and return the names of all entries that reached the engine."""
    names: list[str] = []
    backend = adoption.engine
    assert isinstance(backend, Backend)

    def bring_in(entries: list[dict[str, Any]], *_arguments: object, **_options: object) -> None:
        names.extend(entry["name"] for entry in entries)
        backend.resources = [*backend.resources, {"urn": URN, "type": "aws:sqs/queue:Queue", "id": "q"}]

    monkeypatch.setattr(backend, "import_resources", bring_in)
    apply.apply(adoption)
    return names


def test_what_was_rehearsed_is_imported(adoption: Adoption, monkeypatch: pytest.MonkeyPatch) -> None:
    assert imported(adoption, monkeypatch) == ["orders"]


def test_a_state_that_changes_between_check_and_lock_stops_the_import(
    adoption: Adoption, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = adoption.engine
    assert isinstance(backend, Backend)
    backend.resources = [STACK, STRAY]  # the check has seen the state without it
    with pytest.raises(CommandError, match="the state changed while this began") as stopped:
        imported(adoption, monkeypatch)
    assert stopped.value.exit_code == MOVED
    assert not (adoption.work / "journal.jsonl").exists()
    assert json.dumps(STRAY) in json.dumps(backend.export())  # as the other run left it
