"""Decisions of a person: read strictly, every fault at once, and proposed without overwriting."""

from pathlib import Path

import pytest

from adopt import mapping
from adopt.model import USAGE, Found, Stop
from tests.unit.adopt.test_identity import target

TABLE = target("aws:dynamodb/table:Table", {"name": "a"}, "a")
OTHER = target("aws:dynamodb/table:Table", {"name": "b"}, "b")
URNS = [TABLE.urn, OTHER.urn]


def read(folder: Path, text: str) -> dict[str, object]:
    file = folder / "mapping.yaml"
    file.write_text(text)
    return dict(mapping.read(file, URNS))


def test_no_file_is_no_decision(tmp_path: Path) -> None:
    assert mapping.read(tmp_path / "none.yaml", URNS) == {}
    assert read(tmp_path, "") == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[", "it is not YAML"),
        ("a: b", "it must be a list"),
        ("- a", "entry 1 is no mapping"),
        (f"- {{urn: '{URNS[0]}', id: a}}\n- {{urn: '{URNS[0]}', id: c}}", "stands twice"),
        (f"- {{urn: '{URNS[0]}', id: a}}\n- {{urn: '{URNS[1]}', id: a}}", "entry 2 has the id of entry 1"),
        (f"- {{urn: '{URNS[0]}', id: a, create: b}}", "it has id, create"),
        (f"- {{urn: '{URNS[0]}', id: 7}}", "id is empty; write the id"),
        (f"- {{urn: '{URNS[0]}', idd: a}}", "idd is no key of it"),
        ("- {urn: other, skip: no}", "other is not declared by the program"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(Stop, match=expected) as stop:
        read(tmp_path, text)
    assert stop.value.code == USAGE
    assert str(stop.value).count("\n") == 0


def test_decisions_are_put_on_what_was_found(tmp_path: Path) -> None:
    found = [Found(TABLE), Found(OTHER)]
    given = mapping.read(tmp_path / "none.yaml", URNS) | {
        TABLE.urn: {"id": "x"},
        OTHER.urn: {"skip": "later"},
    }
    mapping.decide(found, given)
    assert [(one.id, one.decision) for one in found] == [("x", "import"), (None, "skip")]


def test_what_is_open_is_proposed_once_and_keeps_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "mapping.yaml"
    found = [Found(TABLE, status="absent", detail="it does not exist"), Found(OTHER, status="found", id="b")]
    assert mapping.propose(file, found) == 1
    assert mapping.propose(file, found) == 1
    assert file.read_text().count(TABLE.urn) == 1
    assert OTHER.urn not in file.read_text()
    assert mapping.read(file, URNS) == {}
