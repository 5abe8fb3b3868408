"""The one reader of YAML: what it refuses, by file and line."""

import re
from pathlib import Path

import pytest

from toolkit import strict_yaml
from toolkit.engine import project
from toolkit.errors import UNABLE, CommandError

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("", None),
        ("a: 1\nb: [x, 2, null]\n", {"a": 1, "b": ["x", 2, None]}),
        ("- {a: 1}\n- {a: 2}\n", [{"a": 1}, {"a": 2}]),
        ("a: yes\nb: on\nc: true\n", {"a": "yes", "b": "on", "c": True}),  # YAML 1.2, as the engine reads it
        ("x: &x {a: 1}\ny: *x\n", {"x": {"a": 1}, "y": {"a": 1}}),
    ],
)
def test_what_is_meant_so_is_read(text: str, content: object) -> None:
    assert strict_yaml.parse(text, "f.yaml") == content


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "f.yaml: a stands twice in one entry, in lines 1 and 3: keep one"),
        ("- {b: 1}\n- c: 1\n  c: 2\n", "f.yaml: c stands twice in one entry, in lines 2 and 3: keep one"),
        ("x:\n  'k': 1\n  \"k\": 2\n", "f.yaml: k stands twice in one entry, in lines 2 and 3: keep one"),
        (
            "a: {b: 1, b: 2}\nc: {d: 1, d: 2}\n",
            "f.yaml: b stands twice in one entry, in lines 1 and 1: keep one; f.yaml: d stands twice in one entry",
        ),
        ("a: [1\nb: 2\n", "f.yaml: line 2: it is not YAML ("),
        ("a: \tb: c: d\n", "f.yaml: line 1: it is not YAML ("),
        ("a: 2026-99-99\n", "f.yaml: it is not YAML ("),
        ("a: !!python/name:os.system x\n", "f.yaml: line 1: it is not YAML ("),
        ("[" * 5000, "f.yaml: it is not YAML ("),
    ],
)
def test_what_cannot_be_meant_so_is_refused_with_its_line(text: str, line: str) -> None:
    with pytest.raises(CommandError) as refusal:
        strict_yaml.parse(text, "f.yaml")
    assert refusal.value.exit_code == UNABLE
    assert str(refusal.value).startswith(line)


def test_a_file_is_named_in_its_errors(tmp_path: Path) -> None:
    file = tmp_path / "mapping.yaml"
    file.write_bytes(b"a: \xff\n")
    with pytest.raises(CommandError, match=r"mapping\.yaml: it is not YAML \(.*; write it in UTF-8$"):
        strict_yaml.read(file)
    file.write_text("a: 1\n")
    assert strict_yaml.read(file) == {"a": 1}


@pytest.mark.parametrize("name", ["Pulumi.yaml", "Pulumi.prod.yaml"])
def test_a_key_twice_in_the_projects_files_is_refused_with_both_lines(tmp_path: Path, name: str) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: matching\n")
    (tmp_path / name).write_text("config:\n  p:tags: {a: 1}\n  p:queues: {}\n  p:tags: {b: 2}\n")
    with pytest.raises(CommandError) as refusal:
        assert project.read_project(tmp_path) | project.read_settings(tmp_path, "prod")
    assert refusal.value.exit_code == UNABLE
    assert str(refusal.value) == (
        f"{tmp_path / name}: p:tags stands twice in one entry, in lines 2 and 4: keep one"
    )


def test_secrets_and_tags_of_a_stack_file_are_read_as_they_stand(tmp_path: Path) -> None:
    project.stack_file(tmp_path, "prod").write_text(
        "secretsprovider: awskms://alias/state\nencryptedkey: abc\n"
        "config:\n  p:key: {secure: v1:abc}\n  p:keys: {a: {secure: v1:def}}\n"
        "  p:account: !!str 012345678901\n  p:default: &d {x: 1}\n  p:same: {<<: *d, y: 2}\n"
    )
    assert project.read_settings(tmp_path, "prod") == {
        "p:key": {"secure": "v1:abc"},
        "p:keys": {"a": {"secure": "v1:def"}},
        "p:account": "012345678901",
        "p:default": {"x": 1},
        "p:same": {"x": 1, "y": 2},
    }


@pytest.mark.parametrize("folder", ["toolkit", "stacks"])
def test_nothing_reads_yaml_by_another_way(folder: str) -> None:
    reader = re.compile(r"\byaml\.(safe_load|load|compose|full_load|unsafe_load)\b|\bruamel\b")
    files = [
        str(file.relative_to(ROOT))
        for file in (ROOT / folder).rglob("*.py")
        if reader.search(file.read_text())
    ]
    assert files == (["toolkit/strict_yaml.py"] if folder == "toolkit" else [])
