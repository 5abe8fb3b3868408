"""The permissions that a change of code or settings grants and revokes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from components.matrix import Cell

_Unit = tuple[str, str, str, str]
"""Agent, action, ARN, and one condition as text: the smallest unit that can be granted."""


@dataclass(frozen=True, slots=True)
class PermissionChange:
    """One action on one resource that an agent gains or loses.

    Attributes:
        agent: The agent's logical name.
        action: The IAM action.
        kind: What `target` is, as in the matrix.
        target: The logical name.
        name: The physical name.
        resources: The ARNs concerned, which may be fewer than the cell has.
        conditions: As text; any of them is enough. Empty without conditions.
        reason: Why it is, or was, granted.
        whole: Whether all ARNs of the cell are concerned.
    """

    agent: str
    action: str
    kind: str
    target: str
    name: str
    resources: tuple[str, ...]
    conditions: tuple[str, ...]
    reason: str
    whole: bool


def alternatives(cell: Cell) -> tuple[str, ...]:
    """Return a cell's conditions as text, any of which is enough.

    Values of one key are alternatives; operators and keys must hold together. The negated operators are
    the other way round, so theirs stay together.
    """
    tests = [
        (operator, key, [accepted] if isinstance(accepted, str) else list(accepted))
        for operator, keys in cell.conditions.items()
        for key, accepted in keys.items()
    ]
    if len(tests) == 1 and "Not" not in tests[0][0]:
        operator, key, values = tests[0]
        return tuple(f"{key} {operator} {value}" for value in values)
    return (" and ".join(f"{key} {operator} {' or '.join(values)}" for operator, key, values in tests),)


def _units(cells: Iterable[Cell]) -> Iterator[tuple[_Unit, Cell]]:
    for cell in cells:
        for action in cell.actions:
            for arn in cell.resources:
                for condition in alternatives(cell):
                    yield (cell.agent, action, arn, condition), cell


def added(cells: Iterable[Cell], base: Iterable[Cell]) -> list[PermissionChange]:
    """Return what a matrix grants and a base does not, in the matrix's order; reasons do not count."""
    granted = {unit for unit, _ in _units(base)}
    grouped: dict[tuple[str, str, str], tuple[Cell, list[str], list[str]]] = {}
    for (agent, action, arn, condition), cell in _units(cells):
        if (agent, action, arn, condition) not in granted:
            _, arns, conditions = grouped.setdefault((agent, action, cell.sid), (cell, [], []))
            arns.append(arn)
            conditions.append(condition)
    return [
        PermissionChange(
            agent=cell.agent,
            action=action,
            kind=cell.kind,
            target=cell.target,
            name=cell.name,
            resources=tuple(dict.fromkeys(arns)),
            conditions=tuple(dict.fromkeys(condition for condition in conditions if condition)),
            reason=cell.reason,
            whole=set(arns) == set(cell.resources),
        )
        for (_, action, _), (cell, arns, conditions) in grouped.items()
    ]
