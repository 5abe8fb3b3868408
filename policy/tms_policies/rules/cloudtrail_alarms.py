"""A rule about alarms on what a trail records."""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Stack
from tms_policies.registry import rule
from tms_policies.rules.cloudtrail import TRAIL
from tms_policies.values import blocks

FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
# What CIS AWS Foundations 5.0 section 4 asks an alarm for, by words that the filter's pattern must have
_EVENTS = {
    "unauthorized-calls": ("AccessDenied",),
    "sign-in-without-mfa": ("ConsoleLogin", "MFAUsed"),
    "root-user": ("Root",),
    "iam-policy-changes": ("PutRolePolicy", "AttachRolePolicy"),
    "trail-changes": ("StopLogging", "DeleteTrail"),
    "failed-sign-ins": ("ConsoleLogin", "Failed"),
    "key-deletion": ("ScheduleKeyDeletion", "DisableKey"),
    "bucket-policy-changes": ("PutBucketPolicy",),
    "config-changes": ("StopConfigurationRecorder",),
    "security-group-changes": ("AuthorizeSecurityGroupIngress",),
    "network-acl-changes": ("CreateNetworkAcl",),
    "gateway-changes": ("InternetGateway",),
    "route-table-changes": ("CreateRoute",),
    "vpc-changes": ("CreateVpc",),
    "organization-changes": ("organizations",),
}


@rule(
    "cloudtrail-trail-alarms",
    severity="low",
    scope="stack",
    types=(TRAIL, FILTER, _ALARM),
    settings={
        "events": {
            "type": "array",
            "items": {"type": "string", "enum": sorted(_EVENTS)},
            "default": [],
            "description": "Events of CIS AWS Foundations section 4; none by default, as the "
            "account's trail is often declared elsewhere",
        }
    },
    remedy="Declare a LogMetricFilter and a MetricAlarm for each.",
    why="A record that nobody looks at finds an intruder weeks later. "
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html",
)
def alarms(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """An alarm tells of each event that the setting names, from the log group of a trail."""
    filters = stack.of(FILTER)
    watched = {str(alarm.props.get("metricName")) for alarm in stack.of(_ALARM)}
    for trail in stack.of(TRAIL) if settings["events"] else ():
        for event in settings["events"]:
            words = _EVENTS.get(str(event), (str(event),))
            results = [
                item for item in filters if all(word in str(item.props.get("pattern")) for word in words)
            ]
            names = {str(part.get("name")) for item in results for part in _transformations(item)}
            if not names & watched:
                yield Finding(
                    f"no alarm tells of {event}, which {trail.name} records",
                    "cloudwatch.LogMetricFilter(pattern=...) on the trail's log group, with a MetricAlarm",
                    trail.urn,
                )


def _transformations(item: Resource) -> list[dict[str, object]]:
    value = item.props.get("metricTransformation")
    return [value] if isinstance(value, dict) else blocks(value)
