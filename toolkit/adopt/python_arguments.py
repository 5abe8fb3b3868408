"""A live value as the keyword argument of pulumi_aws that declares it."""

import importlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pprint import pformat
from types import ModuleType
from typing import Any, get_args, get_origin

from pulumi import _types  # pyright: ignore[reportPrivateUsage] - the only source of wire names and types

_WIDTH = 88
_UPPER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def argument(token: str, name: str, value: object) -> str:
    """Return a property as a keyword argument, its dictionaries with the keys that pulumi_aws takes.

    Args:
        token: The resource's type.
        name: The property in wire names.
        value: Its value as the engine has it.
    """
    kind = _types_of(_class(token)).get(name)
    prefix = f"{python_name(token, name)}="
    text = pformat(_python(value, kind), width=_WIDTH, sort_dicts=False)
    return prefix + text.replace("\n", "\n" + " " * len(prefix))


def python_name(token: str, name: str) -> str:
    """Return what an argument of a type is called in Python; plain snake case where the type is not known."""
    return names(token).get(name, _UPPER.sub("_", name).lower())


def names(token: str) -> dict[str, str]:
    """Return what the arguments of a type are called in Python, by wire name; none if it is not known."""
    return _names_of(_class(token))


def _python(value: object, kind: object) -> object:
    """Return a value with the keys of its args class, without what that does not take: AWS computes it."""
    if isinstance(value, Mapping):
        for option in _options(kind):
            if isinstance(option, type) and _types.is_input_type(option):
                names, kinds = _names_of(option), _types_of(option)
                return {
                    names[key]: _python(part, kinds.get(key)) for key, part in value.items() if key in names
                }
        return dict(value)
    if isinstance(value, list):
        inner = next((part for part in _options(kind) if _is(part, Sequence)), None)
        return [_python(part, get_args(inner)[0] if inner else None) for part in value]
    return value


def _options(kind: object) -> list[Any]:
    """Return the alternatives of an annotation, without the ways in which Pulumi wraps an input."""
    if kind is None:
        return []
    if get_origin(kind) is None or _is(kind, Sequence) or _is(kind, Mapping):
        return [kind]
    return [option for argument in get_args(kind) for option in _options(argument)]


def _is(kind: object, generic: type) -> bool:
    origin = get_origin(kind)
    return isinstance(origin, type) and issubclass(origin, generic)


def _names_of(cls: type | None) -> dict[str, str]:
    return {wire: name for name, wire in _types.input_type_py_to_pulumi_names(cls).items()} if cls else {}


def _types_of(cls: type | None) -> dict[str, Any]:
    return dict(_types.input_type_types(cls)) if cls else {}


@cache
def _class(token: str) -> type | None:
    """Return a type's args class; it is called InitArgs where a nested type took the plain name."""
    package, _, path = token.partition(":")
    folder, _, name = path.partition(":")
    module = _module(folder.partition("/")[0]) if package == "aws" else None
    return getattr(module, f"{name}InitArgs", None) or getattr(module, f"{name}Args", None)


def _module(name: str) -> ModuleType | None:
    """Return a module of pulumi_aws; only an adoption that mends something pays for reading it."""
    for module in (f"pulumi_aws.{name}", f"pulumi_aws.{name}_"):
        try:
            return importlib.import_module(module)
        except ModuleNotFoundError:
            continue
    return None
