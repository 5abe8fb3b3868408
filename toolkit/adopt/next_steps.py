"""The next steps for a person, one sentence or command each."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from toolkit.adopt.model import DESTRUCTIVE, DIFFERENCES, UNRESOLVED, Difference, Found, Plan
from toolkit.engine.urn import Urn

_FEW = 10


def next_steps(plan: Plan, code: int, stack: str, file: Path) -> list[str]:
    """Return the next steps in order.

    Args:
        plan: The resources that were found, and their differences.
        code: The exit code that the plan ends with.
        stack: The stack's name.
        file: `mapping.yaml`, where a person decides.
    """
    run_again = f"./tms adopt run --stack {stack}"
    if code == UNRESOLVED:
        return [*_short(_decisions(plan.found, file), "resources"), run_again]
    if code == DESTRUCTIVE:
        blockers = [difference for difference in plan.differences if difference.stops]
        return [*_short(_remedies(blockers), "edits"), *_differences(plan.differences, file), run_again]
    if code == DIFFERENCES:
        return [*_differences(plan.differences, file), run_again]
    if plan.found and not plan.rehearsed:
        return [run_again]
    if not plan.found:
        return [f"./tms adopt prove --stack {stack}"]
    return [f"./tms adopt apply --stack {stack} --yes", f"./tms adopt prove --stack {stack}"]


def _short(sentences: Iterable[str], noun: str) -> list[str]:
    distinct = list(dict.fromkeys(sentences))
    omitted = len(distinct) - _FEW
    return [*distinct[:_FEW], *([f"And {omitted} more {noun}, all of them below"] if omitted > 0 else ())]


def _decisions(resources: Sequence[Found], file: Path) -> Iterator[str]:
    """Yield the decisions that are due; absent resources without candidates are one decision per type."""
    undecided = [
        resource for resource in resources if resource.decision == "import" and resource.status != "found"
    ]
    single = [resource for resource in undecided if resource.status != "absent" or resource.candidates]
    for resource in single:
        name, ids = (
            f"{resource.target.name} ({resource.target.type})",
            ", ".join(candidate.id for candidate in resource.candidates),
        )
        if resource.named_by:
            yield f"Write the live name into {resource.named_by} if {name} is {ids}; if not, decide in {file}"
        elif resource.status == "absent":
            yield f"Say in {file} whether {name} is {ids}, or is to be created"
        elif resource.status in ("ambiguous", "open"):
            yield f"Say in {file} which live one {name} is{f': {ids}' if ids else ''}"
        else:
            yield f"Mend that {name} is {resource.status}: {resource.detail}"
    counts = Counter(resource.target.type for resource in undecided if resource not in single)
    for token, count in sorted(counts.items()):
        yield f"Say in {file} whether what is absent of {token} ({count}) is to be created"


def _remedies(differences: Iterable[Difference]) -> Iterator[str]:
    for difference in differences:
        name = Urn.parse(difference.urn).name
        yield f"{name}{f'.{difference.path}' if difference.path else ''}: {difference.remedy}"


def _differences(differences: Sequence[Difference], file: Path) -> Iterator[str]:
    """Yield how many differences there are beside the blockers, and the two ways to end them."""
    remaining = [difference for difference in differences if not difference.stops and not difference.agreed]
    created = sum(1 for difference in remaining if difference.consequence == "created")
    if created:
        yield f"Say in {file} of the {created} that would be created: which live one it is, or create and why"
    if len(remaining) > created:
        changed = len(remaining) - created
        which = "other " if changed < len(differences) else ""
        yield (
            f"Take the edits of the {which}{changed} differences, or agree to them in {file}, under change"
            if changed > 1
            else f"Take the edit of the {which}difference, or agree to it in {file}, under change"
        )
