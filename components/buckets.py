"""The documents bucket and the audit bucket that its access logs go to."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
from pulumi_aws import s3

from components.bucket import Bucket, BucketArgs
from components.bucket_policy import cross_account_reads, log_delivery, trail_delivery
from components.keys import chosen
from components.lifecycle import audit_rules, document_rules
from components.naming import Naming
from components.settings import AuditBucket, DocumentsBucket
from components.settings.audit_trail import AuditTrailSettings
from components.settings.fields import AES256
from components.tagging import tags


@dataclass(frozen=True, kw_only=True, slots=True)
class BucketsArgs:
    """The documents bucket and the audit bucket.

    Attributes:
        documents: The documents bucket.
        audit: The bucket that access logs go to.
        trail: The audit trail, which delivers log files there; None without one.
        encryption: Key of a documents bucket that chooses none: AES256, stack-key or a key ARN.
        stack_key: ARN of the key that stack-key means; None where nothing is set to it.
        naming: Spells ARNs.
        tags: Tags of both buckets; Purpose is added.
    """

    documents: DocumentsBucket
    audit: AuditBucket
    trail: AuditTrailSettings | None
    encryption: str
    stack_key: pulumi.Output[str] | None
    naming: Naming
    tags: Mapping[str, str]


class Buckets(pulumi.ComponentResource):
    """The documents bucket, logging to the audit bucket.

    Attributes:
        documents: Name of the documents bucket.
        documents_arn: Its ARN.
        audit: Name of the audit bucket.
        audit_arn: Its ARN.
        audit_policy: Its policy, for what must wait until it lets somebody in.
    """

    documents: pulumi.Output[str]
    documents_arn: pulumi.Output[str]
    audit: pulumi.Output[str]
    audit_arn: pulumi.Output[str]

    def __init__(self, name: str, args: BucketsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Declare both buckets and the logging between them."""
        super().__init__("tradematching:index:Buckets", name, None, opts)
        naming, child = args.naming, pulumi.ResourceOptions(parent=self)
        audit = Bucket(
            "audit",
            BucketArgs(
                name=args.audit.name,
                tags=tags(args.tags, args.audit.purpose),
                # log delivery writes without further grants only to S3's own keys (S3 user guide)
                key=AES256,
                naming=naming,
                rules=audit_rules(args.audit, args.trail),
                grants=[
                    log_delivery(args.documents, args.audit, naming),
                    *trail_delivery(args.trail, args.audit, naming),
                ],
            ),
            child,
        )
        documents = Bucket(
            "documents",
            BucketArgs(
                name=args.documents.name,
                tags=tags(args.tags, args.documents.purpose),
                key=chosen(args.documents.encryption or args.encryption, args.stack_key),
                naming=naming,
                rules=document_rules(args.documents),
                grants=cross_account_reads(args.documents, naming),
            ),
            child,
        )
        s3.BucketLogging(
            "documents-logging",
            bucket=documents.name,
            target_bucket=audit.name,
            target_prefix=args.audit.log_prefix,
            opts=pulumi.ResourceOptions(
                parent=documents, protect=True, retain_on_delete=True, depends_on=[audit.policy]
            ),
        )
        self.documents, self.documents_arn = documents.name, documents.arn
        self.audit, self.audit_arn = audit.name, audit.arn
        self.audit_policy = audit.policy
        self.register_outputs(
            {
                "documents": self.documents,
                "documents_arn": self.documents_arn,
                "audit": self.audit,
                "audit_arn": self.audit_arn,
            }
        )
