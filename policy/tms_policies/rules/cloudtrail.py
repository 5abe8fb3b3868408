"""Rules about CloudTrail trails: what they record, where to, and how it is guarded.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html
"""

from collections.abc import Callable, Iterable

from tms_policies.model import Bag, Finding, Resource
from tms_policies.must import must_be_set, must_be_true, must_stay
from tms_policies.registry import rule
from tms_policies.settings import switch

EVENT_STORE = "aws:cloudtrail/eventDataStore:EventDataStore"
TRAIL = "aws:cloudtrail/trail:Trail"
Check = Callable[[Resource], Iterable[Finding]]
_GUIDE = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/"


@rule(
    "cloudtrail-trail-multi-region",
    severity="high",
    types=(TRAIL,),
    reads=("isMultiRegionTrail",),
    remedy="Set is_multi_region_trail=True.",
    why="A trail of one region records nothing of what somebody with stolen credentials starts in "
    "another, usually one that nobody looks at. "
    f"{_GUIDE}cloudtrail-multi-region-trails.html",
)
def multi_region(trail: Resource, _settings: Bag) -> Iterable[Finding]:
    """A trail records every region.

    One trail sees every region, also those that nobody uses on purpose.
    """
    return must_be_true(trail, "isMultiRegionTrail", "is_multi_region_trail=True")


@rule(
    "cloudtrail-trail-logging",
    severity="high",
    types=(TRAIL,),
    reads=("enableLogging",),
    remedy="Leave enable_logging out.",
    why="While logging is off no event is delivered, and those of that time cannot be had from the trail "
    "afterwards. "
    f"{_GUIDE}cloudtrail-turning-off-logging.html",
)
def logging(trail: Resource, _settings: Bag) -> Iterable[Finding]:
    """A trail records."""
    return must_stay(trail, "enableLogging", "enable_logging=True, or leave it out", default=True)


@rule(
    "cloudtrail-trail-global-events",
    severity="high",
    types=(TRAIL,),
    reads=("includeGlobalServiceEvents",),
    remedy="Leave the flag out.",
    why="Who created users, changed roles and assumed them would be missing from the log files, and an "
    "inquiry begins with these events. "
    f"{_GUIDE}cloudtrail-concepts.html",
)
def global_events(trail: Resource, _settings: Bag) -> Iterable[Finding]:
    """A trail records global services, IAM and STS among them.

    IAM, STS and CloudFront speak of what they do as global services only.
    """
    line = "include_global_service_events=True, or leave it out"
    return must_stay(trail, "includeGlobalServiceEvents", line, default=True)


@rule(
    "cloudtrail-trail-log-file-validation",
    severity="high",
    types=(TRAIL,),
    reads=("enableLogFileValidation",),
    remedy="Set enable_log_file_validation=True.",
    why="Without signed digest files nobody can prove that a log file is what CloudTrail delivered, and "
    "none are made later for files already delivered. "
    f"{_GUIDE}cloudtrail-log-file-validation-intro.html",
)
def log_file_validation(trail: Resource, _settings: Bag) -> Iterable[Finding]:
    """A changed or deleted log file shows.

    Digests by which a changed or deleted log file shows.
    """
    return must_be_true(trail, "enableLogFileValidation", "enable_log_file_validation=True")


@rule(
    "cloudtrail-trail-encryption",
    severity="high",
    types=(TRAIL,),
    reads=("kmsKeyId",),
    remedy="Set kms_key_id.",
    why="With the bucket's own encryption whoever may read the bucket may read the log files; a key of "
    "KMS asks for a second permission. "
    f"{_GUIDE}encrypting-cloudtrail-log-files-with-aws-kms.html",
)
def encryption(trail: Resource, _settings: Bag) -> Iterable[Finding]:
    """Log files are encrypted with a key in KMS."""
    return must_be_set(trail, "kmsKeyId", "kms_key_id=key.arn")


@rule(
    "cloudtrail-trail-log-group",
    severity="high",
    types=(TRAIL,),
    reads=("cloudWatchLogsGroupArn", "cloudWatchLogsRoleArn"),
    remedy="Set log group and role.",
    why="Metric filters read log groups only: without one, a root login or a changed policy rings no "
    "alarm within minutes. "
    f"{_GUIDE}monitor-cloudtrail-log-files-with-cloudwatch-logs.html",
)
def log_group(trail: Resource, _settings: Bag) -> Iterable[Finding]:
    """A trail's events reach CloudWatch Logs, where alarms see them.

    A log group that metric filters and alarms can read, and the role that writes to it.
    """
    for name, line in (
        ("cloudWatchLogsGroupArn", 'cloud_watch_logs_group_arn="<log group ARN>:*"'),
        ("cloudWatchLogsRoleArn", "cloud_watch_logs_role_arn=role.arn"),
    ):
        yield from must_be_set(trail, name, line)


@rule(
    "cloudtrail-store-encryption",
    severity="medium",
    types=(EVENT_STORE,),
    reads=("kmsKeyId",),
    remedy="Set kms_key_id.",
    why="Who may read the events is otherwise decided by CloudTrail's permissions alone. "
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html",
)
def store_key(store: Resource, _settings: Bag) -> Iterable[Finding]:
    """An event data store is encrypted with a key in KMS."""
    return must_be_set(store, "kmsKeyId", "kms_key_id=key.arn")


@rule(
    "cloudtrail-trail-topic",
    severity="low",
    types=(TRAIL,),
    settings={"required": switch("Whether a topic is demanded", default=False)},
    remedy="Set sns_topic_name.",
    why="Tools that read log files as they come need to be told.",
)
def topic(trail: Resource, settings: Bag) -> Iterable[Finding]:
    """A trail tells a topic of new log files, if the setting asks for it."""
    return must_be_set(trail, "snsTopicName", "sns_topic_name=topic.name") if settings["required"] else ()
