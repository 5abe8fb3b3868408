"""The controls of known frameworks, and the rules that implement each: `data/controls.json`."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict

_FAMILIES = ("FSBP:", "CIS:", "CKV_", "CKV2_", "AwsSolutions-")
"""How the ids of each source begin, in the order in which messages and pages list them."""
_DATA = Path(__file__).resolve().parent / "data" / "controls.json"


class Control(TypedDict):
    """A control of a framework, with either rules or a reason why no rule implements it."""

    id: str
    framework: str
    title: str
    service: str
    rules: list[str]
    reason: str
    remark: NotRequired[str]


class Controls(TypedDict):
    """The file's content: the source of each framework, and the controls."""

    sources: dict[str, str]
    controls: list[Control]


def load() -> Controls:
    """Return the content of the file."""
    return json.loads(_DATA.read_text(encoding="utf-8"))


def _order(control: str) -> tuple[int, list[str | int]]:
    """Return the sort key of an id: its source, then its parts, numbers as numbers."""
    family = next(index for index, start in enumerate(_FAMILIES) if control.startswith(start))
    return family, [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", control)]


@cache
def _by_rule() -> Mapping[str, tuple[str, ...]]:
    controls: dict[str, list[str]] = {}
    for control in load()["controls"]:
        for identifier in control["rules"]:
            controls.setdefault(identifier, []).append(control["id"])
    return {identifier: tuple(sorted(ids, key=_order)) for identifier, ids in controls.items()}


def controls_of(identifier: str) -> tuple[str, ...]:
    """Return the ids of the controls that a rule implements, ordered by source and number."""
    return _by_rule().get(identifier, ())
