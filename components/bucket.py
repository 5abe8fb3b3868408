"""A bucket and everything that guards it.

Each setting of a bucket is a resource of its own, and no setting has a second owner: the inline arguments
of `s3.Bucket` stay unused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
from pulumi_aws import s3

from components.naming import Naming
from components.settings.fields import AES256
from components.statements import Statement, document, tls_only


@dataclass(frozen=True, kw_only=True, slots=True)
class BucketArgs:
    """A bucket and who may come into it.

    Attributes:
        name: Physical name.
        tags: Tags of the bucket.
        key: `AES256`, or the ARN of a KMS key.
        naming: Spells ARNs.
        rules: Lifecycle rules.
        grants: Statements of the bucket policy beside the one that demands TLS.
    """

    name: str
    tags: Mapping[str, str]
    key: pulumi.Input[str]
    naming: Naming
    rules: Sequence[s3.BucketLifecycleConfigurationRuleArgs]
    grants: Sequence[Statement] = ()


class Bucket(pulumi.ComponentResource):
    """A private, versioned, encrypted bucket that refuses plain-text traffic.

    Attributes:
        name: Physical name.
        arn: ARN.
        bucket: The bucket itself, for resources that must wait for it.
    """

    name: pulumi.Output[str]
    arn: pulumi.Output[str]

    def __init__(self, name: str, args: BucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Declare the bucket and everything that guards it."""
        super().__init__("tradematching:index:Bucket", name, None, opts)
        self._name = name
        self.bucket = s3.Bucket(
            name,
            bucket=args.name,
            tags=args.tags,
            opts=pulumi.ResourceOptions(parent=self, protect=True, retain_on_delete=True),
        )
        self._keep(args.key)
        self._close(args)
        s3.BucketLifecycleConfiguration(
            f"{name}-lifecycle", bucket=self.bucket.bucket, rules=list(args.rules), opts=self._child()
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

    def _close(self, args: BucketArgs) -> None:
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
        demand_tls = tls_only(
            "TlsOnly", "s3:*", [args.naming.bucket(args.name), args.naming.objects(args.name)]
        )
        self.policy = s3.BucketPolicy(
            f"{self._name}-policy",
            bucket=self.bucket.bucket,
            policy=document([demand_tls, *args.grants]),
            # S3 refuses to change policy and public access block at the same time
            opts=pulumi.ResourceOptions.merge(self._child(), pulumi.ResourceOptions(depends_on=[closed])),
        )
