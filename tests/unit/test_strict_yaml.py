"""The one reader of YAML: what it refuses, by file and line."""

from pathlib import Path

import pytest

from toolkit import strict_yaml
from toolkit.errors import UNABLE, CommandError


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
