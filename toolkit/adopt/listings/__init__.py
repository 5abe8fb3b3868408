"""Every type whose live resources can be listed."""

from dataclasses import replace

from toolkit.adopt.listings import bedrock, compute, iam, monitoring, network, storage
from toolkit.adopt.listings.model import Listing

LISTINGS: tuple[Listing, ...] = (
    *storage.LISTINGS,
    *iam.LISTINGS,
    *compute.LISTINGS,
    *bedrock.LISTINGS,
    *monitoring.LISTINGS,
    *network.LISTINGS,
)
# Types by another name of what is listed above, so that they are not counted twice
SAME = {"aws:agentregistry/registry:Registry": "aws:bedrock/agentcoreRegistry:AgentcoreRegistry"}
_LISTED = {one.type: one for one in LISTINGS}
BY_TYPE = _LISTED | {name: replace(_LISTED[listed], type=name) for name, listed in SAME.items()}
