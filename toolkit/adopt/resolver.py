"""Import ids: derived from what is declared and from what that depends on, then looked up; never guessed."""

from collections.abc import Callable, Iterable, Mapping

from toolkit.adopt.model import Candidate, Found, Target
from toolkit.aws.account import UnreadableError
from toolkit.aws.location import Location
from toolkit.aws.types import LISTING_BY_TYPE, find
from toolkit.aws.types.import_ids import Inputs, function_name
from toolkit.aws.types.listing import Listing, Row
from toolkit.engine.values import UNKNOWN

_BUILT = frozenset({"aws:cloudwatch/logGroup:LogGroup"})
"""Types whose names AWS's own services build of ids, as `/aws/bedrock-agentcore/runtimes/<id>-<endpoint>`."""
Rows = Callable[[Listing, Inputs], Iterable[Row]]
"""Lists live resources; may raise UnreadableError."""
_KEY = "aws:kms/key:Key"
_ALIAS = "aws:kms/alias:Alias"


class Resolver:
    """Finds ids of targets, each once; what one is computed from is resolved before it."""

    def __init__(self, targets: Iterable[Target], location: Location, rows: Rows) -> None:
        """Take the targets, and a way to list what is live.

        Args:
            targets: What is declared.
            location: Account and region of the stack.
            rows: Lists live resources, for what has no id that can be derived.
        """
        self.found = [Found(target) for target in targets if not target.component]
        self.known: dict[str, str] = {}
        self._renamed: dict[str, str] = {}
        self._location, self._rows = location, rows

    def resolve(self, ids: Mapping[str, str]) -> list[Found]:
        """Return each target with its id, or with the reason why a person must say it.

        Args:
            ids: Ids that a person gave, by URN.
        """
        self.known = dict(ids)
        self._renamed = {
            resource.target.urn: derived
            for resource in self.found
            if resource.target.urn in ids and (derived := self._derived(resource.target))
        }
        waiting = self.found
        while waiting:  # each round settles at least one, so it ends
            unsettled = [resource for resource in waiting if not self._settle(resource)]
            if len(unsettled) == len(waiting):
                break
            waiting = unsettled
        for resource in waiting:
            resource.detail = "what its id is made of is not known: give the live one's id in the mapping"
        return self.found

    def _settle(self, resource: Found) -> bool:
        """Return whether this target is settled, for better or worse."""
        urn, token = resource.target.urn, resource.target.type
        inputs = self._inputs(resource.target)
        rule, listing = find(token).import_id, LISTING_BY_TYPE.get(token)
        built = token in _BUILT and resource.target.inputs.get("name") == UNKNOWN
        resource.id = self.known.get(urn) or (rule(inputs, self._location) if rule and not built else None)
        if resource.id is None and built and listing and "name" in inputs:
            self._by_part(resource, listing, inputs["name"])
        elif resource.id is None and token == _KEY:
            self._by_alias(resource)
        elif resource.id is None and listing and listing.within.keys() <= inputs.keys():
            needed = set(listing.match) - set(listing.outputs)
            if all(key in inputs or resource.target.inputs.get(key) != UNKNOWN for key in needed):
                self._look_up(resource, listing, inputs)
        elif resource.id is None and not rule and not listing:
            resource.detail = (
                f"how a {token} is found is not known here: give the live one's id in the mapping"
            )
        if resource.id:
            self.known[urn] = resource.id
        return bool(resource.id or resource.detail)

    def _derived(self, target: Target) -> str | None:
        """Return the id that a declaration says by itself."""
        rule = find(target.type).import_id
        declared = {key: str(value) for key, value in target.inputs.items() if _is_text(value)}
        return rule(declared, self._location) if rule else None

    def _inputs(self, target: Target) -> dict[str, str]:
        """Return what is declared; in place of an unknown one the id of the resource it is computed from.

        So too in place of the name of a bucket of which a person said that it is called otherwise.
        """
        inputs = {key: str(value) for key, value in target.inputs.items() if _is_text(value)}
        for key, urns in target.uses.items():
            if len(urns) != 1 or urns[0] not in self.known:
                continue
            if inputs.get(key, UNKNOWN) in (UNKNOWN, self._renamed.get(urns[0])):
                inputs[key] = self.known[urns[0]]
        return inputs

    def _look_up(self, resource: Found, listing: Listing, inputs: Inputs) -> None:
        """Look for the live ones that have what is declared; only a single one is taken."""
        within = {key: function_name(inputs[key]) for key in listing.within}
        try:
            live = [row for row in self._rows(listing, within) if not row.get("aws")]
        except UnreadableError as error:
            resource.status, resource.detail = "unknown", str(error)
            return
        unknown = [key for key in listing.outputs if resource.target.inputs.get(key) == UNKNOWN]
        match = [key for key in listing.match if key not in unknown]
        matching = [row for row in live if all(_same(row.get(key), inputs.get(key)) for key in match)]
        if unknown:
            described = [
                row for row in matching if all(_same(row.get(key), inputs.get(key)) for key in listing.tell)
            ]
            matching = [
                row for row in described or matching if all(row.get(key) is not None for key in unknown)
            ]
        self._choose(resource, listing, matching, live, within)

    def _by_part(self, resource: Found, listing: Listing, part: str) -> None:
        """Look for the live ones whose name has the id of what the declared name is built of."""
        try:
            live = [row for row in self._rows(listing, {}) if not row.get("aws")]
        except UnreadableError as error:
            resource.status, resource.detail = "unknown", str(error)
            return
        matching = [row for row in live if part in str(row.get("name"))]
        suffixes = resource.target.name.lower().split("-")
        # a runtime has a group for each endpoint; what stands behind the id is in the logical name then
        ending = [
            row for row in matching if str(row["name"]).partition(part)[2].strip("-").lower() in suffixes
        ]
        self._choose(resource, listing, ending, matching or live, {})
        if matching and not ending:  # another endpoint's, for all that is known
            resource.status = "ambiguous"
            resource.detail = (
                "the live ones with that id in their name end otherwise than its logical name says"
            )

    def _by_alias(self, resource: Found) -> None:
        """A key has no name of its own: it is the one that a declared alias points at."""
        listing = LISTING_BY_TYPE[_ALIAS]
        aliases = [
            candidate.target
            for candidate in self.found
            if candidate.target.type == _ALIAS
            and resource.target.urn in candidate.target.uses.get("targetKeyId", ())
        ]
        names = {str(alias.inputs.get("name")) for alias in aliases}
        try:
            live: list[Row] = [
                {**row, "id": row["key"]}
                for row in self._rows(listing, {})
                if row.get("key") and not row.get("aws")
            ]
        except UnreadableError as error:
            resource.status, resource.detail = "unknown", str(error)
            return
        self._choose(resource, listing, [row for row in live if row["name"] in names], live, {})

    def _choose(
        self, resource: Found, listing: Listing, matching: list[Row], live: list[Row], within: Inputs
    ) -> None:
        def identity(row: Row) -> str:
            if resource.target.type != listing.type:  # a key, by its alias
                return str(row["id"])
            return listing.identity(row["id"], self._location.account, within)

        ids = sorted({identity(row) for row in matching})
        if len(ids) == 1:
            resource.id = ids[0]
            return
        resource.candidates = [Candidate(identity(row), str(row["name"])) for row in matching or live]
        properties = ", ".join(listing.match)
        if ids:
            resource.status, resource.detail = (
                "ambiguous",
                f"{len(ids)} live ones have the declared {properties}",
            )
        else:
            resource.status, resource.detail = "absent", f"no live one has the declared {properties}"


def _is_text(declared: object) -> bool:
    """Return whether this is a known text or a whole number."""
    return isinstance(declared, (str, int)) and not isinstance(declared, bool) and declared != UNKNOWN


def _same(live: object, declared: str | None) -> bool:
    """Compare texts; a function may be meant by its name or its ARN."""
    if live is None or declared is None:
        return live is declared
    return declared in (str(live), function_name(str(live))) or str(live) == function_name(declared)
