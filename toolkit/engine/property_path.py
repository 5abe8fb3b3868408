r"""The path of a property, as the engine writes it: `tags["a.b"]`, `rules[0].id`, `["say \"hi\""]`.

The grammar is that of sdk/go/common/resource/property_path.go of pulumi/pulumi. `\"` is its only escape, so
it has no form for a key that ends in a backslash.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

_STEP = re.compile(r'\["((?:\\"|[^"])*)"\]|\[(\d+)\]|(\[\*\])|\.*([^.\[]+)|(\.+)')
_PLAIN = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")


class Wildcard(Enum):
    """The step `[*]`, which stands for all elements."""

    ALL = "*"


Step = str | int | Wildcard


class PropertyPathError(ValueError):
    """A text is not a property path."""


@dataclass(frozen=True, slots=True)
class PropertyPath:
    """A parsed property path.

    Attributes:
        steps: Keys of mappings as text, indices of lists as integers.
    """

    steps: tuple[Step, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "PropertyPath":
        """Return the steps of a path.

        Raises:
            PropertyPathError: A bracket or a quote is not closed, or an index is not a number.
        """
        steps: list[Step] = []
        position = 0
        while position < len(text):
            match = _STEP.match(text, position)
            if match is None:
                raise PropertyPathError(
                    f'a property path must be like rules[0].tags["key"] (got {text!r}, wrong at {position})'
                )
            quoted, index, wildcard, plain, _dots = match.groups()
            if quoted is not None:
                steps.append(quoted.replace('\\"', '"'))
            elif index is not None:
                steps.append(int(index))
            elif wildcard is not None:
                steps.append(Wildcard.ALL)
            elif plain is not None:
                steps.append(plain)
            position = match.end()
        return cls(tuple(steps))

    @classmethod
    def of(cls, text: str) -> "PropertyPath":
        """Return the steps of a path that a provider wrote; what is not in the grammar is one key."""
        try:
            return cls.parse(text)
        except PropertyPathError:
            return cls((text,))

    @property
    def root(self) -> str:
        """The top-level property; empty for the empty path."""
        return _text_of(self.steps[0]) if self.steps else ""

    @property
    def leaf(self) -> str:
        """The last key that is not an index; empty if there is none."""
        return next((step for step in reversed(self.steps) if isinstance(step, str)), "")

    @property
    def parent(self) -> "PropertyPath":
        """The path without its last step."""
        return PropertyPath(self.steps[:-1])

    def get(self, value: Any) -> Any:  # noqa: ANN401 - any JSON
        """Return the value at this path of a value, or None if there is none; a wildcard returns a list."""
        for position, step in enumerate(self.steps):
            if step is Wildcard.ALL:
                tail = PropertyPath(self.steps[position + 1 :])
                return [tail.get(element) for element in elements(value)]
            value = step_into(value, step)
        return value

    def __str__(self) -> str:
        """Return the path as the engine writes it."""
        return "".join(_format(step, first=not index) for index, step in enumerate(self.steps))


def step_into(value: Any, step: Step) -> Any:  # noqa: ANN401 - any JSON
    """Return what one step leads to; None if there is nothing."""
    if isinstance(value, Mapping):
        return value.get(_text_of(step))
    if isinstance(value, Sequence) and not isinstance(value, str):
        index = int(step) if isinstance(step, int) or (isinstance(step, str) and step.isdecimal()) else -1
        return value[index] if 0 <= index < len(value) else None
    return None


def elements(value: Any) -> list[Any]:  # noqa: ANN401 - any JSON
    """Return the elements of a list or the values of a mapping."""
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, list) else []


def _text_of(step: Step) -> str:
    return step.value if isinstance(step, Wildcard) else str(step)


def _format(step: Step, *, first: bool) -> str:
    if isinstance(step, int | Wildcard):
        return f"[{_text_of(step)}]"
    if _PLAIN.fullmatch(step):
        return step if first else f".{step}"
    escaped = step.replace('"', '\\"')
    return f'["{escaped}"]'
