"""A type's inputs, nested ones too, and its outputs, by reflection over the pulumi_aws classes.

pulumi_aws is generated from the published provider's schema, so its classes are that schema's names and
types. What they do not say (defaults, replacing and computed properties) is stated per type in `types/`.
"""

import enum
import inspect
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import NoneType
from typing import Any, Literal, Union, get_args, get_origin

import pulumi
import pulumi_aws
from pulumi import _types  # pyright: ignore[reportPrivateUsage] - the only source of wire names and types
from pulumi.runtime import rpc

Kind = Literal["any", "string", "number", "integer", "boolean", "list", "map", "object", "asset", "either"]

_SCALARS: dict[object, Kind] = {str: "string", int: "integer", float: "number", bool: "boolean"}


@dataclass(frozen=True)
class Shape:
    """What a value may be.

    Attributes:
        kind: The sort of value; `either` means any of the options.
        element: For a list or a map, what it holds.
        cls: For an object, the pulumi_aws args class.
        options: For `either`, what is allowed.
    """

    kind: Kind
    element: "Shape | None" = None
    cls: type | None = None
    options: tuple["Shape", ...] = ()


@dataclass(frozen=True)
class Field:
    """One property of an object: its shape, and whether it must be given."""

    shape: Shape
    required: bool


@dataclass(frozen=True)
class TypeSchema:
    """A resource type's properties, by wire name.

    Attributes:
        token: The type token, such as `aws:dynamodb/table:Table`.
        inputs: What a program may give.
        outputs: Every property of the resource class, inputs included.
    """

    token: str
    inputs: Mapping[str, Field]
    outputs: frozenset[str] = field(default=frozenset())

    @property
    def taggable(self) -> bool:
        """Return whether the type has tags, and so gets the provider's default tags."""
        return "tagsAll" in self.outputs


def _shape(annotation: Any) -> Shape:  # noqa: ANN401 - a type annotation is anything
    """Return the shape behind one annotation of a generated class."""
    origin = get_origin(annotation)
    if origin in (pulumi.Output, Awaitable):
        return Shape("any")
    if origin is Union:
        return _union(get_args(annotation))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return Shape("map", element=_shape(get_args(annotation)[1]))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Sequence):
        return Shape("list", element=_shape(get_args(annotation)[0]))
    return _plain_shape(annotation)


def _union(options: tuple[Any, ...]) -> Shape:
    """Return the shape of a union, without Pulumi's wrappers of an input."""
    wrapping = (pulumi.Output, Awaitable)
    real = [o for o in options if o is not NoneType and not _is_wrapper(o, wrapping)]
    shapes = tuple(dict.fromkeys(_shape(o) for o in real))
    return shapes[0] if len(shapes) == 1 else Shape("either", options=shapes)


def _is_wrapper(annotation: object, wrapping: tuple[type, ...]) -> bool:
    """Return whether the annotation is an Output or an awaitable of the value."""
    origin = get_origin(annotation)
    return isinstance(origin, type) and issubclass(origin, wrapping)


def _plain_shape(annotation: object) -> Shape:
    """Return the shape of a class that is not generic."""
    if annotation in _SCALARS:
        return Shape(_SCALARS[annotation])
    if not isinstance(annotation, type):
        return Shape("any")
    if issubclass(annotation, enum.Enum) or issubclass(annotation, pulumi.Resource):
        return Shape("string")  # an enumeration travels as its value, a resource as its id
    if issubclass(annotation, (pulumi.Asset, pulumi.Archive)):
        return Shape("asset")
    return Shape("object", cls=annotation) if _types.is_input_type(annotation) else Shape("any")


@cache
def fields_of(cls: type) -> Mapping[str, Field]:
    """Return the properties of one args class, by wire name.

    Args:
        cls: A generated `...Args` class.

    Returns:
        Each property's shape and whether it is required.
    """
    parameters = inspect.signature(cls.__init__).parameters
    wire = _types.input_type_py_to_pulumi_names(cls)
    required = {wire[n] for n, p in parameters.items() if n in wire and p.default is inspect.Parameter.empty}
    return {name: Field(_shape(t), name in required) for name, t in _types.input_type_types(cls).items()}


@cache
def schema_of(token: str) -> TypeSchema | None:
    """Return the schema of a type token.

    Args:
        token: A type token, such as `aws:s3/bucket:Bucket`.

    Returns:
        The schema, or None when pulumi_aws has no such type.
    """
    _, _, member = token.partition(":")
    module, _, _ = member.partition(":")
    registered = rpc._RESOURCE_MODULES.get(f"aws:{module}", [])  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - where pulumi_aws registers
    for entry in registered:
        info: dict[str, Any] = entry.mod_info  # pyright: ignore[reportAttributeAccessIssue] - of the generated module class
        if token in info["classes"]:
            return _reflect(token, str(info["fqn"]), str(info["classes"][token]))
    return None


def _reflect(token: str, module_name: str, class_name: str) -> TypeSchema:
    """Read one resource class; its args class has another name where a nested type took the plain one."""
    module: Any = pulumi_aws
    for part in module_name.split(".")[1:]:
        module = getattr(module, part)
    resource = getattr(module, class_name)
    args = getattr(module, f"{class_name}InitArgs", None) or getattr(module, f"{class_name}Args")
    return TypeSchema(token, fields_of(args), frozenset(_types.resource_types(resource)))
