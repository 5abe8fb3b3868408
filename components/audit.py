"""The audit trail: who did what in the account, and who touched a document.

Management events of every region, IAM and STS among them, events of every object of the documents bucket, and
of the tables' items where the settings say so. Log files go to the audit bucket with digests by which a
changed one shows; the same events go to a log group, which alarms can read.
"""

import pulumi
from pulumi_aws import cloudtrail, cloudwatch, iam, s3

from components.bucket_policy import CLOUDTRAIL
from components.keys import chosen
from components.naming import Naming
from components.settings import Settings
from components.settings.audit_trail import AuditTrailSettings as Recorded
from components.settings.fields import AES256
from components.statements import allow, document
from components.tagging import tags

Selector = cloudtrail.TrailAdvancedEventSelectorArgsDict


class AuditTrail(pulumi.ComponentResource):
    """The trail, its log group, and the role that writes to it.

    Attributes:
        trail_arn: The trail's ARN.
    """

    trail_arn: pulumi.Output[str]

    def __init__(
        self,
        name: str,
        settings: Settings,
        recorded: Recorded,
        naming: Naming,
        stack_key: pulumi.Output[str] | None,
        bucket_policy: s3.BucketPolicy,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare all of it.

        Args:
            name: The component's name.
            settings: All settings.
            recorded: What is recorded.
            naming: Spells ARNs.
            stack_key: The stack's own KMS key.
            bucket_policy: The audit bucket's policy, without which CloudTrail refuses the trail.
            opts: Resource options.
        """
        super().__init__("tradematching:index:AuditTrail", name, None, opts)
        tagged = tags(settings, "audit")
        key = None if recorded.encryption == AES256 else chosen(recorded.encryption, stack_key)
        group = cloudwatch.LogGroup(
            "trail-logs",
            name=recorded.log_group,
            retention_in_days=recorded.log_retention_days,
            kms_key_id=key,
            tags=tagged,
            opts=pulumi.ResourceOptions(parent=self, protect=True, retain_on_delete=True),
        )
        permissions = self._role(settings, recorded, naming, tagged)
        trail = cloudtrail.Trail(
            "trail",
            name=recorded.name,
            s3_bucket_name=settings.audit.name,
            s3_key_prefix=recorded.prefix.rstrip("/"),
            is_multi_region_trail=True,
            include_global_service_events=True,
            enable_log_file_validation=True,
            enable_logging=True,
            kms_key_id=key,
            cloud_watch_logs_group_arn=naming.log_group(recorded.log_group),
            cloud_watch_logs_role_arn=naming.role(recorded.role_name),
            advanced_event_selectors=selectors(settings, recorded, naming),
            tags=tagged,
            opts=pulumi.ResourceOptions(
                parent=self,
                protect=True,
                retain_on_delete=True,
                depends_on=[bucket_policy, group, permissions],
            ),
        )
        self.trail_arn = trail.arn
        self.register_outputs({"trail_arn": self.trail_arn})

    def _role(
        self, settings: Settings, recorded: Recorded, naming: Naming, tagged: dict[str, str]
    ) -> iam.RolePolicy:
        """Declare the role, and give what it may do.

        Source: CloudTrail user guide, "Role policy document for CloudTrail to use CloudWatch Logs for
        monitoring".
        """
        role = iam.Role(
            "trail-logs-writer",
            name=recorded.role_name,
            description="Writes the audit trail's events to its log group",
            assume_role_policy=trust(recorded, naming),
            permissions_boundary=settings.permissions_boundary_arn,
            tags=tagged,
            opts=pulumi.ResourceOptions(parent=self),
        )
        streams = naming.trail_streams(recorded.log_group)
        return iam.RolePolicy(
            "trail-logs-permissions",
            name="trail-logs-permissions",
            role=role.name,
            policy=document([allow("WriteEvents", ["logs:CreateLogStream", "logs:PutLogEvents"], [streams])]),
            opts=pulumi.ResourceOptions(parent=self),
        )


def trust(recorded: Recorded, naming: Naming) -> str:
    """Give the trust policy of the role: CloudTrail, for this trail only."""
    statement = {
        "Sid": "CloudTrailForThisTrail",
        "Effect": "Allow",
        "Principal": {"Service": CLOUDTRAIL},
        "Action": "sts:AssumeRole",
        "Condition": {
            "StringEquals": {
                "aws:SourceAccount": naming.account,
                "aws:SourceArn": naming.trail(recorded.name),
            }
        },
    }
    return document([statement])


def selectors(settings: Settings, recorded: Recorded, naming: Naming) -> list[Selector]:
    """Give what the trail records; advanced selectors record nothing that they do not name.

    Source: CloudTrail API reference, AdvancedFieldSelector.
    """
    # the slash ends the bucket's name: without it other buckets whose names begin so are meant as well
    objects = f"{naming.bucket(settings.documents.name)}/"
    found: list[Selector] = [
        {
            "name": "management events",
            "field_selectors": [{"field": "eventCategory", "equals": ["Management"]}],
        },
        {
            "name": "documents",
            "field_selectors": [
                {"field": "eventCategory", "equals": ["Data"]},
                {"field": "resources.type", "equals": ["AWS::S3::Object"]},
                {"field": "resources.ARN", "starts_withs": [objects]},
            ],
        },
    ]
    if recorded.table_events != "none":
        found.append(_tables(settings, recorded, naming))
    return found


def _tables(settings: Settings, recorded: Recorded, naming: Naming) -> Selector:
    """Events of items of every table."""
    arns = sorted(naming.table(table.name) for table in settings.tables.values())
    fields: list[cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgsDict] = [
        {"field": "eventCategory", "equals": ["Data"]},
        {"field": "resources.type", "equals": ["AWS::DynamoDB::Table"]},
        {"field": "resources.ARN", "equals": arns},
    ]
    if recorded.table_events == "writes":
        fields.append({"field": "readOnly", "equals": ["false"]})
    return {"name": "tables", "field_selectors": fields}
