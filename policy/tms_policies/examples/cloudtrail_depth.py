"""Examples of trails in relation to what they watch."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_BUCKET = Declared("s3/bucket:Bucket", {"bucket": "documents"}, name="documents", protect=True)
_RECORDED = [{"dataResources": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3:::documents/"]}]}]
_ELSEWHERE = [{"dataResources": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3:::other/"]}]}]
_UNKNOWN = [{"dataResources": [{"type": "AWS::S3::Object", "values": [UNKNOWN]}]}]
_ALARM = Declared(
    "cloudwatch/metricAlarm:MetricAlarm", {"name": "root", "metricName": "RootUse"}, name="root-alarm"
)


def _trail(**props: object) -> Declared:
    return Declared("cloudtrail/trail:Trail", {"name": "trail", **props}, name="trail")


def _filter(pattern: str) -> Declared:
    props = {
        "name": "root",
        "logGroupName": "trail",
        "pattern": pattern,
        "metricTransformation": {"name": "RootUse", "namespace": "Trail", "value": "1"},
    }
    return Declared("cloudwatch/logMetricFilter:LogMetricFilter", props, name="root-filter")


def _store(**props: object) -> Declared:
    return Declared("cloudtrail/eventDataStore:EventDataStore", {"name": "events", **props}, name="events")


_ROOT = '{ $.userIdentity.type = "Root" }'
EXAMPLES = (
    Example(
        "cloudtrail-trail-data-events",
        good=case(_trail(eventSelectors=_RECORDED), _BUCKET),
        bad=case(
            _trail(eventSelectors=_ELSEWHERE),
            _BUCKET,
            says="no trail of this stack records the data events of documents",
        ),
        missing=case(_trail(), _BUCKET, says="no trail of this stack records"),
        unknown=case(_trail(eventSelectors=_UNKNOWN), _BUCKET),
        config=case(_BUCKET, says="no trail of this stack records", stores=["doc*"]),
    ),
    Example(
        "cloudtrail-trail-alarms",
        good=case(_trail(), _filter(_ROOT), _ALARM, events=["root-user"]),
        bad=case(
            _trail(), _filter("ERROR"), _ALARM, says="no alarm tells of root-user", events=["root-user"]
        ),
        missing=case(_trail(), says="no alarm tells of root-user", events=["root-user"]),
        unknown=case(
            _trail(), _filter(UNKNOWN), _ALARM, says="no alarm tells of root-user", events=["root-user"]
        ),
        config=case(_trail(), says="no alarm tells of vpc-changes", events=["vpc-changes"]),
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
        good=case(_trail(snsTopicName="trail-files"), required=True),
        bad=case(_trail(snsTopicName=""), says="snsTopicName of trail is missing", required=True),
        missing=case(_trail(), says="snsTopicName of trail is missing", required=True),
        unknown=case(_trail(snsTopicName=UNKNOWN), required=True),
        config=case(_trail(), says="snsTopicName of trail is missing", required=True),
    ),
)
