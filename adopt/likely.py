"""Which live resource that nothing declares may be one that is declared and absent, as names go."""

import re
from collections.abc import Iterable

from adopt.inventory import plain
from adopt.model import Candidate, Found, Plan

_FEW = 3
_ALIKE = 0.6  # of the words of two names that both have
_WORDS = re.compile(r"[^a-z0-9]+")


def propose(plan: Plan) -> None:
    """Give each absent resource those of its type that are called alike; a person says whether one is it."""
    absent = [one for one in plan.found if one.status == "absent" and one.id and not one.candidates]
    types = {one.target.type for one in absent}
    live: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for token, name, *_ in plan.unmanaged if types else ():
        if token in types:
            live.setdefault(token, []).append((name, _words(name)))
    for one in absent:
        one.candidates = list(_candidates(one, live.get(one.target.type, ())))


def _candidates(one: Found, live: Iterable[tuple[str, frozenset[str]]]) -> Iterable[Candidate]:
    identity = str(one.id)
    declared = plain(identity)
    words, low = _words(declared), declared.lower()
    rated = [
        (_alike(words, others), low in name.lower() or name.lower() in low, name) for name, others in live
    ]
    close = sorted((-rate, name) for rate, within, name in rated if within or rate >= _ALIKE)
    for _, name in close[:_FEW]:
        yield Candidate(f"{identity.removesuffix(declared)}{name}", "called alike, and declared by nothing")


def _words(name: str) -> frozenset[str]:
    return frozenset(filter(None, _WORDS.split(name.lower())))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)
