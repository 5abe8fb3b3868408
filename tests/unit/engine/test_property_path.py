r"""A property path has the engine's grammar, quotes and escapes included."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.engine.property_path import PropertyPath, PropertyPathError, Step, Wildcard

VALUE = {
    "tags": {"a.b": 1, 'x"y': 2, "0": "zero"},
    "rules": [{"id": "first"}, {"id": "second", "x[0]": {"name": "deep"}}],
}
KEYS = st.text().filter(lambda key: not key.endswith("\\"))


@pytest.mark.parametrize(
    ("text", "steps", "value"),
    [
        ("hashKey", ("hashKey",), None),
        ("rules[0].id", ("rules", 0, "id"), "first"),
        ("rules.1.id", ("rules", "1", "id"), "second"),
        ('tags["a.b"]', ("tags", "a.b"), 1),
        ('tags["x\\"y"]', ("tags", 'x"y'), 2),
        ("tags[0]", ("tags", 0), "zero"),
        ('["rules"][1]["x[0]"].name', ("rules", 1, "x[0]", "name"), "deep"),
        ("rules[*].id", ("rules", Wildcard.ALL, "id"), ["first", "second"]),
        ("tags.kubernetes-io/x", ("tags", "kubernetes-io/x"), None),
        ("rules[7].id", ("rules", 7, "id"), None),
        ("", (), VALUE),
    ],
)
def test_a_path_leads_to_a_value(text: str, steps: tuple[Step, ...], value: Any) -> None:  # noqa: ANN401 - any JSON
    path = PropertyPath.parse(text)
    assert path.steps == steps
    assert path.get(VALUE) == value


@given(st.lists(KEYS | st.integers(min_value=0) | st.just(Wildcard.ALL)))
def test_what_is_written_is_parsed(steps: list[Step]) -> None:
    path = PropertyPath(tuple(steps))
    assert PropertyPath.parse(str(path)) == path


@pytest.mark.parametrize("text", ["a[", 'a["b', 'a["b"', "a[b]", "a[-1]", "a[]"])
def test_what_is_not_closed_or_no_index_is_refused(text: str) -> None:
    with pytest.raises(PropertyPathError, match=r"must be like rules\[0\]"):
        PropertyPath.parse(text)
    assert PropertyPath.of(text).steps == (text,)


def test_a_path_has_a_root_a_leaf_and_a_parent() -> None:
    path = PropertyPath.parse('rules[0]["a.b"][2]')
    assert (path.root, path.leaf, str(path.parent)) == ("rules", "a.b", 'rules[0]["a.b"]')
    assert (PropertyPath().root, PropertyPath().leaf) == ("", "")
