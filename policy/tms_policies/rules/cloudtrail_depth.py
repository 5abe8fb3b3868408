"""Rules about trails in relation to what they watch: data events, and alarms on what they record."""

from collections.abc import Iterable, Iterator

from tms_policies.documents.actions import covers
from tms_policies.model import Bag, Finding, Resource, Rule, Stack, Unknown
from tms_policies.rules.cloudtrail import TRAIL
from tms_policies.rules.flags import must_be_set
from tms_policies.rules.needs import chosen, strings, switch
from tms_policies.rules.references import attached
from tms_policies.rules.s3 import BUCKET
from tms_policies.rules.s3_logging import receives_logs
from tms_policies.values import blocks, items, unproven

EVENT_STORE = "aws:cloudtrail/eventDataStore:EventDataStore"
FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
# Type -> (property with the name, data resource type of event selectors, ARN with the name)
_STORES = {
    "aws:s3/bucket:Bucket": ("bucket", "AWS::S3::Object", "arn:aws:s3:::{}/"),
    "aws:dynamodb/table:Table": ("name", "AWS::DynamoDB::Table", "arn:aws:dynamodb:*:*:table/{}"),
}
_NO_NAME = "-"
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


def _selected(trail: Resource) -> Iterator[tuple[str, str]]:
    """Give (data resource type, ARN prefix) that a trail records events of; an unknown covers all."""
    for selector in blocks(trail.props.get("eventSelectors")):
        for data in blocks(selector.get("dataResources")):
            for value in items(data.get("values")):
                yield str(data.get("type")), "*" if isinstance(value, Unknown) else str(value)
    for selector in blocks(trail.props.get("advancedEventSelectors")):
        fields = {str(one.get("field")): one for one in blocks(selector.get("fieldSelectors"))}
        kinds = [str(one) for one in items(fields.get("resources.type", {}).get("equals"))]
        named = fields.get("resources.ARN", {})
        starts = [str(one) for key in ("equals", "startsWiths") for one in items(named.get(key))]
        yield from ((kind, one) for kind in kinds for one in starts or ["*"])


def _covered(arn: str, prefix: str) -> bool:
    """Say whether a selector's value covers all of a store; the account and region in its ARN may be any."""
    if prefix in ("*", "arn:aws:s3", "arn:aws:s3:::", "arn:aws:dynamodb"):
        return True
    name_at = arn.rfind("/", 0, -1) + 1
    return arn.startswith(prefix) or any(
        covers(arn, prefix + arn[at:]) for at in range(name_at, len(arn) + 1)
    )


def _holds_objects(stack: Stack, store: Resource) -> bool:
    """Say whether a bucket is protected beside a trail, and no place of logs.

    A trail that records the objects of its own bucket records that it records, for money:
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
    """
    if store.type != BUCKET or not store.protect or not stack.of(TRAIL):
        return False
    return not receives_logs(stack, store) and not attached(stack, TRAIL, "s3BucketName", store)


def data_events(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """A trail of this stack records reads and writes of each data store that holds data, or is named."""
    recorded = [one for trail in stack.of(TRAIL) for one in _selected(trail)]
    for token, (prop, kind, shape) in _STORES.items():
        for store in stack.of(token):
            by_name = chosen(store, prop, settings["stores"])
            if not by_name and not (settings["protectedBuckets"] and _holds_objects(stack, store)):
                continue
            name = store.props.get(prop)
            arn = shape.format(name if isinstance(name, str) else _NO_NAME)
            if any(one == kind and _covered(arn, prefix) for one, prefix in recorded):
                continue
            if isinstance(name, Unknown):
                yield unproven(name, f"a trail must record the data events of {store.name}", store.urn)
            else:
                yield Finding(
                    f"no trail of this stack records the data events of {store.name}",
                    f'event_selectors=[{{"data_resources": [{{"type": "{kind}", "values": ["{arn}"]}}]}}]',
                    store.urn,
                )


def alarms(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """Each event that the setting names is filtered from a trail's log group, with an alarm on its metric."""
    filters = stack.of(FILTER)
    watched = {str(alarm.props.get("metricName")) for alarm in stack.of(_ALARM)}
    for trail in stack.of(TRAIL) if settings["events"] else ():
        for event in settings["events"]:
            words = _EVENTS.get(str(event), (str(event),))
            found = [one for one in filters if all(word in str(one.props.get("pattern")) for word in words)]
            names = {str(part.get("name")) for one in found for part in _transformations(one)}
            if not names & watched:
                yield Finding(
                    f"no alarm tells of {event}, which {trail.name} records",
                    "cloudwatch.LogMetricFilter(pattern=...) on the trail's log group, with a MetricAlarm",
                    trail.urn,
                )


def _transformations(one: Resource) -> list[dict[str, object]]:
    given = one.props.get("metricTransformation")
    return [given] if isinstance(given, dict) else blocks(given)


def store_key(store: Resource, _settings: Bag) -> Iterable[Finding]:
    """Events are encrypted with a key whose use can be limited and seen."""
    return must_be_set(store, "kmsKeyId", "kms_key_id=key.arn")


def topic(trail: Resource, settings: Bag) -> Iterable[Finding]:
    """A topic is told of new log files, where the setting asks for it."""
    return must_be_set(trail, "snsTopicName", "sns_topic_name=topic.name") if settings["required"] else ()


RULES = (
    Rule(
        "cloudtrail-trail-data-events",
        "medium",
        ("FSBP:S3.22", "FSBP:S3.23", "CIS:3.8", "CIS:3.9"),
        "A trail records the data events of each protected bucket beside it, and of each bucket and table "
        "that the setting names.",
        "Add the store to the trail's event selectors.",
        (TRAIL, *_STORES),
        data_events,
        reads=("eventSelectors", "advancedEventSelectors"),
        scope="stack",
        settings={
            "stores": strings(
                "Physical names of buckets and tables, `*` for any text, also where the stack has no trail; "
                "none by default, as each event is paid for"
            ),
            "protectedBuckets": switch(
                "Whether a stack with a trail must record the objects of each bucket with the option "
                "protect; buckets that access logs or trails are written to are exempt",
                default=True,
            ),
        },
        why="Without data events nobody can say afterwards who read or wrote a document. "
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html",
    ),
    Rule(
        "cloudtrail-trail-alarms",
        "low",
        (
            "FSBP:CloudWatch.1",
            "FSBP:CloudWatch.2",
            "FSBP:CloudWatch.3",
            "FSBP:CloudWatch.4",
            "FSBP:CloudWatch.5",
            "FSBP:CloudWatch.6",
            "FSBP:CloudWatch.7",
            "FSBP:CloudWatch.8",
            "FSBP:CloudWatch.9",
            "FSBP:CloudWatch.10",
            "FSBP:CloudWatch.11",
            "FSBP:CloudWatch.12",
            "FSBP:CloudWatch.13",
            "FSBP:CloudWatch.14",
            "CIS:4.1",
            "CIS:4.2",
            "CIS:4.3",
            "CIS:4.4",
            "CIS:4.5",
            "CIS:4.6",
            "CIS:4.7",
            "CIS:4.8",
            "CIS:4.9",
            "CIS:4.10",
            "CIS:4.11",
            "CIS:4.12",
            "CIS:4.13",
            "CIS:4.14",
            "CIS:4.15",
        ),
        "An alarm tells of each event that the setting names, from the log group of a trail.",
        "Declare a LogMetricFilter and a MetricAlarm for each.",
        (TRAIL, FILTER, _ALARM),
        alarms,
        scope="stack",
        settings={
            "events": {
                "type": "array",
                "items": {"type": "string", "enum": sorted(_EVENTS)},
                "default": [],
                "description": "Events of CIS AWS Foundations section 4; none by default, as the "
                "account's trail is often declared elsewhere",
            }
        },
        why="A record that nobody looks at finds an intruder weeks later. "
        "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html",
    ),
    Rule(
        "cloudtrail-store-encryption",
        "medium",
        ("FSBP:CloudTrail.10", "CKV_AWS_294"),
        "An event data store is encrypted with a key in KMS.",
        "Set kms_key_id.",
        (EVENT_STORE,),
        store_key,
        reads=("kmsKeyId",),
        why="Who may read the events is otherwise decided by CloudTrail's permissions alone. "
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html",
    ),
    Rule(
        "cloudtrail-trail-topic",
        "low",
        ("CKV_AWS_252",),
        "A trail tells a topic of new log files, if the setting asks for it.",
        "Set sns_topic_name.",
        (TRAIL,),
        topic,
        settings={"required": switch("Whether a topic is demanded", default=False)},
        why="Tools that read log files as they come need to be told.",
    ),
)
