"""The permission matrix and its changes in words."""

from collections.abc import Iterable, Sequence

from components.matrix import Cell
from toolkit.permissions.diff import Change, alternatives


def where(conditions: Iterable[str]) -> str:
    """Give alternative conditions as an ending of a line, each key and operator once; empty without any."""
    values: dict[str, list[str]] = {}
    for one in conditions:
        key, _, rest = one.partition(" ")
        operator, _, value = rest.partition(" ")
        values.setdefault(f"{key} {operator}", []).append(value)
    told = [f"{head} {' or '.join(ends)}" for head, ends in values.items() if head.strip()]
    return f" where {', or '.join(told)}" if told else ""


def matrix(cells: Sequence[Cell]) -> str:
    """Give a matrix as text: a paragraph per agent, a line per thing that it works with."""
    paragraphs: list[str] = []
    for agent in dict.fromkeys(cell.agent for cell in cells):
        lines = [
            f"  {', '.join(cell.actions)} on {cell.name}{where(alternatives(cell))} ({cell.reason})"
            for cell in cells
            if cell.agent == agent
        ]
        paragraphs.append("\n".join([agent, *lines]))
    return "\n\n".join(paragraphs)


def _line(sign: str, one: Change, *, spelled: bool) -> str:
    on = ", ".join(one.resources) if spelled else one.name
    return f"{sign} {one.agent}: {one.action} on {on}{where(one.conditions)} ({one.reason})"


def changes(added: Sequence[Change], removed: Sequence[Change]) -> str:
    """Give changes as text, a line each; the ARNs are spelled out where the name does not tell them apart."""

    def told_by(one: Change) -> tuple[str, ...]:
        return (one.agent, one.action, one.name, *one.conditions)

    both = {told_by(one) for one in added} & {told_by(one) for one in removed}
    signed = [*(("+", one) for one in added), *(("-", one) for one in removed)]
    lines = [_line(sign, one, spelled=told_by(one) in both or not one.whole) for sign, one in signed]
    return "\n".join(lines) or "no difference"
