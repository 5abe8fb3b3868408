"""What roles are said to need: a file that is reviewed by itself, apart from the program.

    roles:
      trade-matching-system-agentcore-pdf-adapter-*:
        - actions: [s3:GetObject]
          resources: ["arn:aws:s3:::trade-documents/BANK/*"]
          reason: reads the bank's trade confirmations

A role's name may have `*`; every entry whose pattern fits counts. Actions are exact, ARNs may have wildcards.
With `optional: true` a role may have it and nobody misses it, as with what a stack's settings switch on.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from tms_policies import strict_yaml
from tms_policies.documents.actions import covers, expanded, wild
from tms_policies.documents.globs import covers_action, covers_resource
from tms_policies.values import shown

_KEYS = {"actions", "resources", "reason"}
_OPTIONAL = "optional"


@dataclass(frozen=True)
class Need:
    """Some actions on some resources.

    Attributes:
        actions: As the service authorization reference spells them.
        resources: ARNs or ARN patterns.
        reason: For the reader.
        optional: Whether a role may do without it.
    """

    actions: tuple[str, ...]
    resources: tuple[str, ...]
    reason: str
    optional: bool = False

    def meets(self, action: str, resource: str) -> bool:
        """Return whether an action pattern on a resource pattern is within this need."""
        return any(covers_action(item, action) for item in self.actions) and any(
            covers_resource(item, resource) for item in self.resources
        )


@dataclass(frozen=True)
class Needs:
    """A needs file.

    Attributes:
        file: As it was named.
        roles: Needs by pattern of the role's name.
        errors: What is wrong with it, each with its place; nothing else counts if there are any.
        exists: Whether there is such a file.
    """

    file: str
    roles: dict[str, tuple[Need, ...]]
    errors: tuple[str, ...] = ()
    exists: bool = True

    def of(self, role: str) -> tuple[Need, ...] | None:
        """Return the needs of a role; None if none are declared."""
        results = [needs for pattern, needs in self.roles.items() if covers(pattern, role)]
        return tuple(need for needs in results for need in needs) if results else None


def _strings(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) and item for item in value)


def _faults(location: str, need: Any) -> Iterator[str]:  # noqa: ANN401 - YAML holds anything
    if not isinstance(need, dict) or set(need) - {_OPTIONAL} != _KEYS:
        yield f"{location} must have actions, resources and reason, and nothing else but optional"
        return
    if need.get(_OPTIONAL, True) is not True:
        yield f"{location}.optional must be true, or left out"
    if not isinstance(need["reason"], str) or not need["reason"].strip():
        yield f"{location}.reason must be a sentence"
    for key in ("actions", "resources"):
        if not _strings(need[key]):
            yield f"{location}.{key} must be a list of texts"
    for action in need["actions"] if _strings(need["actions"]) else ():
        if wild(action) or not expanded(action):
            yield f"{location}.actions has {shown(action)}, which is no action's full name"


def _read(text: str) -> tuple[dict[str, tuple[Need, ...]], list[str]]:
    try:
        value = strict_yaml.load(text)
    except strict_yaml.YamlError as error:
        return {}, [str(error)]
    roles = value.get("roles") if isinstance(value, dict) and set(value) == {"roles"} else None
    if not isinstance(roles, dict):
        return {}, ["it must have one key, roles, with a list of needs for each role's name"]
    results: dict[str, tuple[Need, ...]] = {}
    errors: list[str] = []
    for role, needs in roles.items():
        location = f"roles.{role}"
        wrong = [] if isinstance(needs, list) else [f"{location} must be a list"]
        for index, need in enumerate(needs if isinstance(needs, list) else ()):
            wrong += _faults(f"{location}[{index}]", need)
        errors += wrong
        if not wrong:
            results[str(role)] = tuple(
                Need(
                    tuple(expanded(a)[0] for a in item["actions"]),
                    tuple(item["resources"]),
                    item["reason"],
                    _OPTIONAL in item,
                )
                for item in needs
            )
    return results, errors


@lru_cache(maxsize=4)
def _loaded(file: str, _stamp: float) -> Needs:
    try:
        roles, errors = _read(Path(file).read_text(encoding="utf-8"))
    except (OSError, UnicodeError) as error:
        return Needs(file, {}, (f"it cannot be read ({type(error).__name__})",))
    return Needs(file, {} if errors else roles, tuple(errors))


def declared(file: str) -> Needs:
    """Read a needs file; a relative path is taken from the program's folder, where the engine runs."""
    path = Path(file)
    if not file or not path.exists():
        return Needs(file, {}, exists=False)
    return _loaded(file, path.stat().st_mtime)


def smallest(needs: tuple[Need, ...]) -> str:
    """Return the smallest policy document that serves some needs, a statement per set of resources."""
    by_resources: dict[tuple[str, ...], set[str]] = {}
    for need in needs:
        by_resources.setdefault(tuple(sorted(need.resources)), set()).update(need.actions)
    statements = [
        {"Effect": "Allow", "Action": sorted(actions), "Resource": list(resources)}
        for resources, actions in sorted(by_resources.items())
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})
