"""Write what the pack demands: `python -m policy.reference` makes docs/policies.md from the catalogue."""

import json
from collections.abc import Iterator
from pathlib import Path

from policy.catalogue import RULES
from policy.model import Rule

TARGET = Path(__file__).resolve().parent.parent / "docs" / "policies.md"

_HEAD = """# Policies

Written from the catalogue by `make docs`. A rule of low severity warns, any other stops the preview, unless
`--policy-pack-config` says otherwise. A value that preview does not know and
that a rule needs is a violation ("cannot be proven at preview"): compute it from settings. A rule's settings
are given by `--policy-pack-config`, as `{"<rule>": {"<setting>": ...}}`.

| rule | severity | what holds | how | controls |
|---|---|---|---|---|
"""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _row(rule: Rule) -> str:
    cells = (f"`{rule.id}`", rule.severity, rule.what, rule.remedy, ", ".join(rule.controls) or "-")
    return "| " + " | ".join(_cell(one) for one in cells) + " |\n"


def _settings(rule: Rule) -> Iterator[str]:
    for name, schema in rule.settings.items():
        default = json.dumps(schema["default"])
        yield f"| `{rule.id}` | `{name}` | {_cell(schema['description'])} | `{_cell(default)}` |\n"


def reference() -> str:
    """Give the document's text."""
    rows = "".join(_row(rule) for rule in RULES)
    settings = "".join(line for rule in RULES for line in _settings(rule))
    return (
        f"{_HEAD}{rows}\n## Settings\n\n| rule | setting | meaning | default |\n|---|---|---|---|\n{settings}"
    )


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(reference(), encoding="utf-8")
