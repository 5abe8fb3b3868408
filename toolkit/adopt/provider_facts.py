"""What the AWS provider does that no preview tells: what is lost, defaults, and what is never read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_LOST = ("data", "id", "access")
_ELSE = "it would get a new id, and what refers to the live one would fail"


@dataclass(frozen=True)
class Unread:
    """An argument that the provider's Read never fills.

    Attributes:
        sent: Whether an update sends it to AWS; otherwise it is only written into the state.
        filled: Whether the provider fills it in when the program leaves it out.
        ignored: Whether it is left alone by `ignore_changes` only.
        effect: What an update with it does.
    """

    sent: bool = True
    filled: bool = False
    ignored: bool = False
    effect: str = ""


@cache
def _known() -> Mapping[str, Any]:
    return yaml.safe_load(Path(__file__).with_name("provider_facts.yaml").read_text(encoding="utf-8"))


def lost(token: str) -> str:
    """Say what goes when a resource of a type is replaced or deleted."""
    return next((_known()["lost"][kind][token] for kind in _LOST if token in _known()["lost"][kind]), _ELSE)


def weight(token: str) -> int:
    """Give how soon the loss of a resource of a type is told: data first, then ids, then access."""
    return next((place for place, kind in enumerate(_LOST) if token in _known()["lost"][kind]), len(_LOST))


def update(token: str) -> str:
    """Say what an update in place of a type does beside what it changes; empty if nothing."""
    return str(_known()["updates"].get(token, {}).get("effect", ""))


def default(token: str, path: str) -> Any:  # noqa: ANN401 - any property's value
    """Give what the provider takes for a property where the program says nothing; None if not known."""
    return _known()["defaults"].get(token, {}).get("values", {}).get(path)


def unread(token: str, name: str) -> Unread | None:
    """Give what is known of an argument that is never read; None if it is read."""
    for kind in (token, "*"):
        found = _known()["unread"].get(kind, {}).get("properties", {}).get(name)
        if found is not None:
            return Unread(**found)
    return None


def moving(token: str, name: str) -> bool:
    """Say whether AWS or a person moves a property while the system runs."""
    return name in _known()["moving"].get(token, {}).get("properties", ())


def off(token: str, name: str, live: object) -> bool:
    """Say whether a live value is a block that is switched off, which a program must leave out."""
    says = _known()["blocks"].get(token, {}).get("properties", {}).get(name)
    return bool(says) and isinstance(live, dict) and not live.get(says)
