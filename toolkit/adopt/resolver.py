"""Import ids: derived from what is declared and from what that depends on, then looked up; never guessed."""

from collections.abc import Callable, Iterable, Mapping

from toolkit.adopt.import_ids import DERIVED, Inputs, Place, bare
from toolkit.adopt.listings import BY_TYPE
from toolkit.adopt.listings.model import Listing, Row
from toolkit.adopt.model import Candidate, Found, Target
from toolkit.aws.account import UnreadableError
from toolkit.engine.values import UNKNOWN

_BUILT = frozenset({"aws:cloudwatch/logGroup:LogGroup"})
"""Types whose names AWS's own services build of ids, as `/aws/bedrock-agentcore/runtimes/<id>-<endpoint>`."""
Rows = Callable[[Listing, Inputs], Iterable[Row]]
"""Lists live resources; may raise UnreadableError."""
_KEY = "aws:kms/key:Key"
_ALIAS = "aws:kms/alias:Alias"


class Resolver:
    """Finds ids of targets, each once; what one is computed from is resolved before it."""

    def __init__(self, targets: Iterable[Target], place: Place, rows: Rows) -> None:
        """Take the targets, and a way to list what is live.

        Args:
            targets: What is declared.
            place: Where it lives.
            rows: Lists live resources, for what has no id that can be derived.
        """
        self.found = [Found(one) for one in targets if not one.component]
        self.known: dict[str, str] = {}
        self._renamed: dict[str, str] = {}
        self._place, self._rows = place, rows

    def resolve(self, given: Mapping[str, str]) -> list[Found]:
        """Give each target with its id, or with the reason why a person must say it.

        Args:
            given: Ids that a person gave, by URN.
        """
        self.known = dict(given)
        self._renamed = {
            one.target.urn: derived
            for one in self.found
            if one.target.urn in given and (derived := self._derived(one.target))
        }
        waiting = self.found
        while waiting:  # each round settles at least one, so it ends
            left = [one for one in waiting if not self._settle(one)]
            if len(left) == len(waiting):
                break
            waiting = left
        for one in waiting:
            one.detail = "what its id is made of is not known: give the live one's id in the mapping"
        return self.found

    def _settle(self, one: Found) -> bool:
        """Say whether this target is settled, for better or worse."""
        urn, token = one.target.urn, one.target.type
        inputs = self._inputs(one.target)
        rule, listing = DERIVED.get(token), BY_TYPE.get(token)
        built = token in _BUILT and one.target.inputs.get("name") == UNKNOWN
        one.id = self.known.get(urn) or (rule(inputs, self._place) if rule and not built else None)
        if one.id is None and built and listing and "name" in inputs:
            self._by_part(one, listing, inputs["name"])
        elif one.id is None and token == _KEY:
            self._by_alias(one)
        elif one.id is None and listing and listing.within.keys() <= inputs.keys():
            needed = set(listing.match) - set(listing.outputs)
            if all(key in inputs or one.target.inputs.get(key) != UNKNOWN for key in needed):
                self._look_up(one, listing, inputs)
        elif one.id is None and not rule and not listing:
            one.detail = f"how a {token} is found is not known here: give the live one's id in the mapping"
        if one.id:
            self.known[urn] = one.id
        return bool(one.id or one.detail)

    def _derived(self, target: Target) -> str | None:
        """Give the id that a declaration says by itself."""
        rule = DERIVED.get(target.type)
        declared = {key: str(one) for key, one in target.inputs.items() if _is_text(one)}
        return rule(declared, self._place) if rule else None

    def _inputs(self, target: Target) -> dict[str, str]:
        """Give what is declared; in place of an unknown one the id of the resource it is computed from.

        So too in place of the name of a bucket of which a person said that it is called otherwise.
        """
        found = {key: str(one) for key, one in target.inputs.items() if _is_text(one)}
        for key, urns in target.uses.items():
            if len(urns) != 1 or urns[0] not in self.known:
                continue
            if found.get(key, UNKNOWN) in (UNKNOWN, self._renamed.get(urns[0])):
                found[key] = self.known[urns[0]]
        return found

    def _look_up(self, one: Found, listing: Listing, inputs: Inputs) -> None:
        """Look for the live ones that have what is declared; only a single one is taken."""
        within = {key: bare(inputs[key]) for key in listing.within}
        try:
            every = [row for row in self._rows(listing, within) if not row.get("aws")]
        except UnreadableError as error:
            one.status, one.detail = "unknown", str(error)
            return
        hidden = [key for key in listing.outputs if one.target.inputs.get(key) == UNKNOWN]
        match = [key for key in listing.match if key not in hidden]
        same = [row for row in every if all(_same(row.get(key), inputs.get(key)) for key in match)]
        if hidden:
            told = [row for row in same if all(_same(row.get(key), inputs.get(key)) for key in listing.tell)]
            same = [row for row in told or same if all(row.get(key) is not None for key in hidden)]
        self._choose(one, listing, same, every, within)

    def _by_part(self, one: Found, listing: Listing, part: str) -> None:
        """Look for the live ones whose name has the id of what the declared name is built of."""
        try:
            every = [row for row in self._rows(listing, {}) if not row.get("aws")]
        except UnreadableError as error:
            one.status, one.detail = "unknown", str(error)
            return
        same = [row for row in every if part in str(row.get("name"))]
        words = one.target.name.lower().split("-")
        # a runtime has a group for each endpoint; what stands behind the id is in the logical name then
        told = [row for row in same if str(row["name"]).partition(part)[2].strip("-").lower() in words]
        self._choose(one, listing, told, same or every, {})
        if same and not told:  # another endpoint's, for all that is known
            one.status = "ambiguous"
            one.detail = "the live ones with that id in their name end otherwise than its logical name says"

    def _by_alias(self, one: Found) -> None:
        """A key has no name of its own: it is the one that a declared alias points at."""
        listing = BY_TYPE[_ALIAS]
        aliases = [
            found.target
            for found in self.found
            if found.target.type == _ALIAS and one.target.urn in found.target.uses.get("targetKeyId", ())
        ]
        names = {str(alias.inputs.get("name")) for alias in aliases}
        try:
            every: list[Row] = [
                {**row, "id": row["key"]}
                for row in self._rows(listing, {})
                if row.get("key") and not row.get("aws")
            ]
        except UnreadableError as error:
            one.status, one.detail = "unknown", str(error)
            return
        self._choose(one, listing, [row for row in every if row["name"] in names], every, {})

    def _choose(
        self, one: Found, listing: Listing, same: list[Row], every: list[Row], within: Inputs
    ) -> None:
        def identity(row: Row) -> str:
            if one.target.type != listing.type:  # a key, by its alias
                return str(row["id"])
            return listing.identity(row["id"], self._place.account, within)

        ids = sorted({identity(row) for row in same})
        if len(ids) == 1:
            one.id = ids[0]
            return
        one.candidates = [Candidate(identity(row), str(row["name"])) for row in same or every]
        what = ", ".join(listing.match)
        if ids:
            one.status, one.detail = "ambiguous", f"{len(ids)} live ones have the declared {what}"
        else:
            one.status, one.detail = "absent", f"no live one has the declared {what}"


def _is_text(declared: object) -> bool:
    """Say whether this is a known text or a whole number."""
    return isinstance(declared, (str, int)) and not isinstance(declared, bool) and declared != UNKNOWN


def _same(live: object, declared: str | None) -> bool:
    """Compare texts; a function may be meant by its name or its ARN."""
    if live is None or declared is None:
        return live is declared
    return declared in (str(live), bare(str(live))) or str(live) == bare(declared)
