"""The audit trail: who did what in the account, and who touched a document.

Management events of every region, IAM and STS among them, events of every object of the documents bucket, and
of the tables' items where the settings say so. Log files go to the audit bucket with digests by which a
changed one shows; the same events go to a log group, which alarms can read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
from pulumi_aws import cloudtrail, cloudwatch, iam, s3

from components.bucket_policy import CLOUDTRAIL
from components.keys import chosen
from components.naming import Naming
from components.settings.audit_trail import AuditTrailSettings
from components.settings.fields import AES256
from components.statements import allow, document
from components.tagging import tags

Selector = cloudtrail.TrailAdvancedEventSelectorArgsDict


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditTrailArgs:
    """What the trail records, and where to.

    Attributes:
        trail: Names, retention and encryption, and which events of tables are settings.
        bucket: Physical name of the bucket that log files go to.
        bucket_policy: That bucket's policy, without which CloudTrail refuses the trail.
        documents: Physical name of the bucket whose objects' events are settings.
        tables: Physical names of the tables whose items' events may be settings.
        permissions_boundary_arn: ARN of the permissions boundary of its role; None without one.
        stack_key: ARN of the key that stack-key means; None where nothing is set to it.
        naming: Spells ARNs.
        tags: Tags of everything that takes some; Purpose is added.
    """

    trail: AuditTrailSettings
    bucket: str
    bucket_policy: s3.BucketPolicy
    documents: str
    tables: Sequence[str]
    permissions_boundary_arn: str | None
    stack_key: pulumi.Output[str] | None
    naming: Naming
    tags: Mapping[str, str]


class AuditTrail(pulumi.ComponentResource):
    """The trail, its log group, and the role that writes to it.

    Attributes:
        trail_arn: The trail's ARN.
    """

    trail_arn: pulumi.Output[str]

    def __init__(self, name: str, args: AuditTrailArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Declare all of it."""
        super().__init__("tradematching:index:AuditTrail", name, None, opts)
        common, settings, naming = tags(args.tags, "audit"), args.trail, args.naming
        encrypted = settings.encryption != AES256
        key = chosen(settings.encryption, args.stack_key) if encrypted else None
        group = cloudwatch.LogGroup(
            "trail-logs",
            name=settings.log_group,
            retention_in_days=settings.log_retention_days,
            kms_key_id=key,
            tags=common,
            opts=pulumi.ResourceOptions(parent=self, protect=True, retain_on_delete=True),
        )
        permissions = self._role(args, common)
        trail = cloudtrail.Trail(
            "trail",
            name=settings.name,
            s3_bucket_name=args.bucket,
            s3_key_prefix=settings.prefix.rstrip("/"),
            is_multi_region_trail=True,
            include_global_service_events=True,
            enable_log_file_validation=True,
            enable_logging=True,
            kms_key_id=key,
            cloud_watch_logs_group_arn=naming.log_group(settings.log_group),
            cloud_watch_logs_role_arn=naming.role(settings.role_name),
            advanced_event_selectors=selectors(args),
            tags=common,
            opts=pulumi.ResourceOptions(
                parent=self,
                protect=True,
                retain_on_delete=True,
                depends_on=[args.bucket_policy, group, permissions],
            ),
        )
        self.trail_arn = trail.arn
        self.register_outputs({"trail_arn": self.trail_arn})

    def _role(self, args: AuditTrailArgs, common: dict[str, str]) -> iam.RolePolicy:
        """Declare the role that writes to the log group, and return what it may do.

        Source: CloudTrail user guide, "Role policy document for CloudTrail to use CloudWatch Logs for
        monitoring".
        """
        settings, naming = args.trail, args.naming
        role = iam.Role(
            "trail-logs-writer",
            name=settings.role_name,
            description="Writes the audit trail's events to its log group",
            assume_role_policy=trust(settings, naming),
            permissions_boundary=args.permissions_boundary_arn,
            tags=common,
            opts=pulumi.ResourceOptions(parent=self),
        )
        streams = naming.trail_streams(settings.log_group)
        return iam.RolePolicy(
            "trail-logs-permissions",
            name="trail-logs-permissions",
            role=role.name,
            policy=document([allow("WriteEvents", ["logs:CreateLogStream", "logs:PutLogEvents"], [streams])]),
            opts=pulumi.ResourceOptions(parent=self),
        )


def trust(settings: AuditTrailSettings, naming: Naming) -> str:
    """Return the trust policy of the role: CloudTrail, for this trail only."""
    statement = {
        "Sid": "CloudTrailForThisTrail",
        "Effect": "Allow",
        "Principal": {"Service": CLOUDTRAIL},
        "Action": "sts:AssumeRole",
        "Condition": {
            "StringEquals": {
                "aws:SourceAccount": naming.account,
                "aws:SourceArn": naming.trail(settings.name),
            }
        },
    }
    return document([statement])


def selectors(args: AuditTrailArgs) -> list[Selector]:
    """Return what the trail records; advanced selectors record nothing that they do not name.

    Source: CloudTrail API reference, AdvancedFieldSelector.
    """
    # the slash ends the bucket's name: without it other buckets whose names begin so are meant as well
    objects = f"{args.naming.bucket(args.documents)}/"
    recorded: list[Selector] = [
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
    if args.trail.table_events != "none":
        recorded.append(_tables(args))
    return recorded


def _tables(args: AuditTrailArgs) -> Selector:
    """Return the selector of events of items of every table."""
    fields: list[cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgsDict] = [
        {"field": "eventCategory", "equals": ["Data"]},
        {"field": "resources.type", "equals": ["AWS::DynamoDB::Table"]},
        {"field": "resources.ARN", "equals": sorted(args.naming.table(table) for table in args.tables)},
    ]
    if args.trail.table_events == "writes":
        fields.append({"field": "readOnly", "equals": ["false"]})
    return {"name": "tables", "field_selectors": fields}
