"""From what a program gives to checked inputs, and from live state back to inputs (refresh and import)."""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any, cast

from embedded.aws.plugin.checking import DEFAULTS_KEY, Checker
from embedded.aws.plugin.diffing import is_zero, same
from embedded.aws.plugin.model import Model, plain_name
from embedded.aws.plugin.schema import Field, Shape, TypeSchema, fields_of
from embedded.aws.plugin.values import UNKNOWN, Bag, without_internals

TAGS_ALL = "tagsAll"
_SUFFIX_LENGTH = 7  # hexadecimal digits, as in the published plugin's names


def checked(
    schema: TypeSchema,
    model: Model | None,
    name: str,
    new: Bag,
    old: Bag,
    seed: bytes,
    tags: Mapping[str, str],
) -> tuple[Bag, list[str]]:
    """Check a program's inputs and fill in what the published plugin fills in: name, defaults, all tags.

    Args:
        schema: The type's schema.
        model: The type's description, None for a type that is previewed only.
        name: The resource's own name.
        new: What the program gives.
        old: The former checked inputs, empty for a new resource.
        seed: The engine's random seed, so that preview and up invent the same name.
        tags: The provider's default tags.

    Returns:
        The checked inputs, and one line for each thing that is wrong.
    """
    checker = Checker()
    properties = {key: value for key, value in new.items() if key != TAGS_ALL or not schema.taggable}
    inputs = checker.bag(properties, schema.inputs)
    filled: list[str] = inputs[DEFAULTS_KEY]
    physical = _name_property(schema, model)
    if physical and physical not in inputs and f"{physical}Prefix" not in inputs:
        inputs[physical] = _physical_name(physical, name, inputs, old, seed, model)
        filled.append(physical)
    for path, value in (model.defaults if model else {}).items():
        if "." not in path and path not in inputs and not is_zero(value):
            inputs[path] = value
            filled.append(path)
    if schema.taggable:
        resource_tags = inputs.get("tags") or {}
        inputs[TAGS_ALL] = {**tags, **resource_tags} if isinstance(resource_tags, dict) else UNKNOWN
    return inputs, checker.problems


def _name_property(schema: TypeSchema, model: Model | None) -> str | None:
    """Return the property that gets an invented name when the program leaves it out."""
    physical = model.name if model else "name"
    input_field = schema.inputs.get(physical) if physical else None
    return physical if input_field and not input_field.required else None


def _physical_name(physical: str, name: str, inputs: Bag, old: Bag, seed: bytes, model: Model | None) -> str:
    """Return the name that was invented before, or a new one from the resource's own name."""
    if physical in old.get(DEFAULTS_KEY, []) and old.get(physical):
        return str(old[physical])
    digest = hashlib.sha256(seed).hexdigest() if seed else secrets.token_hex(_SUFFIX_LENGTH)
    style = model.style if model else plain_name
    return style(f"{name}-{digest[:_SUFFIX_LENGTH]}", inputs)


def with_defaults(model: Model, inputs: Bag) -> Bag:
    """Return inputs for a type's functions: without bookkeeping keys, with top-level defaults.

    Args:
        model: The type's description.
        inputs: Checked inputs.

    Returns:
        A new bag.
    """
    defaults = {path: value for path, value in model.defaults.items() if "." not in path}
    return {**defaults, **cast("Bag", without_internals(inputs))}


def refreshed(model: Model, old: Bag, state: Bag) -> Bag:
    """Return the inputs after a refresh: the former ones, with live values where they differ.

    Args:
        model: The type's description.
        old: The former checked inputs.
        state: The live state.

    Returns:
        Inputs with the same properties, except those that are gone.
    """
    live, former = model.canonical(state), model.canonical(cast("Bag", without_internals(old)))
    inputs: Bag = {}
    for key, value in old.items():
        if key.startswith("__") or key in model.unread or same(model, key, live.get(key), former[key]):
            inputs[key] = value
        elif live.get(key) is not None:
            inputs[key] = live[key]
    return inputs


def imported(schema: TypeSchema, model: Model, state: Bag) -> Bag:
    """Return the inputs of an imported resource: its live properties, without those at their defaults.

    Args:
        schema: The type's schema.
        model: The type's description.
        state: The live state.

    Returns:
        Inputs that a program could have given.
    """
    return _extracted(model.canonical(state), schema.inputs, model, "")


def _extracted(state: Bag, fields: Mapping[str, Field], model: Model, path: str) -> Bag:
    """Return the properties of one object that a program could have given."""
    inputs: Bag = {DEFAULTS_KEY: []}
    for name, input_field in fields.items():
        property_path = f"{path}.{name}" if path else name
        value = state.get(name)
        meaningless = (
            value == model.defaults[property_path] if property_path in model.defaults else is_zero(value)
        )
        if value is not None and (input_field.required or not meaningless):
            inputs[name] = _shaped(value, input_field.shape, model, property_path)
    return inputs


def _shaped(value: Any, shape: Shape, model: Model, path: str) -> Any:  # noqa: ANN401 - a property value may be anything
    """Return a live value in the shape of a program's inputs."""
    if isinstance(value, list) and shape.element:
        return [_shaped(item, shape.element, model, path) for item in cast("list[Any]", value)]
    if isinstance(value, dict) and shape.cls is not None:
        return _extracted(cast("Bag", value), fields_of(shape.cls), model, path)
    return value
