"""Examples as the lines of a Pulumi program in Python."""

import json
import re
from collections.abc import Iterable
from typing import Any

from tms_policies.examples.model import UNKNOWN, Declared

_MODULES = {"lambda": "lambda_"}
_FREE = frozenset(["tags", "variables", "defaultTags", "requestParameters", "parameters"])
"""Properties whose keys are the user's own words."""
_WIDTH = 96


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])|(?<=[A-Z])([A-Z])(?=[a-z])", r"_\1\2", name).lower()


def _identifier(name: str) -> str:
    return re.sub(r"\W", "_", name)


def _document(text: str) -> object:
    try:
        result = json.loads(text)
    except ValueError:
        return None
    return result if isinstance(result, dict) else None


def _key(name: str, *, free: bool) -> str:
    return name if free or not re.fullmatch(r"[a-z]\w*", name) else _snake(name)


def _wrapped(opening: str, inner: list[str], closing: str, used: int) -> str:
    """Put parts on one line if they fit, else each on its own."""
    line = f"{opening}{', '.join(inner)}{closing}"
    if used + len(line) <= _WIDTH and "\n" not in line:
        return line
    return f"{opening}\n{''.join(_indented(item) for item in inner)}{closing}"


def _indented(part: str) -> str:
    return "    " + part.replace("\n", "\n    ") + ",\n"


def _written(value: Any, used: int = 0, *, free: bool = False) -> str:  # noqa: ANN401 - a property bag holds anything
    """Return a value as it is written in Python.

    Args:
        value: The value.
        used: How much of its first line is taken.
        free: Whether the keys of objects are the user's own words, as in tags and policy documents.
    """
    if isinstance(value, dict):
        inside = free or "Statement" in value
        pairs = [
            f"{json.dumps(_key(str(key), free=inside))}: "
            + _written(item, used + 4 + len(str(key)) + 4, free=inside or key in _FREE)
            for key, item in value.items()
        ]
        return _wrapped("{", pairs, "}", used)
    if isinstance(value, list):
        return _wrapped("[", [_written(item, used + 4, free=free) for item in value], "]", used)
    if isinstance(value, str) and (result := _document(value)) is not None:
        return f"json.dumps({_written(result, used + 12, free=True)})"
    return json.dumps(value) if isinstance(value, str) else repr(value)


def _argument(resource: Declared, name: str, value: object) -> str:
    if value == UNKNOWN and resource.uses.get(name):
        return f"{_snake(name)}={_identifier(resource.uses[name][0])}.id"
    return f"{_snake(name)}={_written(value, 4 + len(name) + 3, free=name in _FREE)}"


def _options(resource: Declared) -> str:
    value = [
        *(["protect=True"] if resource.protect else []),
        *(
            [f"ignore_changes={json.dumps([_snake(item) for item in resource.ignore])}"]
            if resource.ignore
            else []
        ),
        *(["delete_before_replace=True"] if resource.delete_first else []),
    ]
    return f"opts=pulumi.ResourceOptions({', '.join(value)})" if value else ""


def class_of(resource: Declared) -> str:
    """Return the class of a resource as a program names it, such as `aws.dynamodb.Table`."""
    provider, path, name = resource.token.split(":")
    module = path.partition("/")[0]
    return f"{provider}.{_MODULES.get(module, module)}.{name}"


def _declaration(resource: Declared) -> str:
    arguments = [_argument(resource, name, value) for name, value in resource.props.items()]
    arguments += [options] if (options := _options(resource)) else []
    call = f"{_identifier(resource.name)} = {class_of(resource)}("
    return _wrapped(call, [json.dumps(resource.name), *arguments], ")", 0)


def snippet(resources: Iterable[Declared]) -> str:
    """Return the declarations of some resources."""
    return "\n".join(_declaration(item) for item in resources) or "# no such resource"
