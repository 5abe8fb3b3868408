"""What of a change moves the bill, in words; what it costs is not known here.

Each entry says by what AWS charges for the type (the service's pricing page).
"""

from collections.abc import Iterator, Mapping

from toolkit.engine.changes import ResourceChange
from toolkit.engine.preview import Preview
from toolkit.pull_request.blockers import shown

CHARGED: Mapping[str, str] = {
    "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": "by CPU and memory while a session lasts",
    "aws:cloudtrail/trail:Trail": "by data events, and by management events of a second trail",
    "aws:cloudwatch/dashboard:Dashboard": "per dashboard and month, after three",
    "aws:cloudwatch/logGroup:LogGroup": "by what is taken in and what is kept",
    "aws:cloudwatch/metricAlarm:MetricAlarm": "per metric that it watches and month",
    "aws:dynamodb/table:Table": "by requests, storage, indexes and backups",
    "aws:ec2/natGateway:NatGateway": "per hour and by traffic",
    "aws:ec2/vpcEndpoint:VpcEndpoint": "per hour and zone and by traffic; gateways are free",
    "aws:kms/key:Key": "per key and month, and by requests",
    "aws:s3/bucketMetric:BucketMetric": "per metric and month",
    "aws:sqs/queue:Queue": "by requests",
}
PROPERTIES: Mapping[str, tuple[str, ...]] = {
    "aws:dynamodb/table:Table": (
        "billingMode",
        "globalSecondaryIndexes",
        "pointInTimeRecovery",
        "readCapacity",
        "replicas",
        "streamEnabled",
        "tableClass",
        "writeCapacity",
    ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ("rules",),
    "aws:s3/bucketVersioning:BucketVersioning": ("versioningConfiguration",),
    "aws:cloudwatch/logGroup:LogGroup": ("logGroupClass", "retentionInDays"),
    "aws:cloudwatch/metricAlarm:MetricAlarm": ("period", "metricQueries"),
    "aws:cloudtrail/trail:Trail": ("advancedEventSelectors", "eventSelectors", "insightSelectors"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": ("subnetIds", "vpcEndpointType"),
    "aws:sqs/queue:Queue": ("messageRetentionSeconds", "receiveWaitTimeSeconds"),
    "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": ("lifecycleConfigurations",),
}
"""Properties whose change moves what is charged."""


def drivers(preview: Preview) -> tuple[str, ...]:
    """Return a line of Markdown for each thing that moves the bill; things of one type stand together."""
    return (*_counted(preview), *_changed(preview))


def _counted(preview: Preview) -> Iterator[str]:
    for kind, basis in CHARGED.items():
        created = [change for change in preview.doing("create") if change.type == kind]
        fewer = [change for change in preview.doing("delete") if change.type == kind]
        for sign, changes in (("+", created), ("-", fewer)):
            if changes:
                yield f"{sign}{len(changes)} {changes[0].kind} ({_named(changes)}): charged {basis}"


def _named(changes: list[ResourceChange]) -> str:
    most = 3
    suffix = f" and {len(changes) - most} more" if len(changes) > most else ""
    return ", ".join(f"`{change.name}`" for change in changes[:most]) + suffix


def _changed(preview: Preview) -> Iterator[str]:
    for change in (*preview.doing("update"), *preview.doing("replace")):
        for name in PROPERTIES.get(change.type, ()):
            if change.before(name) != change.after(name):
                values = f"{shown(change.before(name))} to {shown(change.after(name))}"
                yield f"`{change.name}`: `{name}` from {values}"
