"""What is live beside what is declared, read page by page; only what is not known is kept."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

from adopt.candidates import plain
from adopt.listings import LISTINGS
from adopt.listings.model import Listing, Row
from adopt.live import AT_ONCE, Account, UnreadableError
from adopt.model import Plan

_CALL = tuple[str, str, str]
_Live = tuple[str, str, bool]
"""Type, import id, and whether AWS made it."""
_KEY, _ALIAS = "aws:kms/key:Key", "aws:kms/alias:Alias"


def _calls() -> list[list[Listing]]:
    """Group the listings that one call answers; what is listed inside something else is only looked up."""
    groups: dict[_CALL, list[Listing]] = defaultdict(list)
    for one in LISTINGS:
        if not one.within:
            groups[one.service, one.operation, str(one.arguments)].append(one)
    return list(groups.values())


def _rows(account: Account, listings: list[Listing], number: str) -> Iterator[tuple[str, str, Row]]:
    """Give (type, import id, row) of all that one call answers, page by page."""
    for page in account.listed(listings[0], number):
        for one in listings:
            for row in one.rows(page):
                yield one.type, one.id.format(account=number, id=row["id"]), row


def survey(account: Account, number: str, known: Iterable[tuple[str, str]], plan: Plan) -> None:
    """Note in the plan what is live and not known, what AWS made, and what could not be listed.

    Args:
        account: The account that is read.
        number: Its id.
        known: (type, id) of what is declared or in the state.
        plan: Gets `unmanaged` with `ids`, `hidden` and `unlisted`.
    """
    declared = {(token, plain(identity)) for token, identity in known}
    cut_off, keys = Event(), set[str]()

    def one_call(listings: list[Listing]) -> list[_Live]:
        if cut_off.is_set():
            raise UnreadableError(f"{listings[0].action} was not called: AWS could not be reached before")
        found: list[_Live] = []
        try:
            for token, identity, row in _rows(account, listings, number):
                if (token, plain(identity)) not in declared:
                    found.append((token, identity, bool(row.get("aws"))))
                if row.get("aws") and row.get("key"):
                    keys.add(str(row["key"]))
        except UnreadableError as error:
            if error.unreachable:
                cut_off.set()
            raise
        return found

    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = [(listings, pool.submit(one_call, listings)) for listings in _calls()]
        _note(plan, waiting)
    _hide_keys(plan, keys)
    plan.unmanaged.sort()
    plan.hidden.sort()


def _note(plan: Plan, waiting: Iterable[tuple[list[Listing], Future[list[_Live]]]]) -> None:
    for listings, answer in waiting:
        try:
            found = answer.result()
        except UnreadableError as error:
            plan.unlisted |= {one.type: str(error) for one in listings}
            continue
        for token, identity, aws in found:
            name = plain(identity)
            (plan.hidden if aws else plan.unmanaged).append((token, name))
            if identity != name and not aws:
                plan.ids[token, name] = identity


def _hide_keys(plan: Plan, of_aws: set[str]) -> None:
    """Hide the keys that AWS made, as its aliases tell; where these cannot be listed, no key can be told."""
    every = {name for token, name in plan.unmanaged if token == _KEY}
    if _ALIAS in plan.unlisted:
        plan.unlisted.setdefault(_KEY, plan.unlisted[_ALIAS])
    else:
        plan.hidden += [(_KEY, name) for name in every & of_aws]
        every &= of_aws
    plan.unmanaged = [(token, name) for token, name in plan.unmanaged if token != _KEY or name not in every]
