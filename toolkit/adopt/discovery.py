"""What is live beside what is declared, read page by page; only what is not known is kept."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from threading import Event

from toolkit.adopt.candidates import plain
from toolkit.adopt.model import Plan
from toolkit.aws.account import AT_ONCE, Account, UnreadableError
from toolkit.aws.types import LISTINGS, SAME
from toolkit.aws.types.listing import Listing, Row

MANY = 500
"""Live resources of one type that are asked for what is inside them; each costs a call of its own."""
_KEY, _ALIAS = "aws:kms/key:Key", "aws:kms/alias:Alias"
_BUS = "aws:cloudwatch/eventBus:EventBus"  # AWS makes the default one, and people put rules into it
_TYPELESS = "cannot be adopted: the provider has no type for it"


@dataclass(frozen=True)
class _Call:
    """One operation, the listings that its answer has rows of, and what it is asked within.

    Attributes:
        listings: What it lists.
        within: Values of the properties that the listings are within.
        aws: Whether AWS made what it is within.
    """

    listings: tuple[Listing, ...]
    within: Mapping[str, str] = field(default_factory=dict[str, str])
    aws: bool = False

    @property
    def action(self) -> str:
        return self.listings[0].action

    @property
    def kind(self) -> str:
        """Return what tells its operation from others: no type is listed by two."""
        return self.listings[0].type


@dataclass
class _Answer:
    """What one call gave that is not known: (type, import id, whether AWS made it), and what to ask next."""

    found: list[tuple[str, str, bool]] = field(default_factory=list[tuple[str, str, bool]])
    inside: list[_Call] = field(default_factory=list[_Call])


def _grouped() -> dict[str, list[tuple[Listing, ...]]]:
    """Group the listings that one call answers by what they are listed inside; empty for nothing."""
    groups: dict[tuple[str, ...], list[Listing]] = defaultdict(list)
    for listing in LISTINGS:
        groups[
            listing.parent, listing.service, listing.operation, str(listing.arguments), str(listing.within)
        ].append(listing)
    by_parent: dict[str, list[tuple[Listing, ...]]] = defaultdict(list)
    for (parent, *_), listings in groups.items():
        by_parent[parent].append(tuple(listings))
    return by_parent


_GROUPS = _grouped()


def _inside(token: str, row: Row) -> Iterator[_Call]:
    """Return the calls for what is inside a live resource."""
    of_aws = bool(row.get("aws")) and token != _BUS
    for listings in _GROUPS.get(token, ()):
        values = {key: str(row[listings[0].given.get(key, "id")]) for key in listings[0].within}
        yield _Call(listings, values, of_aws)


class _Survey:
    """A survey of an account: calls are made by a few threads, and what they give is noted by one."""

    def __init__(
        self, account: Account, number: str, declared: Iterable[tuple[str, str]], plan: Plan
    ) -> None:
        self._account, self._number, self._plan = account, number, plan
        self._declared = {(SAME.get(token, token), plain(identity)) for token, identity in declared}
        self._cut_off, self._keys = Event(), set[str]()
        self._walked = Counter[str]()
        self._refused = set[str]()  # what was refused once is not asked again

    def run(self) -> None:
        """Make all calls, a few at once, and as many more as there are things to look inside."""
        pending = deque(_Call(listings) for listings in _GROUPS[""])
        running: dict[Future[_Answer], _Call] = {}
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while pending or running:
                while pending and len(running) < AT_ONCE:
                    call = pending.popleft()
                    if call.kind not in self._refused:
                        running[pool.submit(self._make, call)] = call
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for answer in done:
                    pending += self._note(running.pop(answer), answer)
        self._hide_keys()
        _cannot_be_asked(self._plan)

    def _make(self, call: _Call) -> _Answer:
        if self._cut_off.is_set():
            raise UnreadableError(f"{call.action} was not called: AWS could not be reached before")
        answer = _Answer()
        try:
            for page in self._account.listed(call.listings[0], self._number, call.within or None):
                for listing in call.listings:
                    for row in listing.rows(page):
                        self._take(listing, row, call, answer)
        except UnreadableError as error:
            if error.unreachable:
                self._cut_off.set()
            raise
        return answer

    def _take(self, listing: Listing, row: Row, call: _Call, answer: _Answer) -> None:
        identity = listing.identity(row["id"], self._number, call.within)
        of_aws = call.aws or bool(row.get("aws"))
        if (listing.type, plain(identity)) not in self._declared:
            answer.found.append((listing.type, identity, of_aws))
        if row.get("aws") and row.get("key"):
            self._keys.add(str(row["key"]))
        answer.inside += _inside(listing.type, {**row, "aws": of_aws} if of_aws else row)

    def _note(self, call: _Call, answer: Future[_Answer]) -> list[_Call]:
        """Note what a call gave, and give the calls that it leads to."""
        plan = self._plan
        try:
            answered = answer.result()
        except UnreadableError as error:
            self._refused.add(call.kind)
            plan.unlisted |= {listing.type: str(error) for listing in call.listings}
            return []
        typeless = {listing.type for listing in call.listings if listing.typeless}
        for token, identity, of_aws in answered.found:
            name = plain(identity)
            (plan.hidden if of_aws else plan.unmanaged).append((token, name))
            if identity != name and not of_aws:
                plan.ids[token, name] = identity
            if token in typeless and not of_aws:
                plan.owners[token, name] = _TYPELESS
        return [listing for listing in answered.inside if self._may_walk(listing)]

    def _may_walk(self, call: _Call) -> bool:
        """Return whether one more is looked into; beyond many, what is inside is not all known."""
        self._walked[call.kind] += 1
        if self._walked[call.kind] <= MANY:
            return True
        for listing in call.listings:
            reason = (
                f"{listing.action} was called for {MANY} of {listing.parent} only: "
                "there are more, each costs a call"
            )
            self._plan.unlisted.setdefault(listing.type, reason)
        return False

    def _hide_keys(self) -> None:
        """Hide the keys that AWS made, as its aliases tell; without these no key can be told."""
        plan = self._plan
        keys = {name for token, name in plan.unmanaged if token == _KEY}
        if _ALIAS in plan.unlisted:
            plan.unlisted.setdefault(_KEY, plan.unlisted[_ALIAS])
        else:
            plan.hidden += [(_KEY, name) for name in keys & self._keys]
            keys &= self._keys
        plan.unmanaged = [
            (token, name) for token, name in plan.unmanaged if token != _KEY or name not in keys
        ]


def _cannot_be_asked(plan: Plan) -> None:
    """Write that what is inside something that could not be listed could not be listed either."""
    waiting = list(plan.unlisted)
    for token in waiting:  # grows by what is inside
        for listings in _GROUPS.get(token, ()):
            for listing in listings:
                if listing.type not in plan.unlisted:
                    plan.unlisted[listing.type] = plan.unlisted[token]
                    waiting.append(listing.type)


def survey(account: Account, number: str, declared: Iterable[tuple[str, str]], plan: Plan) -> None:
    """Write into the plan what is live and not known, what AWS made, and what could not be listed.

    Args:
        account: The account that is read.
        number: Its id.
        declared: (type, id) of what is declared or in the state.
        plan: Gets `unmanaged` with `ids` and the `owners` of what has no type, `hidden` and `unlisted`.
    """
    _Survey(account, number, declared, plan).run()
    plan.unmanaged.sort()
    plan.hidden.sort()
