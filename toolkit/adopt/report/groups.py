"""The content of a report in its order; page and Markdown only render it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from toolkit.adopt.report import wording
from toolkit.adopt.report.values import name_and_type, value_text, visible
from toolkit.adopt.report.view import (
    ChangedProperty,
    ChangedResource,
    ConsequenceGroup,
    ResourceRow,
    StatusGroup,
    StatusMatrix,
    UnmanagedGroup,
    ValueText,
    View,
)


def grouped(report: Mapping[str, Any]) -> View:
    """Return a report's content in order: what must be acted on first.

    Args:
        report: JSON-able. `stack`, `project`, `account`, `region`, `made`, `step`: text. `versions`: text by
            `pulumi`, `aws`, `program`. `verdict`: `code`, the exit code of docs/adoption.md, and `text`.
            `coverage`: counts `declared`, `adopted`, `found`, `unmanaged`, `hidden`, and `percent` from 0 to
            100. `resources`: each `urn`, `type`, `name`, `id` (or null), `status`, `decision`, `detail` and
            `candidates` of `id` and `detail`. `unmanaged`: each `type`, `name`, `owner`. `unlisted`: reasons
            by type. `differences`: each `urn`, `path`, `live`, `declared`, `default` (any JSON), `cause`,
            `consequence`, `stops`, `agreed`, `fix`, `effect`, `remedy`. `warnings` and `next`: texts.
    """
    code = int(report["verdict"]["code"])
    badge, severity, otherwise = wording.OUTCOMES.get(code, wording.OTHER_OUTCOME)
    stack = visible(report["stack"])
    return View(
        title=f"Adoption of {stack}",
        outcome=visible(report["verdict"]["text"]).strip() or otherwise,
        badge=f"{badge} · exit code {code}",
        severity=severity,
        facts=_facts(report),
        next=[(visible(step), step.startswith(wording.COMMANDS)) for step in report["next"]],
        percent=min(max(int(report["coverage"]["percent"]), 0), 100),
        figures=_figures(report),
        differences=_differences(report["differences"]),
        no_differences=wording.no_differences(str(report["step"]), code),
        matrix=_matrix(report["resources"]),
        statuses=_statuses(report["resources"]),
        unmanaged=_unmanaged(report["unmanaged"]),
        unlisted=[(visible(token), visible(why)) for token, why in sorted(report["unlisted"].items())],
        warnings=[visible(warning) for warning in report["warnings"]],
    )


def _facts(report: Mapping[str, Any]) -> list[tuple[str, str]]:
    values = [
        *((key, report[key]) for key in ("stack", "project", "account", "region", "step", "made")),
        *((key, report["versions"][key]) for key in ("pulumi", "aws", "program")),
    ]
    return [(wording.FACTS.get(key, key), visible(str(value))) for key, value in values if value]


def _undecided(resource: Mapping[str, Any]) -> bool:
    return resource["status"] not in wording.SETTLED and resource["decision"] == "import"


def _figures(report: Mapping[str, Any]) -> list[tuple[str, int]]:
    coverage = report["coverage"]
    figures = {key: int(coverage[key]) for key in ("declared", "adopted", "found")}
    return [
        *{**figures, "to decide": sum(map(_undecided, report["resources"]))}.items(),
        ("unmanaged", int(coverage["unmanaged"])),
        ("made by AWS", int(coverage["hidden"])),
    ]


def _by(items: Iterable[Mapping[str, Any]], *keys: str) -> dict[tuple[Any, ...], list[Mapping[str, Any]]]:
    """Return items grouped by the values of keys, in the order of the items."""
    groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for item in items:
        groups.setdefault(tuple(item[key] for key in keys), []).append(item)
    return groups


def _rank(order: Iterable[str], name: str) -> tuple[int, str]:
    """Return a sort key by an order of names; a name that is not in it comes last, alphabetically."""
    names = list(order)
    return (names.index(name) if name in names else len(names), name)


def _value(value: Any, otherwise: str) -> ValueText:  # noqa: ANN401 - any JSON
    if value is None:
        return ValueText(otherwise, otherwise, is_json=False)
    return ValueText(value_text(value), value_text(value, multiline=True))


def _change(difference: Mapping[str, Any]) -> ChangedProperty:
    live, declared = wording.nothing(str(difference["path"]), str(difference["consequence"]))
    return ChangedProperty(
        path=visible(difference["path"]),
        live=_value(difference["live"], live),
        declared=_value(difference["declared"], declared),
        default=_value(difference["default"], "not known" if difference["path"] else "none"),
        cause=visible(difference["cause"]),
        agreed=visible(difference["agreed"]),
        fix=visible(difference["fix"]).strip("\n"),
        effect=visible(difference["effect"]),
        remedy=visible(difference["remedy"]),
    )


def _changed(urn: str, differences: Iterable[Mapping[str, Any]]) -> ChangedResource:
    name, token = name_and_type(urn)
    changes = sorted(map(_change, differences), key=lambda change: bool(change.agreed))
    return ChangedResource(visible(name), visible(token), visible(urn), changes)


def _consequence(name: str, differences: Sequence[Mapping[str, Any]], *, blocks: bool) -> ConsequenceGroup:
    title, note, severity = wording.CONSEQUENCES.get(name, (name, "", "attention"))
    resources = [_changed(urn, members) for (urn,), members in _by(differences, "urn").items()]
    many = len(differences) > (wording.FEW if severity == "quiet" else wording.MANY)
    return ConsequenceGroup(
        f"Stop: {title}" if blocks else f"{title[:1].upper()}{title[1:]}",
        wording.BLOCKERS if blocks else note,
        "stop" if blocks else severity,
        # Unagreed differences first: they are left to do
        sorted(resources, key=lambda resource: all(change.agreed for change in resource.changes)),
        folded=many and not blocks,
    )


def _differences(differences: Iterable[Mapping[str, Any]]) -> list[ConsequenceGroup]:
    groups = sorted(
        _by(differences, "stops", "consequence").items(),
        key=lambda group: (not group[0][0], _rank(wording.CONSEQUENCES, group[0][1])),
    )
    return [_consequence(visible(name), members, blocks=bool(stops)) for (stops, name), members in groups]


def _matrix(resources: Iterable[Mapping[str, Any]]) -> StatusMatrix:
    counts = Counter((str(resource["type"]), str(resource["status"])) for resource in resources)
    columns = sorted({status for _, status in counts}, key=lambda status: _rank(wording.STATUSES, status))
    types = sorted({token for token, _ in counts})
    return StatusMatrix(
        [visible(status) for status in columns],
        [(visible(token), [counts[token, status] for status in columns]) for token in types],
    )


def _resource_row(resource: Mapping[str, Any]) -> ResourceRow:
    return ResourceRow(
        name=visible(resource["name"]),
        type=visible(resource["type"]),
        urn=visible(resource["urn"]),
        id=visible(resource["id"] or ""),
        decision=visible(resource["decision"]),
        undecided=_undecided(resource),
        detail=visible(resource["detail"]),
        candidates=[
            (visible(candidate["id"]), visible(candidate["detail"])) for candidate in resource["candidates"]
        ],
    )


def _statuses(resources: Iterable[Mapping[str, Any]]) -> list[StatusGroup]:
    def group(status: str, members: Sequence[Mapping[str, Any]]) -> StatusGroup:
        note, severity = wording.STATUSES.get(status, ("", "attention"))
        few = wording.FEW if status in wording.SETTLED else wording.MANY
        rows = sorted(map(_resource_row, members), key=lambda resource: (resource.type, resource.name))
        return StatusGroup(visible(status), note, severity, rows, folded=len(members) > few)

    groups = sorted(_by(resources, "status").items(), key=lambda group: _rank(wording.STATUSES, group[0][0]))
    return [group(str(status), members) for (status,), members in groups]


def _unmanaged(resources: Iterable[Mapping[str, Any]]) -> list[UnmanagedGroup]:
    groups = sorted(_by(resources, "type").items())
    return [
        UnmanagedGroup(
            visible(token),
            sorted((visible(resource["name"]), visible(resource["owner"])) for resource in members),
            folded=len(members) > wording.FEW,
        )
        for (token,), members in groups
    ]
