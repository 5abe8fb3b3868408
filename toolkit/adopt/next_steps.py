"""What a person has to do next, one sentence or command each."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from toolkit.adopt.model import DESTRUCTIVE, DIFFERENCES, UNRESOLVED, Difference, Found, Plan
from toolkit.engine.urn import Urn

_FEW = 10


def todo(plan: Plan, code: int, stack: str, file: Path) -> list[str]:
    """Give what is left to do, in the order in which it is done.

    Args:
        plan: What was found, and what differs.
        code: The exit code that it ends with.
        stack: The stack's name.
        file: Where a person decides.
    """
    again = f"./tms adopt run --stack {stack}"
    if code == UNRESOLVED:
        return [*_short(_decisions(plan.found, file), "resources"), again]
    if code == DESTRUCTIVE:
        stops = [one for one in plan.differences if one.stops]
        return [*_short(_remedies(stops), "edits"), *_rest(plan.differences, file), again]
    if code == DIFFERENCES:
        return [*_rest(plan.differences, file), again]
    if plan.found and not plan.rehearsed:
        return [again]
    if not plan.found:
        return [f"./tms adopt prove --stack {stack}"]
    return [f"./tms adopt apply --stack {stack} --yes", f"./tms adopt prove --stack {stack}"]


def _short(sentences: Iterable[str], what: str) -> list[str]:
    every = list(dict.fromkeys(sentences))
    more = len(every) - _FEW
    return [*every[:_FEW], *([f"And {more} more {what}, all of them below"] if more > 0 else ())]


def _decisions(found: Sequence[Found], file: Path) -> Iterator[str]:
    """Say what is asked of a person; what is absent and like nothing is asked type by type."""
    left = [one for one in found if one.decision == "import" and one.status != "found"]
    alone = [one for one in left if one.status != "absent" or one.candidates]
    for one in alone:
        name, ids = f"{one.target.name} ({one.target.type})", ", ".join(each.id for each in one.candidates)
        if one.named_by:
            yield f"Write the live name into {one.named_by} if {name} is {ids}; if not, decide in {file}"
        elif one.status == "absent":
            yield f"Say in {file} whether {name} is {ids}, or is to be created"
        elif one.status in ("ambiguous", "open"):
            yield f"Say in {file} which live one {name} is{f': {ids}' if ids else ''}"
        else:
            yield f"Mend that {name} is {one.status}: {one.detail}"
    counts = Counter(one.target.type for one in left if one not in alone)
    for token, count in sorted(counts.items()):
        yield f"Say in {file} whether what is absent of {token} ({count}) is to be created"


def _remedies(differences: Iterable[Difference]) -> Iterator[str]:
    for one in differences:
        name = Urn.parse(one.urn).name
        yield f"{name}{f'.{one.path}' if one.path else ''}: {one.remedy}"


def _rest(differences: Sequence[Difference], file: Path) -> Iterator[str]:
    """Say how many differences there are beside what stops, and the two ways to end them."""
    left = [one for one in differences if not one.stops and not one.agreed]
    made = sum(1 for one in left if one.consequence == "created")
    if made:
        yield f"Say in {file} of the {made} that would be created: which live one it is, or create and why"
    if len(left) > made:
        others = len(left) - made
        which = "other " if others < len(differences) else ""
        yield (
            f"Take the edits of the {which}{others} differences, or agree to them in {file}, under change"
            if others > 1
            else f"Take the edit of the {which}difference, or agree to it in {file}, under change"
        )
