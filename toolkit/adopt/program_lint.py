"""What of a program endangers the live resources that it adopts."""

from collections.abc import Iterable

from toolkit.adopt.model import Target
from toolkit.aws.location import Location
from toolkit.aws.resource_location import ResourceLocation, resource_location, unqualified
from toolkit.aws.types import find
from toolkit.aws.types.parts import SubResource
from toolkit.engine.values import UNKNOWN, defaults

_NAMES = ("name", "bucket")
# Properties of which the provider makes a name up, by the property that would declare it
_PREFIXES = {"namePrefix": "name", "bucketPrefix": "bucket", "statementIdPrefix": "statementId"}


def faults(targets: Iterable[Target], location: Location) -> list[str]:
    """Return what is dangerous of each declaration, with what to do.

    Args:
        targets: What is declared.
        location: Account and region of the stack, which ids are made of.
    """
    declared = list(targets)
    by_type: dict[str, list[Target]] = {}
    for target in declared:
        by_type.setdefault(target.type, []).append(target)
    return [
        fault for target in declared for fault in (*_alone(target), *_set_twice(target, by_type, location))
    ]


def _alone(target: Target) -> list[str]:
    record = find(target.type)
    messages: list[str] = []
    if record.protect and not target.protect:
        messages.append(f"{target.name}: {record.protect}, and the program does not protect it: protect=True")
    if record.retain and not target.retained and not target.inputs.get("deletionProtectionEnabled"):
        messages.append(
            f"{target.name}: out of the program it would be deleted with its data: retain_on_delete=True"
        )
    if target.inputs.get("forceDestroy") is True:
        messages.append(f"{target.name}: force_destroy deletes what it holds: leave it out")
    messages += [
        f"{target.name}: its {name} is made up by the provider, so the live one would be replaced: declare it"
        for name in _NAMES
        if name in defaults(target.inputs)
    ]
    messages += [
        f"{target.name}: its {name} is made up of {prefix}, so the live one would be replaced: declare {name}"
        for prefix, name in _PREFIXES.items()
        if target.inputs.get(prefix) and not _declared(target, name)
    ]
    return messages


def _declared(target: Target, name: str) -> bool:
    """Return whether the program itself declares a property, and not the provider for it."""
    return bool(target.inputs.get(name)) and name not in defaults(target.inputs)


def _set_twice(target: Target, by_type: dict[str, list[Target]], location: Location) -> list[str]:
    return [
        f"{target.name}: {sub.setting} is declared here and by {resource.name}, a {sub.token}, too: "
        "each would undo the other's, keep one"
        for sub in find(target.type).sub_resources
        if _declared(target, sub.setting)
        for resource in by_type.get(sub.token, ())
        if _is_of(resource, sub, target, location)
    ]


def _is_of(resource: Target, sub: SubResource, target: Target, location: Location) -> bool:
    """Return whether a resource sets a target's setting: computed from it, or by its name, ARN or URL."""
    if any(resource.inputs.get(name, value) != value for name, value in sub.only_if.items()):
        return False
    if target.urn in resource.uses.get(sub.by, ()):
        return True
    value, derive = resource.inputs.get(sub.by), find(target.type).import_id
    texts = {key: text for key, text in target.inputs.items() if isinstance(text, str)}
    identity = derive(texts, location) if derive else None
    if not isinstance(value, str) or value == UNKNOWN or not identity:
        return False
    here = ResourceLocation(location.account, location.region)
    at_value, at_identity = (resource_location(target.type, text, here) for text in (value, identity))
    return unqualified(value) == unqualified(identity) and not at_value.differs_from(at_identity)
