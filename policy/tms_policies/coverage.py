"""Write which rules answer to which control of the known frameworks: `python -m tms_policies.coverage`.

The controls are data (`data/controls.json`): every one of these frameworks that concerns the pack's
services, each with the rules that judge it, or with the reason why none does.
"""

from collections.abc import Iterator
from pathlib import Path

from tms_policies.controls import Control, Controls, load

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "docs" / "policies" / "controls.md"

_HEAD = """# Controls

Written from `policy/tms_policies/data/controls.json` by `make docs`: the controls of known frameworks that
concern the services of this pack, with the rules that judge them, or the reason why none does. Where a rule
goes less far than a control, or only by a setting, the last column says so. A rule judges what a program
declares; what else is in the account, and what becomes of it at run time, is for the framework's own tool to
watch.

| framework | judged by a rule | not, with a reason | source |
|---|---|---|---|
"""
_COLUMNS = "| control | what it asks for | rules | reason or limit |\n|---|---|---|---|\n"


def _row(control: Control) -> str:
    rules = ", ".join(f"[{rule}]({rule}.md)" for rule in control["rules"])
    text = control["reason"] or control.get("remark", "")
    cells = (control["id"], control["title"], rules, text)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _sections(data: Controls) -> Iterator[str]:
    for framework in data["sources"]:
        yield f"\n## {framework}\n\n{_COLUMNS}"
        yield from (_row(item) for item in data["controls"] if item["framework"] == framework)


def coverage() -> str:
    """Return the document's text."""
    data = load()
    text = _HEAD
    for framework, source in data["sources"].items():
        actual = [item for item in data["controls"] if item["framework"] == framework]
        judged = sum(bool(item["rules"]) for item in actual)
        text += f"| {framework} | {judged} | {len(actual) - judged} | {source} |\n"
    return text + "".join(_sections(data))


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(coverage(), encoding="utf-8")
