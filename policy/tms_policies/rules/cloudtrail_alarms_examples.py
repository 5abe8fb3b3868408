"""Examples of the rules of `cloudtrail_alarms`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_ALARM = Declared(
    "cloudwatch/metricAlarm:MetricAlarm", {"name": "root", "metricName": "RootUse"}, name="root-alarm"
)
_ROOT = '{ $.userIdentity.type = "Root" }'


def _plain_trail(**props: object) -> Declared:
    return Declared("cloudtrail/trail:Trail", {"name": "trail", **props}, name="trail")


def _filter(pattern: str) -> Declared:
    props = {
        "name": "root",
        "logGroupName": "trail",
        "pattern": pattern,
        "metricTransformation": {"name": "RootUse", "namespace": "Trail", "value": "1"},
    }
    return Declared("cloudwatch/logMetricFilter:LogMetricFilter", props, name="root-filter")


EXAMPLES = (
    Example(
        "cloudtrail-trail-alarms",
        good=case(_plain_trail(), _filter(_ROOT), _ALARM, events=["root-user"]),
        bad=case(
            _plain_trail(), _filter("ERROR"), _ALARM, says="no alarm tells of root-user", events=["root-user"]
        ),
        missing=case(_plain_trail(), says="no alarm tells of root-user", events=["root-user"]),
        unknown=case(
            _plain_trail(), _filter(UNKNOWN), _ALARM, says="no alarm tells of root-user", events=["root-user"]
        ),
        config=case(_plain_trail(), says="no alarm tells of vpc-changes", events=["vpc-changes"]),
    ),
)
