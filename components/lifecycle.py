"""Lifecycle rules: to Glacier by prefix, old versions gone in time, no abandoned uploads."""

from pulumi_aws import s3

from components.settings import AuditBucket, DocumentsBucket, Prefix
from components.settings.audit_trail import AuditTrailSettings

Rule = s3.BucketLifecycleConfigurationRuleArgs
UPLOAD_DAYS = 7


def document_rules(bucket: DocumentsBucket) -> list[Rule]:
    """Return a rule per prefix and one for unfinished uploads anywhere."""
    by_prefix = [_prefix_rule(key, prefix) for key, prefix in sorted(bucket.prefixes.items())]
    return [*by_prefix, _abandoned_uploads(bucket.abort_uploads_after_days)]


def audit_rules(bucket: AuditBucket, trail: AuditTrailSettings | None) -> list[Rule]:
    """Return the rules of the audit bucket: log files of the trail are kept as long as access logs."""
    rules = [_logs("logs", bucket.log_prefix, bucket)]
    if trail:
        rules.append(_logs("trail", trail.prefix, bucket))
    return [*rules, _abandoned_uploads(bucket.abort_uploads_after_days)]


def _logs(key: str, prefix: str, bucket: AuditBucket) -> Rule:
    """Return the rule of log files; a log is never changed, so old versions go when it moves."""
    return Rule(
        id=key,
        status="Enabled",
        filter=s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=prefix),
        transitions=[_transition(bucket.glacier_after_days, "GLACIER")],
        expiration=s3.BucketLifecycleConfigurationRuleExpirationArgs(days=bucket.expire_after_days),
        noncurrent_version_expiration=_noncurrent(bucket.glacier_after_days),
    )


def state_rules(noncurrent_days: int, kept_versions: int) -> list[Rule]:
    """Return the rules of a state's bucket: what is current stays, and so do the newest former versions."""
    former = Rule(
        id="former-states",
        status="Enabled",
        filter=s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
        noncurrent_version_expiration=s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
            noncurrent_days=noncurrent_days, newer_noncurrent_versions=kept_versions
        ),
    )
    return [former, _abandoned_uploads(UPLOAD_DAYS)]


def _prefix_rule(key: str, prefix: Prefix) -> Rule:
    expires = prefix.expire_after_days
    return Rule(
        id=key,
        status="Enabled",
        filter=s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=prefix.path),
        transitions=[_transition(prefix.glacier_after_days, prefix.storage_class)],
        expiration=s3.BucketLifecycleConfigurationRuleExpirationArgs(days=expires) if expires else None,
        noncurrent_version_expiration=_noncurrent(prefix.noncurrent_expire_after_days),
    )


def _transition(days: int, storage_class: str) -> s3.BucketLifecycleConfigurationRuleTransitionArgs:
    return s3.BucketLifecycleConfigurationRuleTransitionArgs(days=days, storage_class=storage_class)


def _noncurrent(days: int) -> s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs:
    return s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(noncurrent_days=days)


def _abandoned_uploads(days: int) -> Rule:
    return Rule(
        id="abandoned-uploads",
        status="Enabled",
        filter=s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
        abort_incomplete_multipart_upload=s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
            days_after_initiation=days
        ),
    )
