"""Creates the resources of a preview by direct calls, in an order in which each can be created."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from examples.estate.manual_setup import compute, iam, images, messaging, monitoring, storage
from examples.estate.manual_setup.model import Console, Creator, PlannedResource

_CREATORS: Mapping[str, Creator] = {
    # Keys and roles come first, since others name them; a log group is called after its runtime
    **iam.CREATORS,
    **storage.CREATORS,
    **images.CREATORS,
    **messaging.CREATORS,
    **compute.CREATORS,
    **monitoring.CREATORS,
}
_LAST = "aws:cloudtrail/trail:Trail"  # AWS checks that the trail may write to its bucket


def planned_resources(preview: str) -> list[PlannedResource]:
    """Return the AWS resources that a preview creates, in its order.

    Args:
        preview: The output of `pulumi preview --json`.
    """
    steps = json.loads(preview[preview.index("{") :])["steps"]
    states: Iterable[Mapping[str, Any]] = (step["newState"] for step in steps if step["op"] == "create")
    return [
        PlannedResource(
            state["urn"],
            state["type"],
            dict(state.get("inputs") or {}),
            {key: tuple(urns or ()) for key, urns in (state.get("propertyDependencies") or {}).items()},
        )
        for state in states
        if state["type"].startswith("aws:")
    ]


def create_resources(endpoint: str, resources: Iterable[PlannedResource]) -> Console:
    """Create resources in an account, and return the console with what was created.

    Args:
        endpoint: URL of the account.
        resources: The resources, together with all that they depend on.

    Raises:
        ValueError: A type has no creator here.
        KeyError: A dependency is missing.
    """
    console = Console(endpoint)
    order = [*(token for token in _CREATORS if token != _LAST), _LAST]
    for resource in sorted(resources, key=lambda resource: order.index(resource.type)):
        console.created[resource.urn] = _CREATORS[resource.type](console, resource)
    return console
