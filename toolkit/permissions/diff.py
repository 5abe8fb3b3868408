"""What a change of code or settings gives and takes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from components.matrix import Cell

_Unit = tuple[str, str, str, str]
"""Agent, action, ARN, and one condition in words: the least that can be granted."""


@dataclass(frozen=True, slots=True)
class Change:
    """One action that an agent gains or loses on one thing.

    Attributes:
        agent: The agent's logical name.
        action: The IAM action.
        kind: What `target` is, as in the matrix.
        target: The logical name.
        name: The physical name.
        resources: The ARNs that are concerned, which may be fewer than the thing has.
        conditions: In words; any of them is enough. Empty where there is none.
        reason: Why it is, or was, granted.
        whole: Whether all ARNs of the thing are concerned.
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
    """Give a cell's conditions in words, any of which is enough.

    Values of one key are alternatives; operators and keys must hold together. The negated operators are
    the other way round, so theirs stay together.
    """
    tests = [
        (operator, key, [wanted] if isinstance(wanted, str) else list(wanted))
        for operator, keys in cell.conditions.items()
        for key, wanted in keys.items()
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


def beyond(mine: Iterable[Cell], theirs: Iterable[Cell]) -> list[Change]:
    """Give what a matrix grants and another does not, in the order of the first; reasons do not count."""
    known = {unit for unit, _ in _units(theirs)}
    found: dict[tuple[str, str, str], tuple[Cell, list[str], list[str]]] = {}
    for (agent, action, arn, condition), cell in _units(mine):
        if (agent, action, arn, condition) not in known:
            _, arns, conditions = found.setdefault((agent, action, cell.sid), (cell, [], []))
            arns.append(arn)
            conditions.append(condition)
    return [
        Change(
            agent=cell.agent,
            action=action,
            kind=cell.kind,
            target=cell.target,
            name=cell.name,
            resources=tuple(dict.fromkeys(arns)),
            conditions=tuple(dict.fromkeys(one for one in conditions if one)),
            reason=cell.reason,
            whole=set(arns) == set(cell.resources),
        )
        for (_, action, _), (cell, arns, conditions) in found.items()
    ]
