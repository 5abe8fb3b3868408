"""Adoption in words, and as JSON."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from toolkit.adopt import provider_facts
from toolkit.adopt.model import Difference, Found, Plan
from toolkit.adopt.reasons import one_line, perhaps, type_of
from toolkit.engine.urn import Urn
from toolkit.engine.values import UNKNOWN

_ORDER = {
    "replaced": 0,
    "deleted": 1,
    "created": 2,
    "updated in place": 3,
    "cannot be read back": 4,
    "nothing sent to AWS": 5,
}
_FEW = 20
# What a thing is, before what it has
_IDENTITY = ("hashKey", "rangeKey", "fifoQueue", "name", "bucket")


def ordered(plan: Plan) -> list[Difference]:
    """Return the differences, what must not happen first: by what is lost, and causes before what follows."""

    def rank(difference: Difference) -> tuple[bool, bool, int, int, str, bool, str]:
        return (
            not difference.stops,
            difference.declared == UNKNOWN,
            provider_facts.weight(type_of(difference)) if difference.stops else 0,
            _ORDER[difference.consequence],
            *(difference.urn, difference.path not in _IDENTITY, difference.path),
        )

    return sorted(plan.differences, key=rank)


def checked(document: dict[str, Any]) -> str:
    """Return where we are."""
    versions = document["versions"]
    lines = [
        f"account {document['account']}, region {document['region']}",
        f"engine {versions['pulumi']}, AWS plugin {versions['aws']} ({versions['plugin']})",
    ]
    return "\n".join([*lines, *(f"warning: {warning}" for warning in document["warnings"])])


def coverage(plan: Plan) -> str:
    """Return how much of what is there is declared."""
    count = sum(1 for resource in plan.found if resource.status == "found")
    covered = count + len(plan.adopted)
    share = covered * 100 // max(covered + len(plan.unmanaged), 1)
    before = f", {len(plan.adopted)} adopted before" if plan.adopted else ""
    return (
        f"{count} of {len(plan.found)} declared resources found{before}; "
        f"the program has {share} % of what is there, {len(plan.unmanaged)} live ones are declared by nothing"
    )


def _standing(resource: Found) -> str:
    """Return what was found of a declaration, or what a person decided about it."""
    return {"create": "to be created", "skip": "left out"}.get(resource.decision, resource.status)


def discovered(plan: Plan, *, strict: bool = False) -> str:
    """Return what was found, and what is there beside it."""
    counts = Counter(_standing(resource) for resource in plan.found)
    lines = [
        coverage(plan),
        ", ".join(f"{count} {status}" for status, count in counts.items()) or "nothing declared",
    ]
    lines += [
        f"{_standing(resource)}: {resource.target.name} ({resource.target.type}): "
        f"{resource.detail}{perhaps(resource)}"
        for resource in plan.found
        if resource.status != "found"
    ]
    beside = plan.unmanaged if strict else plan.unmanaged[:_FEW]
    lines += [f"not declared: {token} {name}" for token, name in beside]
    if len(plan.unmanaged) > len(beside):
        lines.append(
            f"and {len(plan.unmanaged) - len(beside)} more that are not declared: --strict lists all"
        )
    if strict:
        lines += [f"made by AWS: {token} {name}" for token, name in plan.hidden]
    elif plan.hidden:
        lines.append(f"{len(plan.hidden)} that AWS made are not shown: --strict lists them")
    return "\n".join([*lines, *(f"unknown: {token}: {why}" for token, why in plan.unlisted.items())])


def resolved(plan: Plan) -> str:
    """Return which live resource is which."""
    return "\n".join(f"{resource.id or '?'}  <-  {resource.target.urn}" for resource in plan.found)


def verified(plan: Plan) -> str:
    """Return how many ids were read, and why the others could not be."""
    read = sum(1 for resource in plan.found if resource.status in ("found", "managed elsewhere"))
    lines = [f"{read} of {len(plan.found)} ids were read by the provider"]
    lines += [
        f"{resource.status}: {resource.id or 'no id'}: {resource.target.urn}: {resource.detail}"
        for resource in plan.found
        if resource.status not in ("found", "managed elsewhere")
    ]
    return "\n".join(lines)


def _line(difference: Difference) -> str:
    name = Urn.parse(difference.urn).name
    head = f"{'STOP ' if difference.stops else ''}{difference.consequence}: {name}"
    if not difference.path:
        parts = (difference.effect, difference.remedy if difference.stops else "")
        return "; ".join([f"{head} ({type_of(difference)})", *(part for part in parts if part)]) + _agreed(
            difference
        )
    default = "" if difference.default is None else f", default {one_line(difference.default)}"
    why = "; ".join(
        part
        for part in (difference.cause, difference.effect, difference.remedy if difference.stops else "")
        if part
    )
    values = f"live {one_line(difference.live)}, declared {one_line(difference.declared)}"
    return f"{head}.{difference.path}: {values}{default} ({why}){_agreed(difference)}"


def _agreed(difference: Difference) -> str:
    return f" (agreed: {difference.agreed})" if difference.agreed else ""


def _lines(differences: Sequence[Difference]) -> Iterator[str]:
    """Yield each difference with the edit that mends it; one that mends several stands under the first."""
    shown_edits = set[tuple[str, str]]()
    for difference in differences:
        yield _line(difference)
        if not difference.agreed and (difference.urn, difference.fix) not in shown_edits:
            shown_edits.add((difference.urn, difference.fix))
            yield from (f"    {line}" for line in difference.fix.splitlines())


def compared(plan: Plan) -> str:
    """Return what differs, why, and what would become of it."""
    return "\n".join(_lines(ordered(plan))) or "no differences: an update would change nothing"


def rehearsed(plan: Plan) -> str:
    """Return what differs, and how much of what is there was looked at."""
    return f"{compared(plan)}\n{coverage(plan)}"


def whole(plan: Plan, *, strict: bool = False) -> str:
    """Return what was found and what differs; what stops comes before all else."""
    parts = [discovered(plan, strict=strict), compared(plan)]
    return "\n".join(reversed(parts) if any(difference.stops for difference in plan.differences) else parts)
