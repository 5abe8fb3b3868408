"""What a report says, in the order it is said; page and Markdown both only set this."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from toolkit.adopt.report import wording
from toolkit.adopt.report.values import named, shown, visible
from toolkit.adopt.report.view import (
    Changed,
    ChangeView,
    Consequence,
    Extra,
    FindingView,
    FoundView,
    Matrix,
    Value,
    View,
)


def grouped(report: Mapping[str, Any]) -> View:
    """Put a report in order: what must be acted on first.

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
    badge, severity, otherwise = wording.VERDICTS.get(code, wording.OTHER)
    stack = visible(report["stack"])
    return View(
        title=f"Adoption of {stack}",
        verdict=visible(report["verdict"]["text"]).strip() or otherwise,
        badge=f"{badge} · exit code {code}",
        severity=severity,
        facts=_facts(report),
        next=[(visible(one), one.startswith(wording.COMMANDS)) for one in report["next"]],
        percent=min(max(int(report["coverage"]["percent"]), 0), 100),
        figures=_figures(report),
        differences=_differences(report["differences"]),
        no_differences=wording.no_differences(str(report["step"]), code),
        matrix=_matrix(report["resources"]),
        found=_found(report["resources"]),
        unmanaged=_unmanaged(report["unmanaged"]),
        unlisted=[(visible(one), visible(why)) for one, why in sorted(report["unlisted"].items())],
        warnings=[visible(one) for one in report["warnings"]],
    )


def _facts(report: Mapping[str, Any]) -> list[tuple[str, str]]:
    named_so = [
        *((one, report[one]) for one in ("stack", "project", "account", "region", "step", "made")),
        *((one, report["versions"][one]) for one in ("pulumi", "aws", "program")),
    ]
    return [(wording.FACTS.get(one, one), visible(str(value))) for one, value in named_so if value]


def _undecided(resource: Mapping[str, Any]) -> bool:
    return resource["status"] not in wording.SETTLED and resource["decision"] == "import"


def _figures(report: Mapping[str, Any]) -> list[tuple[str, int]]:
    coverage = report["coverage"]
    figures = {one: int(coverage[one]) for one in ("declared", "adopted", "found")}
    return [
        *{**figures, "to decide": sum(map(_undecided, report["resources"]))}.items(),
        ("unmanaged", int(coverage["unmanaged"])),
        ("made by AWS", int(coverage["hidden"])),
    ]


def _by(things: Iterable[Mapping[str, Any]], *keys: str) -> dict[tuple[Any, ...], list[Mapping[str, Any]]]:
    """Group what has the same values, in the order in which they come."""
    groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for one in things:
        groups.setdefault(tuple(one[key] for key in keys), []).append(one)
    return groups


def _rank(order: Iterable[str], one: str) -> tuple[int, str]:
    """Give where something stands in an order; what the order does not know comes last, by name."""
    known = list(order)
    return (known.index(one) if one in known else len(known), one)


def _value(value: Any, otherwise: str) -> Value:  # noqa: ANN401 - any JSON
    if value is None:
        return Value(otherwise, otherwise, given=False)
    return Value(shown(value), shown(value, multiline=True))


def _change(one: Mapping[str, Any]) -> ChangeView:
    live, declared = wording.nothing(str(one["path"]), str(one["consequence"]))
    return ChangeView(
        path=visible(one["path"]),
        live=_value(one["live"], live),
        declared=_value(one["declared"], declared),
        default=_value(one["default"], "not known" if one["path"] else "none"),
        cause=visible(one["cause"]),
        agreed=visible(one["agreed"]),
        fix=visible(one["fix"]).strip("\n"),
        effect=visible(one["effect"]),
        remedy=visible(one["remedy"]),
    )


def _changed(urn: str, differences: Iterable[Mapping[str, Any]]) -> Changed:
    name, token = named(urn)
    changes = sorted(map(_change, differences), key=lambda one: bool(one.agreed))
    return Changed(visible(name), visible(token), visible(urn), changes)


def _consequence(name: str, differences: Sequence[Mapping[str, Any]], *, stops: bool) -> Consequence:
    title, note, severity = wording.CONSEQUENCES.get(name, (name, "", "attention"))
    resources = [_changed(urn, some) for (urn,), some in _by(differences, "urn").items()]
    many = len(differences) > (wording.FEW if severity == "quiet" else wording.MANY)
    return Consequence(
        f"Stop: {title}" if stops else f"{title[:1].upper()}{title[1:]}",
        wording.STOPS if stops else note,
        "stop" if stops else severity,
        # What nobody agreed to is what is left to do
        sorted(resources, key=lambda one: all(change.agreed for change in one.changes)),
        folded=many and not stops,
    )


def _differences(differences: Iterable[Mapping[str, Any]]) -> list[Consequence]:
    groups = sorted(
        _by(differences, "stops", "consequence").items(),
        key=lambda one: (not one[0][0], _rank(wording.CONSEQUENCES, one[0][1])),
    )
    return [_consequence(visible(name), some, stops=bool(stops)) for (stops, name), some in groups]


def _matrix(resources: Iterable[Mapping[str, Any]]) -> Matrix:
    counts = Counter((str(one["type"]), str(one["status"])) for one in resources)
    columns = sorted({status for _, status in counts}, key=lambda one: _rank(wording.STATUSES, one))
    types = sorted({token for token, _ in counts})
    return Matrix(
        [visible(one) for one in columns],
        [(visible(token), [counts[token, status] for status in columns]) for token in types],
    )


def _finding(one: Mapping[str, Any]) -> FindingView:
    return FindingView(
        name=visible(one["name"]),
        type=visible(one["type"]),
        urn=visible(one["urn"]),
        id=visible(one["id"] or ""),
        decision=visible(one["decision"]),
        undecided=_undecided(one),
        detail=visible(one["detail"]),
        candidates=[(visible(other["id"]), visible(other["detail"])) for other in one["candidates"]],
    )


def _found(resources: Iterable[Mapping[str, Any]]) -> list[FoundView]:
    def group(status: str, some: Sequence[Mapping[str, Any]]) -> FoundView:
        note, severity = wording.STATUSES.get(status, ("", "attention"))
        few = wording.FEW if status in wording.SETTLED else wording.MANY
        findings = sorted(map(_finding, some), key=lambda one: (one.type, one.name))
        return FoundView(visible(status), note, severity, findings, folded=len(some) > few)

    groups = sorted(_by(resources, "status").items(), key=lambda one: _rank(wording.STATUSES, one[0][0]))
    return [group(str(status), some) for (status,), some in groups]


def _unmanaged(resources: Iterable[Mapping[str, Any]]) -> list[Extra]:
    groups = sorted(_by(resources, "type").items())
    return [
        Extra(
            visible(token),
            sorted((visible(one["name"]), visible(one["owner"])) for one in some),
            folded=len(some) > wording.FEW,
        )
        for (token,), some in groups
    ]
