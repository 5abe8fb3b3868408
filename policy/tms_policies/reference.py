"""Write docs/policies/ from the catalogue and the rules' examples: `python -m tms_policies.reference`."""

import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from tms_policies.catalogue import RULES
from tms_policies.examples.catalogue import EXAMPLES
from tms_policies.examples.model import Case, Example
from tms_policies.examples.snippets import snippet
from tms_policies.model import Rule

ROOT = Path(__file__).resolve().parents[2]
INDEX = "docs/policies/README.md"
_FEW, _WIDTH = 16, 110
"""How many types a page names in one line, and the width of the list that it has of more."""
_URL = re.compile(r"(?<![(<])https://[^\s,)]+[^\s,).]")

_HEAD = """# Policies

Written from the catalogue and the rules' examples by `make docs`. A rule of low severity warns, any other
stops the preview, unless `--policy-pack-config` says otherwise; a rule's settings are given there too, as
`{"<rule>": {"<setting>": ...}}`. [Configuring](../configuring.md) has ready profiles, and how a finding is
accepted for a time. A value that preview does not know and that a rule needs is a finding
("cannot be proven at preview"): compute it from the stack's config. Each rule has a page of its own, with an
example of what it refuses and of what it accepts; the rule's tests run both. [Controls](controls.md) says
what of the CIS benchmark, Security Hub, checkov and cdk-nag the rules judge, and why not the rest.
"""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _linked(text: str) -> str:
    return _URL.sub(lambda result: f"<{result[0]}>", text)


def _index() -> str:
    """Return the table of all rules, a section for each service."""
    text = _HEAD
    service = ""
    for rule in sorted(RULES, key=lambda item: item.id.partition("-")[0]):
        if service != (service := rule.id.partition("-")[0]):
            text += f"\n## {service}\n\n| rule | severity | what holds | controls |\n|---|---|---|---|\n"
        controls = ", ".join(rule.controls) or "-"
        text += f"| [{rule.id}]({rule.id}.md) | {rule.severity} | {_cell(rule.what)} | {controls} |\n"
    return text


def _settings(rule: Rule) -> Iterator[str]:
    if rule.settings:
        yield "\n## Settings\n\n| setting | meaning | default |\n|---|---|---|\n"
    for name, schema in rule.settings.items():
        yield f"| `{name}` | {_cell(schema['description'])} | `{_cell(json.dumps(schema['default']))}` |\n"


def _shown(title: str, case: Case) -> str:
    value = f"\nwith the settings `{json.dumps(dict(case.settings))}`\n" if case.settings else ""
    says = f"\nIt says: *{_cell(case.says)}*\n" if case.says else ""
    file = f"\nwith the exemptions\n\n```yaml\n{case.exemptions}```\n" if case.exemptions else ""
    return f"\n## {title}\n{value}\n```python\n{snippet(case.resources)}\n```\n{file}{says}"


def _cases(example: Example) -> Iterator[str]:
    yield _shown("Refused", example.bad)
    yield _shown("Accepted", example.good)
    yield "\n## Other cases\n\n"
    for kind, title in (
        ("missing", "What it asks for is missing"),
        ("unknown", "What it reads is not known yet"),
    ):
        case = getattr(example, kind)
        verdict = case if isinstance(case, str) else f"refused: *{case.says}*" if case.says else "accepted"
        yield f"- {title}: {verdict}\n"


def _by_service(types: Sequence[str]) -> Iterator[str]:
    """Yield a list entry per service with the names of its types, wrapped."""
    services: dict[str, list[str]] = {}
    for token in types:
        _, path, name = token.split(":")
        services.setdefault(path.partition("/")[0], []).append(f"`{name}`")
    for service, names in sorted(services.items()):
        entry = f"- {service}: {', '.join(sorted(set(names)))}"
        yield textwrap.fill(entry, _WIDTH, subsequent_indent="  ", break_on_hyphens=False) + "\n"


def _types(rule: Rule) -> str:
    if not rule.types:
        return "every AWS type"
    if len(rule.types) <= _FEW:
        return ", ".join(f"`{token}`" for token in rule.types)
    services = {token.split(":")[1].partition("/")[0] for token in rule.types}
    return f"{len(rule.types)} types of {len(services)} services, listed [below](#types)"


def page(rule: Rule) -> str:
    """Return a rule's page."""
    head = (
        f"# {rule.id}\n\n{rule.what} {rule.remedy}\n\n{_linked(rule.why)}\n\n"
        f"- severity: {rule.severity}; by default a finding "
        f"{'warns' if rule.level == 'advisory' else 'stops the preview'}\n"
        f"- looks at: {_types(rule)}{', in relation to each other' if rule.scope == 'stack' else ''}\n"
        f"- controls: {', '.join(rule.controls) or 'none of the frameworks has it'}\n"
    )
    types = ("\n## Types\n\n", *_by_service(rule.types)) if len(rule.types) > _FEW else ()
    back = "\n[All policies](README.md)\n"
    return head + "".join((*_settings(rule), *_cases(EXAMPLES[rule.id]), *types)) + back


def reference() -> dict[str, str]:
    """Return each document's text by its path from the root."""
    return {INDEX: _index()} | {rule.page: page(rule) for rule in RULES if rule.id in EXAMPLES}


if __name__ == "__main__":
    for path, text in reference().items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8")
