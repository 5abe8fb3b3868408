"""A rule about access points of S3."""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.registry import rule
from tms_policies.values import shown, unproven

ACCESS_POINT = "aws:s3/accessPoint:AccessPoint"
_BLOCKS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")


@rule(
    "s3-access-point-public-access",
    severity="critical",
    types=(ACCESS_POINT,),
    reads=("publicAccessBlockConfiguration",),
    remedy="Leave public_access_block_configuration out.",
    why="The flags are fixed when the point is made; with one off, a policy can open the bucket by it. "
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html",
)
def access_point(point: Resource, _settings: Bag) -> Iterable[Finding]:
    """An access point blocks public access with all four flags.

    All four flags; left out they are on, and cannot be changed later.
    """
    values = point.props.get("publicAccessBlockConfiguration")
    if isinstance(values, Unknown):
        yield unproven(values, f"{point.name} must block public access")
        return
    for flag in _BLOCKS:
        value = values.get(flag) if isinstance(values, dict) else None
        if isinstance(value, Unknown):
            yield unproven(value, f"{flag} of {point.name} must be true")
        elif value is not None and value is not True and str(value).lower() != "true":
            yield Finding(
                f"publicAccessBlockConfiguration.{flag} of {point.name} is {shown(value)}",
                "public_access_block_configuration left out, or all four flags True",
            )
