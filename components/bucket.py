"""The documents bucket and the audit bucket that its access logs go to.

Each setting of a bucket is a resource of its own, and no setting has a second owner: the inline arguments
of `s3.Bucket` stay unused.
"""

import pulumi
from pulumi_aws import s3

from components.bucket_policy import cross_account_reads, log_delivery, trail_delivery
from components.keys import chosen
from components.lifecycle import audit_rules, document_rules
from components.naming import Naming
from components.settings import Settings
from components.settings.fields import AES256
from components.statements import Statement, document, tls_only
from components.tagging import tags


class Bucket(pulumi.ComponentResource):
    """A private, versioned, encrypted bucket that refuses plain-text traffic.

    Attributes:
        name: Physical name.
        arn: ARN.
        bucket: The bucket itself, for resources that must wait for it.
    """

    name: pulumi.Output[str]
    arn: pulumi.Output[str]

    def __init__(
        self,
        name: str,
        *,
        physical: str,
        tagged: dict[str, str],
        key: pulumi.Input[str],
        naming: Naming,
        rules: list[s3.BucketLifecycleConfigurationRuleArgs],
        grants: list[Statement],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare the bucket and everything that guards it.

        Args:
            name: Logical name.
            physical: Bucket name.
            tagged: Tags.
            key: `AES256`, or the ARN of a KMS key.
            naming: Spells ARNs.
            rules: Lifecycle rules.
            grants: Statements of the bucket policy beside the one that demands TLS.
            opts: Resource options.
        """
        super().__init__("tradematching:index:Bucket", name, None, opts)
        self._name = name
        self.bucket = s3.Bucket(
            name,
            bucket=physical,
            tags=tagged,
            opts=pulumi.ResourceOptions(parent=self, protect=True, retain_on_delete=True),
        )
        self._keep(key)
        self._close(naming, physical, grants)
        s3.BucketLifecycleConfiguration(
            f"{name}-lifecycle", bucket=self.bucket.bucket, rules=rules, opts=self._child()
        )
        self.name = self.bucket.bucket
        self.arn = self.bucket.arn
        self.register_outputs({"name": self.name, "arn": self.arn})

    def _child(self) -> pulumi.ResourceOptions:
        """Protect and retain the bucket's settings too: to delete one is to lose what it guards."""
        return pulumi.ResourceOptions(parent=self, protect=True, retain_on_delete=True)

    def _keep(self, key: pulumi.Input[str]) -> None:
        """Keep every version, encrypted."""
        s3.BucketVersioning(
            f"{self._name}-versioning",
            bucket=self.bucket.bucket,
            versioning_configuration=s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
            opts=self._child(),
        )
        plain = isinstance(key, str) and key == AES256
        by_default = s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(
            sse_algorithm=AES256 if plain else "aws:kms",
            kms_master_key_id=None if plain else key,
        )
        s3.BucketServerSideEncryptionConfiguration(
            f"{self._name}-encryption",
            bucket=self.bucket.bucket,
            rules=[
                s3.BucketServerSideEncryptionConfigurationRuleArgs(
                    apply_server_side_encryption_by_default=by_default, bucket_key_enabled=True
                )
            ],
            opts=self._child(),
        )

    def _close(self, naming: Naming, physical: str, grants: list[Statement]) -> None:
        """Close every way to the public, then say who may come in."""
        closed = s3.BucketPublicAccessBlock(
            f"{self._name}-public-access-block",
            bucket=self.bucket.bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=self._child(),
        )
        s3.BucketOwnershipControls(
            f"{self._name}-ownership",
            bucket=self.bucket.bucket,
            rule=s3.BucketOwnershipControlsRuleArgs(object_ownership="BucketOwnerEnforced"),
            opts=self._child(),
        )
        demand_tls = tls_only("TlsOnly", "s3:*", [naming.bucket(physical), naming.objects(physical)])
        self.policy = s3.BucketPolicy(
            f"{self._name}-policy",
            bucket=self.bucket.bucket,
            policy=document([demand_tls, *grants]),
            # S3 refuses to change policy and public access block at the same time
            opts=pulumi.ResourceOptions.merge(self._child(), pulumi.ResourceOptions(depends_on=[closed])),
        )


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

    def __init__(
        self,
        name: str,
        settings: Settings,
        naming: Naming,
        stack_key: pulumi.Output[str] | None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare both buckets and the logging between them; `stack_key` is its own KMS key."""
        super().__init__("tradematching:index:Buckets", name, None, opts)
        audit = Bucket(
            "audit",
            physical=settings.audit.name,
            tagged=tags(settings, settings.audit.purpose),
            # log delivery writes to buckets with S3's own keys only without further grants (S3 user guide)
            key=AES256,
            naming=naming,
            rules=audit_rules(settings.audit, settings.audit_trail),
            grants=[log_delivery(settings, naming), *trail_delivery(settings, naming)],
            opts=pulumi.ResourceOptions(parent=self),
        )
        documents = Bucket(
            "documents",
            physical=settings.documents.name,
            tagged=tags(settings, settings.documents.purpose),
            key=chosen(settings.documents.encryption or settings.encryption.buckets, stack_key),
            naming=naming,
            rules=document_rules(settings.documents),
            grants=cross_account_reads(settings, naming),
            opts=pulumi.ResourceOptions(parent=self),
        )
        s3.BucketLogging(
            "documents-logging",
            bucket=documents.name,
            target_bucket=audit.name,
            target_prefix=settings.audit.log_prefix,
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
