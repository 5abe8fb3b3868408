"""The map of the code: an arrow for each import between rooms, and none that points up."""

from pathlib import Path

import pytest

from tests.support.engine import ROOT
from toolkit.permissions import code_map


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for folder in ("toolkit/cli", "toolkit/engine", "components", "policy/tms_policies"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "__init__.py").write_text(f'"""What {folder} is.\n\nMore."""\n')
    (tmp_path / "__main__.py").write_text("import components\n")
    (tmp_path / "toolkit/cli/app.py").write_text(
        "import json\nfrom toolkit import engine\nfrom components import x\n"
    )
    (tmp_path / "toolkit/engine/client.py").write_text("from tms_policies.catalogue import RULES\n")
    return tmp_path


def arrows(lines: list[str]) -> list[str]:
    return [line.strip() for line in lines if "-->" in line]


def test_an_arrow_is_an_import_between_two_rooms(tree: Path) -> None:
    assert arrows(list(code_map.rooms(tree))) == ["toolkit --> components", "toolkit --> policy"]
    assert arrows(list(code_map.toolkit(tree))) == ["cli --> engine"]


def test_a_folder_is_described_by_its_packages_first_line(tree: Path) -> None:
    rows = list(code_map.contents(tree))[2:]
    assert rows == [
        "| `components/` | What components is. |",
        "| `policy/` | What policy/tms_policies is. |",
        "| `toolkit/cli/` | What toolkit/cli is. |",
        "| `toolkit/engine/` | What toolkit/engine is. |",
    ]


def test_no_arrow_points_up_and_none_between_two_rooms_both_ways() -> None:
    pairs = {tuple(arrow.split(" --> ")) for arrow in arrows(list(code_map.rooms(ROOT)))}
    floors = {room: number for number, (_, rooms) in enumerate(code_map.FLOORS) for room in rooms}
    assert [pair for pair in pairs if floors[pair[0]] <= floors[pair[1]]] == []
