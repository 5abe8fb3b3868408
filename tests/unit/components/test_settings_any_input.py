"""Whatever stands in a stack file: settings or refusals, one printable line each, and no secret in them."""

import re
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter, ValidationError

from components.settings import SettingsError, parse, refusals
from components.settings.agentcore import Declaration
from tests.support.stackfile import NETWORK, PROJECT, changed, stack_config

PRODUCTION = stack_config("production")


def refusal(config: dict[str, Any]) -> list[str]:
    with pytest.raises(SettingsError) as raised:
        parse(config, "f")
    return raised.value.lines


def test_values_of_encrypted_settings_are_never_shown() -> None:
    config = changed(PRODUCTION, "permissionsBoundaryArn", "hunter2")
    with pytest.raises(SettingsError) as raised:
        parse(config, "Pulumi.x.yaml", {f"{PROJECT}:permissionsBoundaryArn"})
    assert "hunter2" not in str(raised.value)
    assert "[secret] is refused" in str(raised.value)


def test_a_contradiction_among_encrypted_settings_does_not_show_them() -> None:
    config = changed(PRODUCTION, "tables.bank-trades.ttlAttribute", "trade_id")
    with pytest.raises(SettingsError) as raised:
        parse({**config, "aws:region": "hunter2"}, "f", {f"{PROJECT}:tables", "aws:region"})
    assert "trade_id" not in str(raised.value)
    assert "hunter2" not in str(raised.value)
    assert all("[secret] is refused" in line for line in raised.value.lines)


@pytest.mark.parametrize("odd", ["a\nb", "a\rb", "a\u2028b", "\x1b[31m", "\ud800", "\u202e"])
def test_whatever_a_text_holds_its_line_is_one_and_can_be_written(odd: str) -> None:
    for config in (changed(PRODUCTION, "tables", {odd: {}}), changed(PRODUCTION, "audit.name", odd)):
        for line in refusal(config):
            assert line.isprintable()
            assert line.encode()


@pytest.mark.parametrize("depth", [50, 200, 500, 900, 990, 5000, 100_000])
def test_a_value_of_any_depth_is_refused_with_a_line(depth: int) -> None:
    text = "[" * depth + "]" * depth
    (line,) = [line for line in refusal(changed(PRODUCTION, "audit", text)) if "audit" in line]
    assert "is refused; allowed is a mapping" in line


TEXT = st.text(st.characters(codec=None), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


def places(value: object, path: str = "") -> list[str]:
    if not isinstance(value, dict):
        return [path]
    below = [
        inner_path
        for key, inner in value.items()
        for inner_path in places(inner, f"{path}.{key}" if path else key)
    ]
    return [path, *below] if path else below


PYDANTIC = re.compile(r"(?i)(input|keys|list|dictionary|string|tuple|value) should|^Pulumi\.x\.yaml: [.:]")
"""Words of the library's own, and keys that are none."""
SECTIONS = {key.partition(":")[2]: value for key, value in PRODUCTION.items() if key.startswith(PROJECT)}


@given(path=st.sampled_from(places(SECTIONS)), value=JSON)
def test_no_value_anywhere_gets_past_validation_into_a_stack_trace(path: str, value: object) -> None:
    lines = ["Pulumi.x.yaml: accepted"]
    try:
        parse(changed(PRODUCTION, path, value), "Pulumi.x.yaml")
    except SettingsError as error:
        lines = error.lines
    assert lines
    assert all(line.startswith("Pulumi.x.yaml: ") and line.isprintable() for line in lines)
    assert not [line for line in lines if PYDANTIC.search(line)]


@given(
    config=st.dictionaries(
        st.sampled_from([*PRODUCTION, f"{PROJECT}:x", "other:x"]), JSON | st.text(), max_size=6
    )
)
def test_no_config_at_all_gets_past_validation_into_a_stack_trace(config: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        parse(config, "Pulumi.x.yaml")


@given(value=JSON)
def test_no_declaration_gets_past_validation_into_a_stack_trace(value: object) -> None:
    keys = [*Declaration.model_fields, "environment.X", "tools.0"]
    for key in keys:
        first, _, inside = key.partition(".")
        content = {first: {inside: value} if inside == "X" else [value] if inside else value}
        lines: list[str] = []
        try:
            Declaration.model_validate(content)
        except ValidationError as failure:
            lines = refusals.lines(failure, Declaration)
        assert lines  # nothing is whole with one key
        assert not [line for line in lines if PYDANTIC.search(line) or line.startswith((".", ":"))]


def test_what_can_be_too_few_or_too_many_says_how_many() -> None:
    (few,) = refusal({**PRODUCTION, f"{PROJECT}:network": {**NETWORK, "subnetIds": NETWORK["subnetIds"][:1]}})
    assert few.endswith('network.subnetIds: ["subnet-0123456789abcdef0"] is refused; allowed are at least 2')
    (many,) = refusal(changed(PRODUCTION, "cost.notify", [f"{n}@example.com" for n in range(11)]))
    assert many.endswith(" is refused; allowed are at most 10")


def test_a_figure_that_is_out_of_bounds_says_which() -> None:
    adapter = TypeAdapter(Annotated[int, Field(ge=30, le=90)])
    for value, allowed in ((29, "is at least 30"), (91, "is at most 90")):
        with pytest.raises(ValidationError) as failure:
            adapter.validate_python(value)
        (line,) = refusals.lines(failure.value, int)
        assert line == f"{value} is refused; allowed {allowed}"
