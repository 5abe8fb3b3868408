"""An account and a region of AWS: spells ARNs, queue URLs and console addresses in the region's partition."""

from dataclasses import dataclass
from functools import cache
from typing import Any

# https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/signin.html and
# https://docs.amazonaws.cn/en_us/aws/latest/userguide/introduction.html
_CONSOLES = {
    "aws": "console.aws.amazon.com",
    "aws-cn": "console.amazonaws.cn",
    "aws-us-gov": "console.amazonaws-us-gov.com",
}


@cache
def _endpoints() -> Any:  # noqa: ANN401 - botocore has no types
    """Return botocore's data of every partition's endpoints, read once."""
    import botocore.session  # noqa: PLC0415 - takes a tenth of a second, which most commands need not wait for

    return botocore.session.get_session().get_component("endpoint_resolver")


@cache
def partition_of(region: str) -> str:
    """Return the partition of a region: `aws`, `aws-cn`, `aws-us-gov` or another that botocore knows.

    Raises:
        botocore.exceptions.UnknownRegionError: No partition has such a region.
    """
    return str(_endpoints().get_partition_for_region(region))


@cache
def _host(service: str, region: str) -> str:
    return str(_endpoints().construct_endpoint(service, region)["hostname"])


@dataclass(frozen=True, slots=True)
class Location:
    """The account and the region that a stack is in.

    Attributes:
        account: The 12-digit account id.
        region: The region of all regional resources.
    """

    account: str
    region: str

    @property
    def partition(self) -> str:
        """The partition, which every ARN begins with."""
        return partition_of(self.region)

    def arn(self, service: str, resource: str) -> str:
        """Return the ARN of a regional resource, such as `sns` and `alarms`."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{resource}"

    def global_arn(self, service: str, resource: str) -> str:
        """Return the ARN of a resource that is in no region, such as `iam` and `role/agent`."""
        return f"arn:{self.partition}:{service}::{self.account}:{resource}"

    def queue_url(self, name: str) -> str:
        """Return the URL of an SQS queue, which is its import id."""
        return f"https://{_host('sqs', self.region)}/{self.account}/{name}"

    def console(self, *, regional: bool = True) -> str:
        """Return the address of the AWS console, without a final slash; empty in other partitions.

        Args:
            regional: Whether the page is about one region; pages of IAM and of billing are not.
        """
        host = _CONSOLES.get(self.partition, "")
        if not host:
            return ""
        return f"https://{self.region}.{host}" if regional else f"https://{host}"
