"""What is live beside what is declared, read page by page; only what is not known is kept."""

from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from adopt.listings import LISTINGS
from adopt.listings.model import Listing
from adopt.live import AT_ONCE, Account, UnreadableError
from adopt.model import Plan

_CALL = tuple[str, str, str]


def plain(identity: str) -> str:
    """Give what tells an id: the name that ends a URL or an ARN, anything else as it is."""
    if identity.startswith(("arn:", "https://", "http://")):
        return identity.rstrip("/").rpartition("/")[2].rpartition(":")[2]
    return identity


def _calls() -> list[list[Listing]]:
    """Group the listings that one call answers; what is listed inside something else is only looked up."""
    groups: dict[_CALL, list[Listing]] = defaultdict(list)
    for one in LISTINGS:
        if not one.within:
            groups[one.service, one.operation, str(one.arguments)].append(one)
    return list(groups.values())


def survey(account: Account, number: str, known: Iterable[tuple[str, str]], plan: Plan) -> None:
    """Note in the plan what is live and not known, what AWS made, and what could not be listed.

    Args:
        account: The account that is read.
        number: Its id.
        known: (type, id) of what is declared or in the state.
        plan: Gets `unmanaged`, `hidden` and `unlisted`.
    """
    declared = {(token, plain(identity)) for token, identity in known}
    cut_off = Event()

    def one_call(listings: list[Listing]) -> list[tuple[str, str, bool]]:
        found: list[tuple[str, str, bool]] = []
        if cut_off.is_set():
            raise UnreadableError(f"{listings[0].action} was not called: AWS could not be reached before")
        try:
            for page in account.listed(listings[0], number):
                named = [
                    (
                        listing.type,
                        plain(listing.id.format(account=number, id=row["id"])),
                        bool(row.get("aws")),
                    )
                    for listing in listings
                    for row in listing.rows(page)
                ]
                found += [(token, name, aws) for token, name, aws in named if (token, name) not in declared]
        except UnreadableError as error:
            if error.unreachable:
                cut_off.set()
            raise
        return found

    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = [(listings, pool.submit(one_call, listings)) for listings in _calls()]
        for listings, answer in waiting:
            try:
                found = answer.result()
            except UnreadableError as error:
                plan.unlisted |= {one.type: str(error) for one in listings}
                continue
            plan.unmanaged += [(token, name) for token, name, aws in found if not aws]
            plan.hidden += [(token, name) for token, name, aws in found if aws]
    plan.unmanaged.sort()
    plan.hidden.sort()
