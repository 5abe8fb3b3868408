"""Required tags on everything that takes tags, the provider's default tags counted."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.registry import rule
from tms_policies.values import shown, unproven

TAGGABLE: tuple[str, ...] = tuple(
    json.loads(
        (Path(__file__).resolve().parent.parent / "data" / "taggable.json").read_text(encoding="utf-8")
    )
)


def effective(resource: Resource) -> dict[str, Any]:
    """Return the tags that the resource will bear; the resource's own stand over the provider's."""
    bag: dict[str, Any] = {}
    for source in (resource.default_tags, resource.props.get("tagsAll"), resource.props.get("tags")):
        if isinstance(source, dict):
            bag.update(source)
    return bag


def _wrong_case(key: str, tags: Bag) -> str:
    """Return which tag is the key in another case."""
    near = next((item for item in tags if item.lower() == key.lower()), None)
    return f" (tag keys are case-sensitive: it has {near!r})" if near else ""


def _value(resource: Resource, key: str, value: object, settings: Bag) -> Iterable[Finding]:
    """Check one tag's value."""
    allowed, pattern = settings["allowedValues"].get(key), settings["patterns"].get(key)
    if isinstance(value, Unknown):
        if allowed or pattern:
            yield unproven(value, f"the value of the tag {key} is limited")
    elif value is not None and not isinstance(value, str):
        yield Finding(f"the tag {key} of {resource.name} is no text", f'tags={{"{key}": "<value>"}}')
    elif not value or not value.strip():
        yield Finding(f"the tag {key} of {resource.name} is empty", f'tags={{"{key}": "<value>"}}')
    elif allowed and value not in allowed:
        one_of = ", ".join(str(item) for item in allowed)
        yield Finding(
            f"the tag {key} of {resource.name} is {shown(value)}, which is none of {one_of}",
            f'tags={{"{key}": "{allowed[0]}"}}',
        )
    elif pattern and re.fullmatch(pattern, value) is None:
        yield Finding(
            f"the tag {key} of {resource.name} is {shown(value)}, which does not match {pattern}",
            f'tags={{"{key}": "<value that matches>"}}',
        )


@rule(
    "account-resource-required-tags",
    severity="medium",
    types=TAGGABLE,
    reads=("tags", "tagsAll"),
    settings={
        "keys": {
            "type": "array",
            "items": {"type": "string"},
            "default": ["Environment", "Project", "ManagedBy"],
            "description": "Keys that must be there with a value",
        },
        "allowedValues": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
            "default": {},
            "description": "Per key, the values that are allowed",
        },
        "patterns": {
            "type": "object",
            "additionalProperties": {"type": "string", "format": "python-regex"},
            "default": {},
            "description": "Per key, a regular expression that the whole value must match",
        },
    },
    remedy="Set the tags on the resource or in the provider's default_tags.",
    why="Costs are divided, owners found and permissions granted by tag: what lacks one falls "
    "into nobody's share, and a tag that is set later does not reach back to earlier costs. "
    "https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/cost-alloc-tags.html",
)
def required_tags(resource: Resource, settings: Bag) -> Iterable[Finding]:
    """Every resource that takes tags has Environment, Project and ManagedBy."""
    tags = effective(resource)
    sources = (resource.props.get("tags"), resource.default_tags)
    hidden = next((item for item in sources if isinstance(item, Unknown)), None)
    missing = [key for key in settings["keys"] if key not in tags]
    if missing and hidden:
        yield unproven(hidden, f"it must hold the tags {', '.join(missing)}")
    elif missing:
        names = ", ".join(f"{key}{_wrong_case(key, tags)}" for key in missing)
        line = ", ".join(f'"{key}": "<value>"' for key in missing)
        yield Finding(
            f"{resource.name} misses the tags {names}",
            f"tags={{{line}}} on the resource, or in the provider's default_tags",
        )
    for key in dict.fromkeys((*settings["keys"], *settings["allowedValues"], *settings["patterns"])):
        if key in tags:
            yield from _value(resource, key, tags[key], settings)
