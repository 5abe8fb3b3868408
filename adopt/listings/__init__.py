"""Every type whose live resources can be listed."""

from adopt.listings import compute, identities, network, stores, watching
from adopt.listings.model import Listing

LISTINGS: tuple[Listing, ...] = (
    *stores.LISTINGS,
    *identities.LISTINGS,
    *compute.LISTINGS,
    *watching.LISTINGS,
    *network.LISTINGS,
)
BY_TYPE = {one.type: one for one in LISTINGS}
