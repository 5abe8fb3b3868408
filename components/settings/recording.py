"""Settings of what is recorded of calls to AWS."""

from typing import Annotated

from pydantic import Field

from components.settings.fields import Retention, RoleName, Strict, matching


class AuditTrail(Strict):
    """A CloudTrail trail over all regions, into the audit bucket."""

    # CloudTrail user guide, "Naming requirements for CloudTrail resources"
    name: Annotated[
        str,
        matching(
            r"(?!.*[._-]{2})[A-Za-z0-9][A-Za-z0-9._-]{1,126}[A-Za-z0-9]",
            "3 to 128 letters, digits and single ._- between them",
        ),
    ] = Field(description="physical name")
    role_name: RoleName = Field(description="role that writes its events to CloudWatch Logs")
    log_retention_days: Retention = Field(default=365, description="how long events are kept there")
    table_events: bool = Field(
        default=False, description="whether each read and write of a table is recorded; it costs by event"
    )
