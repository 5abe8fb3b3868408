"""Who did what: a CloudTrail trail over all regions, into the audit bucket."""

import pulumi
from pulumi_aws import cloudtrail, cloudwatch, iam

from components.naming import Naming
from components.settings import Settings
from components.settings.recording import AuditTrail
from components.statements import Statement, allow, document
from components.tagging import tags

PREFIX = "cloudtrail"
"""Where a trail's files lie in the audit bucket, beside the access logs."""


class Audit(pulumi.ComponentResource):
    """The trail.

    Attributes:
        trail_arn: Its ARN.
    """

    trail_arn: pulumi.Output[str]

    def __init__(
        self,
        name: str,
        settings: Settings,
        own: AuditTrail,
        naming: Naming,
        stack_key: pulumi.Output[str] | None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare the trail; `opts.depends_on` is the audit bucket, whose policy CloudTrail tries at once."""
        super().__init__("tradematching:index:Audit", name, None, opts)
        self._settings, self._own, self._naming = settings, own, naming
        delivery = self._delivery(stack_key)
        trail = cloudtrail.Trail(
            "trail",
            name=own.name,
            s3_bucket_name=settings.audit.name,
            s3_key_prefix=PREFIX,
            is_multi_region_trail=True,
            include_global_service_events=True,
            enable_log_file_validation=True,
            kms_key_id=stack_key,
            cloud_watch_logs_group_arn=naming.log_group(group_of(own)),
            cloud_watch_logs_role_arn=naming.role(own.role_name),
            event_selectors=[
                {
                    "read_write_type": "All",
                    "include_management_events": True,
                    "data_resources": _recorded(settings, own, naming),
                }
            ],
            tags=tags(settings, "audit"),
            opts=pulumi.ResourceOptions(
                parent=self, protect=True, retain_on_delete=True, depends_on=delivery
            ),
        )
        self.trail_arn = trail.arn
        self.register_outputs({"trail_arn": self.trail_arn})

    def _delivery(self, stack_key: pulumi.Output[str] | None) -> list[pulumi.Resource]:
        """Declare the log group in which alarms can see events, and the role that writes to it.

        Source: CloudTrail user guide, "Role policy document for CloudTrail to use CloudWatch Logs".
        """
        group = cloudwatch.LogGroup(
            "trail-logs",
            name=group_of(self._own),
            retention_in_days=self._own.log_retention_days,
            kms_key_id=stack_key,
            tags=tags(self._settings, "audit"),
            opts=pulumi.ResourceOptions(parent=self, protect=True, retain_on_delete=True),
        )
        role = iam.Role(
            "trail-delivery",
            name=self._own.role_name,
            description="Writes the trail's events to CloudWatch Logs",
            assume_role_policy=document([_trust(self._own, self._naming)]),
            permissions_boundary=self._settings.permissions_boundary_arn,
            tags=tags(self._settings, "audit"),
            opts=pulumi.ResourceOptions(parent=self),
        )
        streams = self._naming.log_group(group_of(self._own))
        may = allow("WriteEvents", ["logs:CreateLogStream", "logs:PutLogEvents"], [streams])
        permitted = iam.RolePolicy(
            "trail-delivery-permissions",
            name="write-events",
            role=role.name,
            policy=document([may]),
            opts=pulumi.ResourceOptions(parent=self),
        )
        return [group, permitted]


def group_of(own: AuditTrail) -> str:
    """Give the name of the log group that a trail writes to."""
    return f"/aws/cloudtrail/{own.name}"


def _trust(own: AuditTrail, naming: Naming) -> Statement:
    source = {"aws:SourceAccount": naming.account, "aws:SourceArn": naming.trail(own.name)}
    return {
        "Sid": "CloudTrailForThisTrail",
        "Effect": "Allow",
        "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": source},
    }


def _recorded(
    settings: Settings, own: AuditTrail, naming: Naming
) -> list[cloudtrail.TrailEventSelectorDataResourceArgsDict]:
    """Give what single reads and writes are recorded of: documents always, tables where it is set.

    Source: CloudTrail API reference, DataResource.
    """
    documents = f"{naming.bucket(settings.documents.name)}/"
    found: list[cloudtrail.TrailEventSelectorDataResourceArgsDict] = [
        {"type": "AWS::S3::Object", "values": [documents]}
    ]
    if own.table_events:
        tables = [naming.table(table.name) for table in settings.tables.values()]
        found.append({"type": "AWS::DynamoDB::Table", "values": sorted(tables)})
    return found


def trail_delivery(settings: Settings, naming: Naming) -> list[Statement]:
    """Give what the audit bucket's policy needs for the trail's files; nothing without a trail.

    Source: CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail".
    """
    own = settings.audit_trail
    if own is None:
        return []
    bucket = settings.audit.name
    shared = {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}}
    source = {"aws:SourceAccount": naming.account, "aws:SourceArn": naming.trail(own.name)}
    return [
        {
            **shared,
            "Sid": "TrailReadsWhoseBucketItIs",
            "Action": "s3:GetBucketAcl",
            "Resource": naming.bucket(bucket),
            "Condition": {"StringEquals": source},
        },
        {
            **shared,
            "Sid": "TrailWrites",
            "Action": "s3:PutObject",
            "Resource": naming.objects(bucket, f"{PREFIX}/AWSLogs/{naming.account}/"),
            "Condition": {"StringEquals": {**source, "s3:x-amz-acl": "bucket-owner-full-control"}},
        },
    ]
