"""Rules about CloudTrail trails: what they record, where to, and how it is guarded.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html
"""

from collections.abc import Callable, Iterable

from tms_policies.model import Bag, Finding, Resource, Rule
from tms_policies.rules.flags import must_be_set, must_be_true, must_stay

TRAIL = "aws:cloudtrail/trail:Trail"
Check = Callable[[Resource], Iterable[Finding]]
_GUIDE = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/"


def _multi_region(trail: Resource) -> Iterable[Finding]:
    """One trail sees every region, also those that nobody uses on purpose."""
    return must_be_true(trail, "is_multi_region_trail=True", "isMultiRegionTrail")


def _logging(trail: Resource) -> Iterable[Finding]:
    return must_stay(trail, "enableLogging", "enable_logging=True, or leave it out", default=True)


def _global(trail: Resource) -> Iterable[Finding]:
    """IAM, STS and CloudFront speak of what they do as global services only."""
    line = "include_global_service_events=True, or leave it out"
    return must_stay(trail, "includeGlobalServiceEvents", line, default=True)


def _validation(trail: Resource) -> Iterable[Finding]:
    """Digests by which a changed or deleted log file shows."""
    return must_be_true(trail, "enable_log_file_validation=True", "enableLogFileValidation")


def _encryption(trail: Resource) -> Iterable[Finding]:
    return must_be_set(trail, "kmsKeyId", "kms_key_id=key.arn")


def _logs(trail: Resource) -> Iterable[Finding]:
    """A log group that metric filters and alarms can read, and the role that writes to it."""
    for name, line in (
        ("cloudWatchLogsGroupArn", 'cloud_watch_logs_group_arn="<log group ARN>:*"'),
        ("cloudWatchLogsRoleArn", "cloud_watch_logs_role_arn=role.arn"),
    ):
        yield from must_be_set(trail, name, line)


def _rule(
    what: str, texts: tuple[str, str], controls: tuple[str, ...], check: Check, *reads: str, why: str
) -> Rule:
    """Describe one rule: (what holds, how)."""

    def checked(trail: Resource, _settings: Bag) -> Iterable[Finding]:
        return check(trail)

    return Rule(f"cloudtrail-trail-{what}", "high", controls, *texts, (TRAIL,), checked, reads, why=why)


RULES = (
    _rule(
        "multi-region",
        ("A trail records every region.", "Set is_multi_region_trail=True."),
        ("FSBP:CloudTrail.1", "CIS:3.1", "CKV_AWS_67"),
        _multi_region,
        "isMultiRegionTrail",
        why="A trail of one region records nothing of what somebody with stolen credentials starts in "
        f"another, usually one that nobody looks at. {_GUIDE}cloudtrail-multi-region-trails.html",
    ),
    _rule(
        "logging",
        ("A trail records.", "Leave enable_logging out."),
        ("FSBP:CloudTrail.1", "CIS:3.1", "CKV_AWS_251"),
        _logging,
        "enableLogging",
        why="While logging is off no event is delivered, and those of that time cannot be had from the trail "
        f"afterwards. {_GUIDE}cloudtrail-turning-off-logging.html",
    ),
    _rule(
        "global-events",
        ("A trail records global services, IAM and STS among them.", "Leave the flag out."),
        (),
        _global,
        "includeGlobalServiceEvents",
        why="Who created users, changed roles and assumed them would be missing from the log files, and an "
        f"inquiry begins with these events. {_GUIDE}cloudtrail-concepts.html",
    ),
    _rule(
        "log-file-validation",
        ("A changed or deleted log file shows.", "Set enable_log_file_validation=True."),
        ("FSBP:CloudTrail.4", "CIS:3.2", "CKV_AWS_36"),
        _validation,
        "enableLogFileValidation",
        why="Without signed digest files nobody can prove that a log file is what CloudTrail delivered, and "
        "none are made later for files already delivered. "
        f"{_GUIDE}cloudtrail-log-file-validation-intro.html",
    ),
    _rule(
        "encryption",
        ("Log files are encrypted with a key in KMS.", "Set kms_key_id."),
        ("FSBP:CloudTrail.2", "CIS:3.5", "CKV_AWS_35"),
        _encryption,
        "kmsKeyId",
        why="With the bucket's own encryption whoever may read the bucket may read the log files; a key of "
        f"KMS asks for a second permission. {_GUIDE}encrypting-cloudtrail-log-files-with-aws-kms.html",
    ),
    _rule(
        "log-group",
        ("A trail's events reach CloudWatch Logs, where alarms see them.", "Set log group and role."),
        ("FSBP:CloudTrail.5", "CKV2_AWS_10"),
        _logs,
        "cloudWatchLogsGroupArn",
        "cloudWatchLogsRoleArn",
        why="Metric filters read log groups only: without one, a root login or a changed policy rings no "
        f"alarm within minutes. {_GUIDE}monitor-cloudtrail-log-files-with-cloudwatch-logs.html",
    ),
)
