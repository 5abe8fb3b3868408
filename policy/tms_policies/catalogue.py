"""Every rule of the pack, ordered by id: a module of rules needs no registration.

`python -m tms_policies.catalogue --json` lists them for other programs.
"""

import argparse
import importlib
import json
import pkgutil
import sys

from tms_policies import rules
from tms_policies.exemptions.forms import GUARD
from tms_policies.model import Rule
from tms_policies.registry import registered_rules

EXAMPLES = "_examples"
"""How the name of a module ends that shows the rules of the module beside it; the pack itself needs none."""


def _rules() -> tuple[Rule, ...]:
    """Import every module of rules, and return what they register."""
    for module in pkgutil.iter_modules(rules.__path__):
        if not module.name.endswith(EXAMPLES):
            importlib.import_module(f"{rules.__name__}.{module.name}")
    return tuple(sorted(registered_rules(), key=lambda rule: (rule.id == GUARD, rule.id)))


RULES: tuple[Rule, ...] = _rules()
"""The rule about exemptions is last: it asks which of them the rules before it needed."""


def listed() -> list[dict[str, object]]:
    """Return each rule as `{name, severity, enforcement, types, controls}`; no types means all of `aws:*`."""
    return [
        {
            "name": rule.id,
            "severity": rule.severity,
            "enforcement": rule.level,
            "types": list(rule.types),
            "controls": list(rule.controls),
        }
        for rule in RULES
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m tms_policies.catalogue", description="List the rules of the pack."
    )
    parser.add_argument("--json", action="store_true", help="all fields, as a JSON array")
    as_json = parser.parse_args().json
    names = (f"{rule.id}  {rule.severity}" for rule in RULES)
    sys.stdout.write(f"{json.dumps(listed(), indent=2) if as_json else chr(10).join(names)}\n")
