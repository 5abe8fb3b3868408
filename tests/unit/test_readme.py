"""The README's tables keep step with what they describe."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()


def section(title: str) -> str:
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_every_setting_is_in_the_settings_table() -> None:
    declared = yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["config"]
    listed = re.findall(
        r"`([a-zA-Z:]+)`", "".join(re.findall(r"^\| (`.*?) \|", section("Settings"), re.MULTILINE))
    )
    assert set(listed) == {*declared, "aws:region", "aws:allowedAccountIds"}


def test_every_setting_has_a_type_and_a_description() -> None:
    declared = yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["config"]
    assert all(setting["type"] and len(setting["description"]) > 20 for setting in declared.values())


def test_every_output_is_in_the_outputs_table() -> None:
    exported = re.findall(r'pulumi\.export\("(\w+)"', (ROOT / "__main__.py").read_text())
    listed = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", section("Outputs"), re.MULTILINE)))
    assert sorted(listed) == sorted(exported)


def test_the_recorded_preview_counts_what_production_declares() -> None:
    urns = (ROOT / "tests" / "engine" / "production.urns").read_text().split()
    assert f"+ {len(urns)} to create" in README
