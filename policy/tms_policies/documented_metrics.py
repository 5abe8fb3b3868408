"""What services emit, as their own pages of CloudWatch metrics have it: names, and the dimensions of each.

data/metrics.json has them with the pages; a metric that a service adds is added there, from its page.
data/namespaces.json lists the namespaces of services whose metrics nobody wrote down yet.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_DATA = Path(__file__).resolve().parent / "data"
_DOCUMENTED: Mapping[str, Any] = json.loads((_DATA / "metrics.json").read_text("utf-8"))
_NAMESPACES: Mapping[str, Any] = json.loads((_DATA / "namespaces.json").read_text("utf-8"))
Dimensions = frozenset[str]
PAGES: Mapping[str, list[str]] = {namespace: one["pages"] for namespace, one in _DOCUMENTED.items()}
"""Where AWS lists the names, by namespace."""
PAGE_OF_ALL: str = _NAMESPACES["page"]
"""Where AWS lists the namespaces."""
NAMESPACES: frozenset[str] = frozenset((*_DOCUMENTED, *_NAMESPACES["names"]))
"""Every namespace of a service of AWS."""
KNOWN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    namespace: {name: tuple(group.get("dimensions", ())) for group in one["emits"] for name in group["names"]}
    for namespace, one in _DOCUMENTED.items()
}
"""By namespace and name, the sets of dimensions that the metric comes with; none where no page says."""


def dimensions_of(spelled: str) -> Dimensions:
    """Read a set of dimensions, such as `TableName, Operation`; an empty text is the set of none."""
    return frozenset(item for item in spelled.split(", ") if item)


def comes_with(namespace: str, name: str) -> tuple[str, ...]:
    """Return the sets of dimensions that a metric comes with; none where no page says."""
    return KNOWN.get(namespace, {}).get(name, ())


def of_whole_account(namespace: object, name: object) -> bool:
    """Return whether a metric comes without dimensions, for the whole account."""
    return any(not dimensions_of(item) for item in comes_with(str(namespace), str(name)))
