"""What differs between a program's inputs and the live state, and whether that replaces the resource."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Literal, cast

from embedded.aws.plugin.model import Model
from embedded.aws.plugin.values import UNKNOWN, Bag

Kind = Literal["add", "delete", "update"]

_POSITION = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True)
class Change:
    """One property that differs.

    Attributes:
        path: Where, with list positions, as the engine shows it.
        kind: Whether the program adds, removes or changes it.
        replaces: Whether the resource must be replaced for it.
    """

    path: str
    kind: Kind
    replaces: bool


def plain_path(path: str) -> str:
    """Return a path without list positions, as a type's description spells it.

    Args:
        path: A path such as `rules[0].filter.prefix`.

    Returns:
        The path such as `rules.filter.prefix`.
    """
    return _POSITION.sub("", path)


def is_zero(value: object) -> bool:
    """Return whether a value means the same as an absent one: null, false, zero, or empty at every depth.

    Args:
        value: A plain value.

    Returns:
        True for a value that means nothing.
    """
    if isinstance(value, dict):
        return all(is_zero(item) for item in cast("Bag", value).values())
    return value is None or value is False or value in (0, "", [])


def compare(model: Model, allowed: Collection[str], state: Bag, inputs: Bag) -> list[Change]:
    """Return every difference between state and inputs.

    Args:
        model: The type's description.
        allowed: The names of the type's inputs; what else the state holds is AWS's own.
        state: The state, as last read.
        inputs: The program's checked inputs, without bookkeeping keys.

    Returns:
        The changes, in the order of the properties.
    """
    old = {name: value for name, value in state.items() if name in allowed}
    before, desired = model.canonical(old), model.canonical(inputs)
    return list(_Comparison(model, model.replaces_when(before, desired)).bags(before, desired, ""))


def same(model: Model, path: str, first: object, second: object) -> bool:
    """Return whether two values of a property mean the same.

    Args:
        model: The type's description.
        path: The property.
        first: A value.
        second: A value.

    Returns:
        True when changing from one to the other would change nothing.
    """
    return not list(_Comparison(model).values(first, second, path))


class _Comparison:
    """A comparison of state and inputs."""

    def __init__(self, model: Model, replaces: frozenset[str] = frozenset()) -> None:
        self._model, self._replaces = model, model.replaces | replaces

    def bags(self, old: Bag, new: Bag, path: str) -> Iterator[Change]:
        """Yield differences between two objects; a property left out means its default, or what AWS chose."""
        for name in dict.fromkeys([*new, *old]):
            property_path = f"{path}.{name}" if path else name
            plain = plain_path(property_path)
            desired = new.get(name, self._model.defaults.get(plain))
            if name in new or plain not in self._model.computed:
                yield from self.values(old.get(name), desired, property_path)

    def values(self, old: object, new: object, path: str) -> Iterator[Change]:
        """Yield differences between two values of any kind."""
        if new == UNKNOWN:
            yield self._change(path, "add" if old is None else "update")
        elif isinstance(old, dict) and isinstance(new, dict):
            yield from self.bags(cast("Bag", old), cast("Bag", new), path)
        elif isinstance(old, list) and isinstance(new, list):
            yield from self._lists(cast("list[Any]", old), cast("list[Any]", new), path)
        elif not self._equal(old, new, plain_path(path)):
            yield self._change(path, "add" if is_zero(old) else "delete" if is_zero(new) else "update")

    def _lists(self, old: list[Any], new: list[Any], path: str) -> Iterator[Change]:
        """Yield differences between two lists; elements of a set are paired by what tells them apart."""
        for position, (before, after) in enumerate(self._pairs(old, new, plain_path(path))):
            yield from self.values(before, after, f"{path}[{position}]")

    def _pairs(self, old: list[Any], new: list[Any], path: str) -> list[tuple[Any, Any]]:
        """Return the pairs of old and new elements to compare."""
        if path not in self._model.sets:
            length = max(len(old), len(new))
            return [(_at(old, n), _at(new, n)) for n in range(length)]
        old_by_key = {_identity(item, self._model.sets[path]): item for item in old}
        new_by_key = {_identity(item, self._model.sets[path]): item for item in new}
        return [
            (old_by_key.get(key), new_by_key.get(key)) for key in dict.fromkeys([*new_by_key, *old_by_key])
        ]

    def _equal(self, old: object, new: object, path: str) -> bool:
        """Return whether two values that are not both objects or lists mean the same."""
        if is_zero(old) and is_zero(new):
            return True
        same_text = self._model.texts.get(path)
        if same_text and isinstance(old, str) and isinstance(new, str):
            return same_text(old, new)
        return old == new

    def _change(self, path: str, kind: Kind) -> Change:
        plain = plain_path(path)
        replacing = {plain, plain.split(".")[0]} & self._replaces
        return Change(path, kind, replaces=bool(replacing))


def _at(items: list[Any], position: int) -> Any:  # noqa: ANN401 - an element may be anything
    """Return the element at a position, or None beyond the end."""
    return items[position] if position < len(items) else None


def _identity(item: object, key: str) -> str:
    """Return the key that identifies an element of a set."""
    return str(cast("Bag", item).get(key)) if isinstance(item, dict) else repr(item)
