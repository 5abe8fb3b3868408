"""Checks a program's inputs against a type's schema, and converts them as the published plugin does."""

import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import pulumi

from embedded.aws.plugin.schema import Field, Shape, fields_of
from embedded.aws.plugin.values import UNKNOWN, Bag, contains_unknown

DEFAULTS_KEY = "__defaults"
"""Names the properties of an object that the plugin filled in, as in the published plugin's inputs."""

_WORDS = {
    "string": "a string",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "list": "a list",
    "map": "a map",
    "object": "an object",
    "asset": "an asset or archive",
}


@dataclass
class Checker:
    """Checks one resource's inputs and collects every fault.

    Attributes:
        problems: One line each, naming the property by its path.
    """

    problems: list[str] = field(default_factory=list)

    def bag(self, bag: Mapping[str, object], fields: Mapping[str, Field], path: str = "") -> Bag:
        """Return the properties of an object, converted to the types of the schema.

        Args:
            bag: What the program gives.
            fields: What the schema allows.
            path: Where the object is, empty for the resource itself.

        Returns:
            The converted properties; those that are unknown to the schema are left out and reported.
        """
        checked: Bag = {}
        for name, value in bag.items():
            property_path = f"{path}.{name}" if path else name
            if name.startswith("__"):
                continue
            if name in fields:
                checked[name] = self.value(value, fields[name].shape, property_path)
            else:
                self.problems.append(f"property '{property_path}' is not known; {_suggestion(name, fields)}")
        for name, allowed in fields.items():
            if allowed.required and bag.get(name) is None:
                property_path = f"{path}.{name}" if path else name
                self.problems.append(
                    f"property '{property_path}' is required; give {_describe(allowed.shape)}"
                )
        checked[DEFAULTS_KEY] = []
        return checked

    def value(self, value: object, shape: Shape, path: str) -> Any:  # noqa: ANN401 - a property value may be anything
        """Return one value, converted to its shape.

        Args:
            value: What the program gives.
            shape: What the schema allows.
            path: Where the value is.

        Returns:
            The converted value, or the value itself after reporting that it does not fit.
        """
        if value == UNKNOWN or value is None or shape.kind == "any":
            return value
        if shape.kind == "either":
            return self._either(value, shape, path)
        if isinstance(value, list) and shape.kind == "list" and shape.element:
            items = enumerate(cast("list[object]", value))
            return [self.value(item, shape.element, f"{path}[{position}]") for position, item in items]
        if isinstance(value, dict) and shape.kind == "map" and shape.element:
            entries = cast("Bag", value).items()
            return {key: self.value(item, shape.element, f'{path}["{key}"]') for key, item in entries}
        if isinstance(value, dict) and shape.cls is not None:
            return self.bag(cast("Bag", value), fields_of(shape.cls), path)
        return self._scalar(value, shape, path)

    def _scalar(self, value: object, shape: Shape, path: str) -> object:
        """Return a scalar, converted; reports a container, which does not fit."""
        fits, converted = _convert(value, shape.kind)
        if not fits:
            self.problems.append(f"property '{path}' must be {_describe(shape)}, not {_kind_of(value)}")
        return converted

    def _either(self, value: object, shape: Shape, path: str) -> object:
        """Return a value of several possible shapes, converted; a policy document becomes JSON text."""
        text_allowed = any(option.kind == "string" for option in shape.options)
        document = any(
            option.cls and option.cls.__name__.endswith("PolicyDocumentArgs") for option in shape.options
        )
        if isinstance(value, dict) and text_allowed and document:
            return UNKNOWN if contains_unknown(value) else json.dumps(value, sort_keys=True)
        for option in shape.options:
            attempt = Checker()
            converted = attempt.value(value, option, path)
            if not attempt.problems:
                return converted
        self.problems.append(f"property '{path}' must be {_describe(shape)}, not {_kind_of(value)}")
        return value


def _convert(value: object, kind: str) -> tuple[bool, object]:
    """Return whether a scalar fits, after the lossless conversions that the published bridge makes too."""
    if kind == "string" and isinstance(value, (str, bool, int, float)):
        return True, str(value).lower() if isinstance(value, bool) else str(value)
    if kind == "boolean":
        return _as_boolean(value)
    if kind in ("integer", "number"):
        return _as_number(value, whole=kind == "integer")
    if kind == "asset":
        return isinstance(value, (pulumi.Asset, pulumi.Archive)), value
    return False, value


def _as_boolean(value: object) -> tuple[bool, object]:
    """Return a boolean, or its text."""
    if isinstance(value, bool):
        return True, value
    return value in ("true", "false"), value == "true"


def _as_number(value: object, *, whole: bool) -> tuple[bool, object]:
    """Return a number, or its text."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return False, value
        value = int(value) if value.is_integer() else value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False, value
    return not whole or isinstance(value, int), value


def _describe(shape: Shape) -> str:
    """Return what a shape allows, in words."""
    if shape.kind == "either":
        return " or ".join(dict.fromkeys(_describe(option) for option in shape.options))
    return _WORDS.get(shape.kind, "a value")


def _kind_of(value: object) -> str:
    """Return the kind of a value in words, never the value itself, which may be secret."""
    names: list[tuple[type | tuple[type, ...], str]] = [
        (bool, "a boolean"),
        (int, "a number"),
        (float, "a fraction"),
        (str, "a string"),
        (list, "a list"),
        (dict, "an object"),
        ((pulumi.Asset, pulumi.Archive), "an asset"),
    ]
    return next((name for kind, name in names if isinstance(value, kind)), "this value")


def _suggestion(name: str, allowed: Iterable[str]) -> str:
    """Return a suggestion for an unknown name."""
    close = difflib.get_close_matches(name, list(allowed), n=1)
    if close:
        return f"did you mean '{close[0]}'?"
    return f"allowed are {', '.join(sorted(allowed))}"
