"""Examples of the rules of `cloudtrail`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:trail:*"
_ROLE = "arn:aws:iam::123456789012:role/trail-to-logs"
_KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def _trail(**props: object) -> Declared:
    return Declared("cloudtrail/trail:Trail", {"s3BucketName": "audit-log-files", **props}, name="audit")


def _plain_trail(**props: object) -> Declared:
    return Declared("cloudtrail/trail:Trail", {"name": "trail", **props}, name="trail")


def _store(**props: object) -> Declared:
    return Declared("cloudtrail/eventDataStore:EventDataStore", {"name": "events", **props}, name="events")


EXAMPLES = (
    Example(
        "cloudtrail-trail-multi-region",
        good=case(_trail(isMultiRegionTrail=True)),
        bad=case(_trail(isMultiRegionTrail=False), says="isMultiRegionTrail of audit is False"),
        missing=case(_trail(), says="isMultiRegionTrail of audit is missing"),
        unknown=case(_trail(isMultiRegionTrail=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "cloudtrail-trail-logging",
        good=case(_trail(enableLogging=True)),
        bad=case(_trail(enableLogging=False), says="enableLogging of audit is False"),
        missing=case(_trail()),
        unknown=case(_trail(enableLogging=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "cloudtrail-trail-global-events",
        good=case(_trail(includeGlobalServiceEvents=True)),
        bad=case(
            _trail(includeGlobalServiceEvents=False), says="includeGlobalServiceEvents of audit is False"
        ),
        missing=case(_trail()),
        unknown=case(_trail(includeGlobalServiceEvents=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "cloudtrail-trail-log-file-validation",
        good=case(_trail(enableLogFileValidation=True)),
        bad=case(_trail(enableLogFileValidation=False), says="enableLogFileValidation of audit is False"),
        missing=case(_trail(), says="enableLogFileValidation of audit is missing"),
        unknown=case(_trail(enableLogFileValidation=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "cloudtrail-trail-encryption",
        good=case(_trail(kmsKeyId=_KEY)),
        bad=case(_trail(kmsKeyId=""), says="kmsKeyId of audit is missing"),
        missing=case(_trail(), says="kmsKeyId of audit is missing"),
        unknown=case(_trail(kmsKeyId=UNKNOWN)),
    ),
    Example(
        "cloudtrail-trail-log-group",
        good=case(_trail(cloudWatchLogsGroupArn=_GROUP, cloudWatchLogsRoleArn=_ROLE)),
        bad=case(_trail(cloudWatchLogsGroupArn=_GROUP), says="cloudWatchLogsRoleArn of audit is missing"),
        missing=case(_trail(), says="cloudWatchLogsGroupArn of audit is missing"),
        unknown=case(_trail(cloudWatchLogsGroupArn=UNKNOWN, cloudWatchLogsRoleArn=UNKNOWN)),
    ),
    Example(
        "cloudtrail-store-encryption",
        good=case(_store(kmsKeyId="arn:aws:kms:us-east-1:123456789012:key/1")),
        bad=case(_store(kmsKeyId=""), says="kmsKeyId of events is missing"),
        missing=case(_store(), says="kmsKeyId of events is missing"),
        unknown=case(_store(kmsKeyId=UNKNOWN)),
    ),
    Example(
        "cloudtrail-trail-topic",
        good=case(_plain_trail(snsTopicName="trail-files"), required=True),
        bad=case(_plain_trail(snsTopicName=""), says="snsTopicName of trail is missing", required=True),
        missing=case(_plain_trail(), says="snsTopicName of trail is missing", required=True),
        unknown=case(_plain_trail(snsTopicName=UNKNOWN), required=True),
        config=case(_plain_trail(), says="snsTopicName of trail is missing", required=True),
    ),
)
