"""What an import demands to be as it was rehearsed: versions, state, files, declarations and live properties."""

import json
from pathlib import Path
from typing import Any

import pytest

from toolkit.adopt import rehearsal
from toolkit.adopt.model import DIFFERENCES, MOVED, Found, Plan, Target
from toolkit.adopt.workflow import Adoption
from toolkit.engine.stack import Engine
from toolkit.errors import CommandError
from toolkit.progress import Bars

URN = "urn:pulumi:local::one::aws:sqs/queue:Queue::orders"
PROVIDER = "urn:pulumi:local::one::pulumi:providers:aws::default_7_51_1"
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:a"}
CLEAN = {"verdict": {"code": 0}}


def one_plan(**inputs: object) -> Plan:
    entry = {"name": "orders", "version": "7.51.1"}
    target = Target(URN, "aws:sqs/queue:Queue", "orders", inputs, {}, False, True, False, entry)  # noqa: FBT003 - as it is
    return Plan([Found(target, "https://orders", "found")])


@pytest.fixture
def adoption(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Adoption:
    (tmp_path / "Pulumi.yaml").write_text("name: one\nruntime: python\n")
    (tmp_path / "Pulumi.local.yaml").write_text("config: {}\n")
    (tmp_path / "__main__.py").write_text("import pulumi\n")
    monkeypatch.setattr(Engine, "version", lambda _self: "3.259.0")  # pyright: ignore[reportUnknownLambdaType]
    instance = Adoption(Engine("local", tmp_path, {}), {}, Bars())
    instance.work.mkdir(parents=True)
    instance.inventory = {"orders": {"name": "orders"}}
    instance.held = [{"urn": PROVIDER, "id": "p"}]
    return instance


def kept(adoption: Adoption, plan: Plan) -> dict[str, Any]:
    rehearsal.keep(adoption, plan, CLEAN, rehearsal.sources(adoption.engine.folder))
    return rehearsal.read(adoption)


def why(adoption: Adoption, plan: Plan, recorded: dict[str, Any], imported: set[str] | None = None) -> str:
    with pytest.raises(CommandError) as stopped:
        rehearsal.unchanged(adoption, plan, recorded, imported or set())
    assert stopped.value.exit_code == MOVED
    assert str(stopped.value).endswith("since the rehearsal: `tms adopt rehearse --stack local`")
    return str(stopped.value)


def test_what_is_as_it_was_may_be_imported(adoption: Adoption) -> None:
    recorded = kept(adoption, one_plan(name="orders"))
    rehearsal.unchanged(adoption, one_plan(name="orders"), recorded, set())


def test_another_engine_or_plugin_is_another_rehearsal(
    adoption: Adoption, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded = kept(adoption, one_plan())
    monkeypatch.setattr(Engine, "version", lambda _self: "3.260.0")  # pyright: ignore[reportUnknownLambdaType]
    assert "the version of pulumi was 3.259.0, is 3.260.0 and so changed" in why(
        adoption, one_plan(), recorded
    )
    monkeypatch.setattr(Engine, "version", lambda _self: "3.259.0")  # pyright: ignore[reportUnknownLambdaType]
    adoption.engine.command.environment = {"EMBEDDED": "1"}
    assert "the version of plugin was published, is embedded" in why(adoption, one_plan(), recorded)


@pytest.mark.parametrize("file", ["__main__.py", "components/roles.py", "data.json", "Pulumi.local.yaml"])
def test_a_file_that_is_written_or_goes_is_named(adoption: Adoption, file: str) -> None:
    recorded = kept(adoption, one_plan())
    path = adoption.engine.folder / file
    path.parent.mkdir(exist_ok=True)
    path.write_text("# edited: {}\n")
    assert f"{file}: the program's files have changed" in why(adoption, one_plan(), recorded)
    recorded = kept(adoption, one_plan())
    path.unlink()
    assert f"{file}: the program's files have changed" in why(adoption, one_plan(), recorded)


def test_what_is_hidden_and_what_is_no_source_is_not_the_program(adoption: Adoption) -> None:
    recorded = kept(adoption, one_plan())
    for file in (".git/config.json", ".adopt/local/mapping.yaml", "notes.md", "env/lib.py"):
        path = adoption.engine.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (adoption.engine.folder / "env" / "pyvenv.cfg").touch()
    (adoption.engine.folder / "again").symlink_to(adoption.engine.folder)
    rehearsal.unchanged(adoption, one_plan(), recorded, set())


def test_what_is_declared_or_live_otherwise_is_named_and_so_is_what_went(adoption: Adoption) -> None:
    recorded = kept(adoption, one_plan(name="orders"))
    assert f"{URN}: program, mapping or live resource changed" in why(
        adoption, one_plan(name="orders", delaySeconds=5), recorded
    )
    assert URN in why(adoption, Plan(), recorded)
    adoption.inventory["orders"]["delaySeconds"] = 5
    assert URN in why(adoption, one_plan(name="orders"), recorded)
    adoption.held.append({"urn": URN, "id": "https://orders"})  # by an import of this rehearsal
    rehearsal.unchanged(adoption, Plan(), recorded, {URN})


def test_a_state_that_somebody_else_wrote_is_named(adoption: Adoption) -> None:
    recorded = kept(adoption, one_plan())
    stray = f"{URN}-stray"
    adoption.held = [*adoption.held, {"urn": stray, "id": "s"}]
    assert f"{stray}: the state of local has changed" in why(adoption, one_plan(), recorded)
    assert stray in why(adoption, one_plan(), recorded, {URN})
    rehearsal.unchanged(adoption, one_plan(), recorded, {stray})
    adoption.held = [{"urn": PROVIDER, "id": "another"}]
    assert f"{PROVIDER}: the state of local has changed" in why(adoption, one_plan(), recorded)
    adoption.held = []
    assert PROVIDER in why(adoption, one_plan(), recorded)


def test_a_provider_comes_with_an_import_of_ours_only() -> None:
    now = {URN: "1", PROVIDER: "2"}
    assert rehearsal.moved({}, now, {URN}) == []
    assert rehearsal.moved({}, {PROVIDER: "2"}, set()) == [PROVIDER]


def test_a_secret_that_is_encrypted_anew_is_the_same() -> None:
    states = [[{"urn": URN, "inputs": {"key": {**SECRET, "ciphertext": text}}}] for text in ("v1:a", "v1:b")]
    assert rehearsal.digest(states[0]) == rehearsal.digest(states[1])
    assert rehearsal.digest(states[0]) != rehearsal.digest([{"urn": URN, "inputs": {"key": "v1:a"}}])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not what a rehearsal writes, whole"),
        ('{"clean": tr', "is not what a rehearsal writes, whole"),
        ("[]", "is not what a rehearsal writes, whole"),
        (json.dumps({"clean": True}), "is not what a rehearsal writes, whole"),
    ],
)
def test_a_file_that_is_no_rehearsal_is_refused(adoption: Adoption, text: str, message: str) -> None:
    (adoption.work / "rehearsal.json").write_text(text)
    with pytest.raises(CommandError, match=message) as stopped:
        rehearsal.read(adoption)
    assert stopped.value.exit_code == DIFFERENCES


def test_a_rehearsal_that_was_not_clean_is_refused(adoption: Adoption) -> None:
    rehearsal.keep(adoption, one_plan(), {"verdict": {"code": 7}}, {})
    with pytest.raises(CommandError, match="was not clean"):
        rehearsal.read(adoption)


def test_a_file_that_is_edited_while_it_is_rehearsed_was_not_rehearsed(adoption: Adoption) -> None:
    before = rehearsal.sources(adoption.engine.folder)
    (adoption.engine.folder / "__main__.py").write_text("import pulumi_aws\n")
    rehearsal.keep(adoption, one_plan(), CLEAN, before)
    assert "__main__.py: the program's files have changed" in why(
        adoption, one_plan(), rehearsal.read(adoption)
    )
