"""Adoption in words, and as JSON."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from adopt.mapping import undecided
from adopt.model import Difference, Found, Plan

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
    """Give the differences, what must not happen first."""

    def rank(one: Difference) -> tuple[bool, int, str, bool, str]:
        return (not one.stops, _ORDER[one.consequence], one.urn, one.path not in _IDENTITY, one.path)

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
        f"the program has {share} % of what is there"
    )


def discovered(plan: Plan, *, strict: bool = False) -> str:
    """Say what was found, and what is there beside it."""
    counts = Counter(one.status for one in plan.found)
    lines = [
        coverage(plan),
        ", ".join(f"{count} {status}" for status, count in counts.items()) or "nothing declared",
    ]
    lines += [
        f"{one.status}: {one.target.name} ({one.target.type}): {one.detail}"
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


def _line(one: Difference) -> str:
    mark = "STOP " if one.stops else ""
    name = one.urn.rpartition("::")[2]
    if one.consequence in ("created", "deleted"):
        return f"{mark}{one.consequence}: {name} ({one.urn.split('::')[2].rpartition('$')[2]})"
    agreed = f" (agreed: {one.agreed})" if one.agreed else ""
    said = f"{mark}{one.consequence}: {name}.{one.path}: live {one.live!r}, declared {one.declared!r}{agreed}"
    edit = "" if one.agreed else "".join(f"\n    {line}" for line in one.fix.splitlines())
    return f"{said}{edit}"


def compared(plan: Plan) -> str:
    """Say what differs, and what would become of it."""
    return "\n".join(_line(one) for one in ordered(plan)) or "no differences: an update would change nothing"


def stopped(one: Difference) -> str:
    """Say why nothing may be imported, in one line."""
    name = one.urn.rpartition("::")[2]
    return (
        f"{name}: {one.path} is {one.live!r} and declared as {one.declared!r}, which would replace what "
        f"holds data; write the live one into the setting of {name} in Pulumi.{one.urn.split(':')[2]}.yaml"
    )


def unresolved(left: Sequence[Found], file: Path) -> str:
    """Say why not everything can be imported, in one line.

    Args:
        left: What cannot.
        file: Where a person decides.
    """
    count, first = len(undecided(left)), left[0]
    return (
        f"{len(left)} resources cannot be adopted as they are; "
        f"{f'decide {count} in {file}' if count else 'mend what is named'}, then run this again; "
        f"first: {first.target.urn}: {first.status}: {first.detail}"
    )
