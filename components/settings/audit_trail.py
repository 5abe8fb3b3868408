"""Settings of the audit trail: what CloudTrail records, and where it goes."""

from typing import Annotated, Literal

from pydantic import Field

from components.settings.fields import AES256, LogGroupName, PrefixPath, RoleName, Strict, matching
from components.settings.observability import Retention
from components.settings.storage import BucketKey

# CloudTrail user guide, "Naming requirements for CloudTrail resources, S3 buckets, and KMS keys"
TrailName = Annotated[
    str,
    matching(
        r"(?!.*[._-]{2})[A-Za-z0-9][A-Za-z0-9._-]{1,126}[A-Za-z0-9]",
        "3 to 128 letters, digits and single ._- between them",
    ),
]


class AuditTrailSettings(Strict, frozen=True):
    """A trail of all regions: management events, and events of the documents bucket's objects."""

    name: TrailName = Field(description="physical name of the trail")
    prefix: PrefixPath = Field(default="cloudtrail/", description="where log files land in the audit bucket")
    table_events: Literal["none", "writes", "all"] = Field(
        default="none", description="which events of items of the tables are recorded; each is paid for"
    )
    encryption: BucketKey = Field(
        default=AES256,
        description="AES256, stack-key or a key ARN, for log files and log group",
    )
    log_group: LogGroupName = Field(description="log group that gets the events too, for alarms to see")
    role_name: RoleName = Field(description="physical name of the role that writes to the log group")
    log_retention_days: Retention = Field(
        default=365, description="how long the log group keeps events; files are kept as audit says"
    )
