"""Which live resources may be meant by what is absent: undeclared ones of its type, nearest names first."""

from collections import defaultdict
from functools import lru_cache
from heapq import nlargest

from toolkit.adopt.model import Candidate, Found, Plan
from toolkit.engine.values import UNKNOWN

FEW = 5
"""As many as a person is shown of what may be meant."""
_NEAR = 0.5
_Scored = tuple[float, int, str]


def plain(identity: str) -> str:
    """Return what tells an id: the name that ends a URL or an ARN, anything else as it is."""
    if identity.startswith(("arn:", "https://", "http://")):
        return identity.rstrip("/").rpartition("/")[2].rpartition(":")[2]
    return identity


@lru_cache(maxsize=1024)  # so that what is declared is taken apart once, however many are live
def _pairs(name: str) -> frozenset[str]:
    """Return the pairs of neighbouring letters of a name, whatever their case."""
    folded = name.casefold()
    return frozenset(folded[index : index + 2] for index in range(len(folded) - 1)) or frozenset([folded])


def nearness(name: str, other_name: str) -> float:
    """Return how near two names are, from 0 to 1: 1 if they differ in case only or one begins the other.

    Otherwise it is the Dice coefficient of their pairs of letters, which costs no more than they are long.
    """
    short, long = sorted((name.casefold(), other_name.casefold()), key=len)
    if short and long.startswith(short):
        return 1.0
    first, second = _pairs(name), _pairs(other_name)
    return 2 * len(first & second) / (len(first) + len(second))


def offer(plan: Plan) -> None:
    """Put beside what is absent the live ones that it may be; none is ever taken by itself.

    Args:
        plan: What was found, and what nothing declares; gets the candidates.
    """
    absent: dict[str, list[Found]] = defaultdict(list)
    for resource in plan.found:
        if resource.status == "absent" and resource.decision == "import":
            absent[resource.target.type].append(resource)
    best: dict[str, list[_Scored]] = defaultdict(list)
    for token, name in plan.unmanaged:  # each name once, and only the few best are kept
        for resource in absent.get(token, ()):
            declared = _declared(resource)
            scored = (nearness(declared, name), -abs(len(name) - len(declared)), name)
            best[resource.target.urn] = nlargest(FEW, [*best[resource.target.urn], scored])
    for token, some in absent.items():
        for resource in some:
            offered = [_candidate(plan, token, name) for *_, name in best[resource.target.urn]]
            ids = {candidate.id for candidate in offered}
            remaining = [candidate for candidate in resource.candidates if candidate.id not in ids]
            resource.candidates = [*offered, *remaining]


def near(resource: Found) -> bool:
    """Check whether one of its candidates has nearly its name, so that a person should look."""
    declared = _declared(resource)
    return any(
        nearness(declared, candidate.detail.partition(";")[0]) >= _NEAR for candidate in resource.candidates
    )


def _declared(resource: Found) -> str:
    """Return what the live one would be known by, were it there: the end of its id, or the declared name."""
    if resource.id:
        return plain(resource.id)
    names = (resource.target.inputs.get(key) for key in ("name", "bucket"))
    return next((text for text in names if isinstance(text, str) and text != UNKNOWN), resource.target.name)


def _candidate(plan: Plan, token: str, name: str) -> Candidate:
    owner = plan.owners.get((token, name), "")
    return Candidate(plan.ids.get((token, name), name), f"{name}; {owner}" if owner else name)
