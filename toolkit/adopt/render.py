"""Adoption in words, and as JSON."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from toolkit.adopt import provider_facts
from toolkit.adopt.mapping import agreeable, undecided
from toolkit.adopt.model import Difference, Found, Plan
from toolkit.adopt.report.values import shareable, visible
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
_LONG = 120  # characters of a value on a line; the report has all of it


def ordered(plan: Plan) -> list[Difference]:
    """Give the differences, what must not happen first: by what is lost, and causes before what follows."""

    def rank(one: Difference) -> tuple[bool, bool, int, int, str, bool, str]:
        return (
            not one.stops,
            one.declared == UNKNOWN,
            provider_facts.weight(_token(one)) if one.stops else 0,
            _ORDER[one.consequence],
            *(one.urn, one.path not in _IDENTITY, one.path),
        )

    return sorted(plan.differences, key=rank)


def checked(shown: dict[str, Any]) -> str:
    """Say where we are."""
    versions = shown["versions"]
    lines = [
        f"account {shown['account']}, region {shown['region']}",
        f"engine {versions['pulumi']}, AWS plugin {versions['aws']} ({versions['plugin']})",
    ]
    return "\n".join([*lines, *(f"warning: {one}" for one in shown["warnings"])])


def coverage(plan: Plan) -> str:
    """Say how much of what is there is declared."""
    found = sum(1 for one in plan.found if one.status == "found")
    ours = found + len(plan.adopted)
    share = ours * 100 // max(ours + len(plan.unmanaged), 1)
    before = f", {len(plan.adopted)} adopted before" if plan.adopted else ""
    return (
        f"{found} of {len(plan.found)} declared resources found{before}; "
        f"the program has {share} % of what is there, {len(plan.unmanaged)} live ones are declared by nothing"
    )


def _standing(one: Found) -> str:
    """Give what was found of a declaration, or what a person decided about it."""
    return {"create": "to be created", "skip": "left out"}.get(one.decision, one.status)


def discovered(plan: Plan, *, strict: bool = False) -> str:
    """Say what was found, and what is there beside it."""
    counts = Counter(_standing(one) for one in plan.found)
    lines = [
        coverage(plan),
        ", ".join(f"{count} {status}" for status, count in counts.items()) or "nothing declared",
    ]
    lines += [
        f"{_standing(one)}: {one.target.name} ({one.target.type}): {one.detail}{_perhaps(one)}"
        for one in plan.found
        if one.status != "found"
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
    """Say which live resource is which."""
    return "\n".join(f"{one.id or '?'}  <-  {one.target.urn}" for one in plan.found)


def verified(plan: Plan) -> str:
    """Say how many ids were read, and why the others could not be."""
    read = sum(1 for one in plan.found if one.status in ("found", "managed elsewhere"))
    lines = [f"{read} of {len(plan.found)} ids were read by the provider"]
    lines += [
        f"{one.status}: {one.id or 'no id'}: {one.target.urn}: {one.detail}"
        for one in plan.found
        if one.status not in ("found", "managed elsewhere")
    ]
    return "\n".join(lines)


def _token(one: Difference) -> str:
    return Urn.parse(one.urn).type


def _value(value: object) -> str:
    """Give a value on one line, without secrets and not too long."""
    text = visible(repr(shareable(value)))
    return text if len(text) <= _LONG else f"{text[:_LONG]}..."


def _line(one: Difference) -> str:
    name = Urn.parse(one.urn).name
    head = f"{'STOP ' if one.stops else ''}{one.consequence}: {name}"
    if not one.path:
        told = (one.effect, one.remedy if one.stops else "")
        return "; ".join([f"{head} ({_token(one)})", *(part for part in told if part)]) + _agreed(one)
    default = "" if one.default is None else f", default {_value(one.default)}"
    why = "; ".join(part for part in (one.cause, one.effect, one.remedy if one.stops else "") if part)
    both = f"live {_value(one.live)}, declared {_value(one.declared)}"
    return f"{head}.{one.path}: {both}{default} ({why}){_agreed(one)}"


def _agreed(one: Difference) -> str:
    return f" (agreed: {one.agreed})" if one.agreed else ""


def _lines(every: Sequence[Difference]) -> Iterator[str]:
    """Give each difference with the edit that mends it; one that mends several stands under the first."""
    told = set[tuple[str, str]]()
    for one in every:
        yield _line(one)
        if not one.agreed and (one.urn, one.fix) not in told:
            told.add((one.urn, one.fix))
            yield from (f"    {line}" for line in one.fix.splitlines())


def compared(plan: Plan) -> str:
    """Say what differs, why, and what would become of it."""
    return "\n".join(_lines(ordered(plan))) or "no differences: an update would change nothing"


def rehearsed(plan: Plan) -> str:
    """Say what differs, and how much of what is there was looked at."""
    return f"{compared(plan)}\n{coverage(plan)}"


def whole(plan: Plan, *, strict: bool = False) -> str:
    """Say what was found and what differs; what stops comes before all else."""
    parts = [discovered(plan, strict=strict), compared(plan)]
    return "\n".join(reversed(parts) if any(one.stops for one in plan.differences) else parts)


def stopped(one: Difference) -> str:
    """Say why nothing may be imported, in one line that names the setting or argument to edit."""
    name = Urn.parse(one.urn).name
    if one.consequence == "deleted":
        said = f"{name} ({_token(one)}) is in the state and not declared, so an update would delete it"
    elif not one.path:
        said = f"{name} ({_token(one)}) would be replaced"
    else:
        said = (
            f"{name}: {one.path} is {_value(one.live)} and declared as {_value(one.declared)}, "
            "which would replace it"
        )
    return f"{said}: {one.effect}; {one.remedy}"


def left_over(first: Difference, count: int, file: Path) -> str:
    """Say that something differs, in one line that names the first and both ways to end it.

    Args:
        first: What is told first.
        count: How many there are.
        file: Where a person agrees to one.
    """
    name = Urn.parse(first.urn).name
    many = "1 difference is left" if count == 1 else f"{count} differences are left, first"
    if not first.path:
        return f"{many}: {name} ({_token(first)}) would be {first.consequence}: {first.remedy}"
    said = f"{name}.{first.path} is {_value(first.live)} and declared as {_value(first.declared)}"
    either = f", or agree to it in {file}, under change" if agreeable(first) else ""
    return f"{many}: {said}: {first.remedy}{either}"


def unresolved(left: Sequence[Found], file: Path) -> str:
    """Say why not everything can be imported, in one line.

    Args:
        left: What cannot.
        file: Where a person decides.
    """
    count = len(undecided(left))
    first = min(left, key=lambda one: not one.candidates)  # a part follows its whole
    many = f"{len(left)} resources cannot be adopted as they are"
    many = "1 resource cannot be adopted as it is" if len(left) == 1 else many
    return (
        f"{many}; "
        f"{f'decide {count} in {file}' if count else 'mend what is named'}, then run this again; "
        f"first: {first.target.urn}: {first.status}: {first.detail}{_perhaps(first)}"
    )


def _perhaps(one: Found) -> str:
    """Name the live ones that it may be, as long as a person has not said."""
    ids = ", ".join(each.id for each in one.candidates)
    if not ids or one.decision != "import" or one.status == "found":
        return ""
    return f"; perhaps it is {ids}{f': then write its name into {one.named_by}' if one.named_by else ''}"
