"""The permission matrix and its changes as text."""

from collections.abc import Iterable, Sequence

from components.matrix import Cell
from toolkit.permissions.diff import PermissionChange, alternatives


def condition_text(conditions: Iterable[str]) -> str:
    """Return alternative conditions as the end of a line, each key and operator once; empty without any."""
    values: dict[str, list[str]] = {}
    for condition in conditions:
        key, _, test = condition.partition(" ")
        operator, _, value = test.partition(" ")
        values.setdefault(f"{key} {operator}", []).append(value)
    tests = [f"{head} {' or '.join(ends)}" for head, ends in values.items() if head.strip()]
    return f" where {', or '.join(tests)}" if tests else ""


def matrix(cells: Sequence[Cell]) -> str:
    """Return a matrix as text: a paragraph per agent, a line per cell."""
    paragraphs: list[str] = []
    for agent in dict.fromkeys(cell.agent for cell in cells):
        lines = [
            f"  {', '.join(cell.actions)} on {cell.name}{condition_text(alternatives(cell))} ({cell.reason})"
            for cell in cells
            if cell.agent == agent
        ]
        paragraphs.append("\n".join([agent, *lines]))
    return "\n\n".join(paragraphs)


def _line(sign: str, change: PermissionChange, *, spelled: bool) -> str:
    on = ", ".join(change.resources) if spelled else change.name
    return (
        f"{sign} {change.agent}: {change.action} on {on}{condition_text(change.conditions)} ({change.reason})"
    )


def changes(added: Sequence[PermissionChange], removed: Sequence[PermissionChange]) -> str:
    """Return changes as text, a line each; with ARNs where the name alone would be ambiguous."""

    def identity(change: PermissionChange) -> tuple[str, ...]:
        return (change.agent, change.action, change.name, *change.conditions)

    shared = {identity(change) for change in added} & {identity(change) for change in removed}
    signed = [*(("+", change) for change in added), *(("-", change) for change in removed)]
    lines = [
        _line(sign, change, spelled=identity(change) in shared or not change.whole) for sign, change in signed
    ]
    return "\n".join(lines) or "no difference"
