"""Which stack is meant, and that nothing is asked of an account that is not the stack's."""

from pathlib import Path

import pytest

from tests.support.engine import ROOT
from toolkit.errors import IDENTITY, UNABLE, CommandError
from toolkit.operate.context import chosen, opened


@pytest.mark.usefixtures("account")
def test_the_stack_is_the_one_named_then_the_environments_then_the_only_one_then_production(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert chosen(None, tmp_path) == "production"
    (tmp_path / "Pulumi.staging.yaml").touch()
    assert chosen(None, tmp_path) == "staging"
    (tmp_path / "Pulumi.local.yaml").touch()
    assert chosen(None, tmp_path) == "production"
    monkeypatch.setenv("PULUMI_STACK", "local")
    assert chosen(None, tmp_path) == "local"
    assert chosen("staging", tmp_path) == "staging"


@pytest.mark.usefixtures("account")
def test_another_account_is_refused(tmp_path: Path) -> None:
    text = (ROOT / "Pulumi.local.yaml").read_text().replace("123456789012", "210987654321")
    (tmp_path / "Pulumi.local.yaml").write_text(text)
    for name in ("deployment", "Pulumi.production.yaml"):
        (tmp_path / name).symlink_to(ROOT / name)
    with pytest.raises(
        CommandError, match=r"this is account 123456789012 .* stack local is in 210987654321"
    ) as ended:
        opened("local", tmp_path)
    assert ended.value.exit_code == IDENTITY


@pytest.mark.usefixtures("account")
def test_a_stack_without_a_file_or_with_refused_settings_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"Pulumi\.production\.yaml: there is no such file") as ended:
        opened(None, tmp_path)
    assert ended.value.exit_code == UNABLE
    with pytest.raises(CommandError, match="write the 12-digit id"):
        opened("production", ROOT)
