"""Settings of a stack read from its file, without an engine."""

from pathlib import Path

import pytest

from components.settings import SettingsError, read

_ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("stack", ["local"])
def test_a_stack_of_this_project_is_read_as_the_program_reads_it(stack: str) -> None:
    settings = read(stack, _ROOT)
    assert settings.region == "us-east-1"
    assert settings.tables["bank-trades"].name == "BankTradeData"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "Pulumi.there.yaml: there is no such file; stacks here: here"),
        ("a: [", "Pulumi.there.yaml: is not YAML: "),
        ("[]", "Pulumi.there.yaml: config: is missing"),
        ("config: {p:key: {secure: v1}}", "Pulumi.there.yaml: p:key: is encrypted"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(
    tmp_path: Path, content: str | None, message: str
) -> None:
    (tmp_path / "Pulumi.here.yaml").write_text("config: {}")
    if content is not None:
        (tmp_path / "Pulumi.there.yaml").write_text(content)
    with pytest.raises(SettingsError) as refused:
        read("there", tmp_path)
    assert len(refused.value.lines) == 1
    assert refused.value.lines[0].startswith(message)
