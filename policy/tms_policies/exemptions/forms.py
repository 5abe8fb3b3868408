"""What the keys of an exemption take, and how a message shows what they were given."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from difflib import get_close_matches

import yaml

GUARD = "account-exemption-valid"
"""The rule that judges exemptions, which none can lift."""
REASON = 20
_SHOWN = 90
_TEXT = "tag:yaml.org,2002:str"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

LINES: Mapping[str, str] = {
    "rule": "rule: <the id of a rule, as `python -m tms_policies.catalogue` lists them>",
    "resource": 'resource: "<the URN that the finding names; `*` for any text, such as *::trades>"',
    "reason": f"reason: <why this is accepted, in {REASON} characters or more>",
    "owner": "owner: <who accepts it>",
    "expires": "expires: <the last day, such as 2027-03-31>",
    "finding": "finding: <words of the message>, or no such key",
}
OPTIONAL = "finding"
FORM = f"a list of entries with the keys {', '.join(LINES)}, as docs/configuring.md shows"


def clean(text: str) -> str:
    """Return a text as one line that any terminal and any message can take."""
    return " ".join("".join(item if item.isprintable() else " " for item in text).split())


def quoted(text: str) -> str:
    """Return a text for a message."""
    return repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}...")


def named(node: yaml.Node) -> str:
    """Return a node for a message; of a list or mapping its kind only, since aliases make those endless."""
    if isinstance(node, yaml.ScalarNode):
        return quoted(clean(node.value))
    return "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"


def _rule(text: str, rules: Collection[str]) -> str:
    if text == GUARD:
        return "another rule: this one judges the exemptions, and none lifts it"
    near = get_close_matches(text, rules, n=1)
    return "" if text in rules else f"the id of a rule of this pack{f', such as {near[0]}' if near else ''}"


def _resource(text: str, _rules: Collection[str]) -> str:
    fits = text.startswith(("urn:pulumi:", "*"))
    return "" if fits else "a URN pattern, which starts with `urn:pulumi:` or `*`"


def _reason(text: str, _rules: Collection[str]) -> str:
    return "" if len(text) >= REASON else f"of {REASON} characters or more, and has {len(text)}"


def _expires(text: str, _rules: Collection[str]) -> str:
    try:
        exists = bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        exists = False
    return "" if exists else "a date that exists, written as year-month-day"


_CHECKS: Mapping[str, Callable[[str, Collection[str]], str]] = {
    "rule": _rule,
    "resource": _resource,
    "reason": _reason,
    "expires": _expires,
}


def demanded(key: str, node: yaml.Node, rules: Collection[str]) -> str:
    """Return what the value of a key must be, if it is something else."""
    text = clean(node.value) if isinstance(node, yaml.ScalarNode) else ""
    if not text or (node.tag != _TEXT and key != "expires"):
        return "a date" if key == "expires" else "a text that is not empty; quote what YAML reads otherwise"
    return _CHECKS[key](text, rules) if key in _CHECKS else ""
