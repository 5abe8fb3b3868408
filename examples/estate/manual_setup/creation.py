"""The work itself: what a preview shows is made, one call after another, in an order in which it can be."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from examples.estate.manual_setup import compute, iam, messaging, monitoring, storage
from examples.estate.manual_setup.model import Hands, Make, Wanted

_MAKE: Mapping[str, Make] = {
    # Keys and roles come first, since others name them; a log group is called after its runtime
    **iam.MAKE,
    **storage.MAKE,
    **messaging.MAKE,
    **compute.MAKE,
    **monitoring.MAKE,
}
_LAST = "aws:cloudtrail/trail:Trail"  # AWS looks whether it may write where the trail leads


def described(preview: str) -> list[Wanted]:
    """Give what a preview of the program shows that AWS must have.

    Args:
        preview: What `pulumi preview --json` printed.
    """
    steps = json.loads(preview[preview.index("{") :])["steps"]
    states: Iterable[Mapping[str, Any]] = (step["newState"] for step in steps if step["op"] == "create")
    return [
        Wanted(
            state["urn"],
            state["type"],
            dict(state.get("inputs") or {}),
            {key: tuple(urns or ()) for key, urns in (state.get("propertyDependencies") or {}).items()},
        )
        for state in states
        if state["type"].startswith("aws:")
    ]


def make(endpoint: str, wanted: Iterable[Wanted]) -> Hands:
    """Make all of it.

    Args:
        endpoint: Where the account is.
        wanted: What to make; what one is made of must be among it.

    Raises:
        KeyError: How something is made by hand is not known here.
    """
    hands = Hands(endpoint)
    order = [*(kind for kind in _MAKE if kind != _LAST), _LAST]
    for one in sorted(wanted, key=lambda one: order.index(one.type)):
        hands.made[one.urn] = _MAKE[one.type](hands, one)
    return hands
