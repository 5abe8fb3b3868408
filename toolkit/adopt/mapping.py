"""`mapping.yaml`: a person's decisions about resources that cannot be matched automatically; it is committed.

- urn: urn:pulumi:production::...
  id: the live one's import id
- urn: urn:pulumi:production::...
  create: why there is none yet and the first update shall make it
- urn: urn:pulumi:production::...
  skip: why it stays out of the state
- urn: "*$aws:cloudwatch/metricAlarm:MetricAlarm::*"
  create: why the first update shall make those of them that are absent
- urn: "*"
  ours: why a tag that names another tool is wrong (ManagedBy=terraform, where nobody ever applied any)
- urn: "*$aws:dynamodb/table:Table::*"
  change: {pointInTimeRecovery: why the first update may change this in place, after the adoption}
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from toolkit import strict_yaml
from toolkit.adopt.candidates import near
from toolkit.adopt.mapping_errors import errors, has_pattern
from toolkit.adopt.model import Difference, Found
from toolkit.adopt.provider_facts import update
from toolkit.engine.urn import Urn
from toolkit.errors import UNABLE, CommandError

_HEAD = "# What a person decided; the form stands in toolkit/adopt/mapping.py.\n"
_FEW = 20  # candidates that a person is shown


def read(file: Path, urns: Iterable[str], region: str) -> list[Mapping[str, Any]]:
    """Return the decisions; the file stays, so it may also name resources that are adopted by now.

    Args:
        file: The file.
        urns: What is declared or in the state.
        region: The stack's region.

    Raises:
        CommandError: The file has errors; the message names all of them.
    """
    if not file.exists():
        return []
    entries = strict_yaml.read(file) or []
    if not isinstance(entries, list):
        raise CommandError(
            UNABLE, f"{file}: it must be a list of entries with urn and id, create, skip, ours or change"
        )
    if messages := errors(entries, urns, region):
        raise CommandError(UNABLE, "; ".join(f"{file}: {message}" for message in messages))
    return entries


def ids(decisions: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the ids that a person chose, by URN."""
    return {entry["urn"]: entry["id"] for entry in decisions if "id" in entry}


def ours(decisions: Iterable[Mapping[str, Any]], urns: Iterable[str]) -> set[str]:
    """Return the URNs that a person decided are this program's, whatever their tags are."""
    patterns = [str(entry["urn"]) for entry in decisions if "ours" in entry]
    return {urn for urn in urns if any(fnmatchcase(urn, pattern) for pattern in patterns)}


def decide(resources: Iterable[Found], decisions: Iterable[Mapping[str, Any]]) -> None:
    """Set the decisions on the resources that were found."""
    entries = list(decisions)
    for resource in resources:
        resource.agreed = _changes(resource.target.urn, entries)
        for entry in entries:
            if entry["urn"] == resource.target.urn:
                for key in ("create", "skip"):
                    if key in entry:
                        resource.decision, resource.detail = key, entry[key]


def _changes(urn: str, decisions: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the reasons for which the first update may change properties of a resource, by property.

    If updates of its type have side effects, only an entry with the full URN counts.
    """
    side_effects = bool(update(Urn.parse(urn).type))
    return {
        path: why
        for entry in decisions
        if fnmatchcase(urn, entry["urn"]) and not (side_effects and has_pattern(entry))
        for path, why in entry.get("change", {}).items()
    }


def create_absent(resources: Iterable[Found], decisions: Iterable[Mapping[str, Any]]) -> None:
    """Set the decisions to create absent resources by pattern; an entry with the full URN goes first."""
    patterns = [entry for entry in decisions if "create" in entry and has_pattern(entry)]
    for resource in undecided(resources):
        for entry in patterns:
            if resource.status == "absent" and fnmatchcase(resource.target.urn, entry["urn"]):
                resource.decision, resource.detail = "create", entry["create"]


def agree(difference: Difference, agreed: Mapping[str, str]) -> Difference:
    """Return a difference with a person's reason; only changes in place can be agreed to."""
    reasons = [
        reason
        for path, reason in agreed.items()
        if difference.path == path or difference.path.startswith((f"{path}.", f"{path}["))
    ]
    return replace(difference, agreed=reasons[0]) if reasons and agreeable(difference) else difference


def decided(difference: Difference, decisions: Iterable[Mapping[str, Any]]) -> Difference:
    """Return a difference with the reason for which the first update may make it, if there is one."""
    if difference.consequence == "created":
        matches = [
            entry for entry in decisions if "create" in entry and fnmatchcase(difference.urn, entry["urn"])
        ]
        return replace(difference, agreed=str(matches[0]["create"])) if matches else difference
    return agree(difference, _changes(difference.urn, decisions))


def agreeable(difference: Difference) -> bool:
    """Return whether a person may agree to a difference."""
    in_place = difference.consequence in ("updated in place", "cannot be read back")
    return not difference.stops and (in_place or difference.cause in ("default never read", "not read back"))


def undecided(resources: Iterable[Found]) -> list[Found]:
    """Return what a person must decide; unknown resources and those managed elsewhere are no decision."""
    return [
        resource
        for resource in resources
        if resource.decision == "import" and resource.status in ("open", "absent", "ambiguous")
    ]


def propose(file: Path, resources: Collection[Found]) -> None:
    """Add undecided resources to the file, commented out, for a person to decide."""
    open_resources = undecided(resources)
    if not open_resources:
        return
    content = file.read_text(encoding="utf-8") if file.exists() else _HEAD
    wholly = _wholly_absent(resources)
    added = [
        f'# - urn: "*${kind}::*"\n#   # absent, all {count} of them\n#   create: \n'
        for kind, count in wholly.items()
        if f'"*${kind}::*"' not in content
    ]
    added += [
        f"# - urn: {resource.target.urn}\n#   # {resource.status}: {resource.detail}\n"
        f"{_candidates(resource)}#   id: \n"
        for resource in open_resources
        if resource.target.urn not in content and resource.target.type not in wholly
    ]
    if added:
        file.write_text(content + "".join(added), encoding="utf-8")


def _wholly_absent(resources: Iterable[Found]) -> dict[str, int]:
    """Return the count of types of which several are declared and all are absent without candidates."""
    by_type: dict[str, list[Found]] = {}
    for resource in resources:
        by_type.setdefault(resource.target.type, []).append(resource)
    return {
        kind: len(group)
        for kind, group in by_type.items()
        if len(group) > 1
        and {(resource.status, resource.decision) for resource in group} == {("absent", "import")}
        and not any(map(near, group))
    }


def _candidates(resource: Found) -> str:
    hint = (
        f"#   # if it is one of these, write its name into {resource.named_by}\n" if resource.named_by else ""
    )
    return (
        "".join(
            f"#   # candidate {candidate.id}: {candidate.detail}\n"
            for candidate in resource.candidates[:_FEW]
        )
        + hint
    )
