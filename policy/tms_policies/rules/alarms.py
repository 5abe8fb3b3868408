"""Rules about what is watched: alarms on what the stack declares, and queues with their alarms.

Metrics: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
"""

from collections.abc import Iterable
from typing import Any

from tms_policies.model import Bag, Finding, Resource, Stack, Unknown
from tms_policies.references import own_names
from tms_policies.registry import rule
from tms_policies.rules.cloudwatch import ALARM, metrics
from tms_policies.rules.sqs import QUEUE
from tms_policies.rules.sqs_redrive import ALLOW, REDRIVE, redrives_of
from tms_policies.values import shown, unproven

_DEPTH = "ApproximateNumberOfMessagesVisible"
_AGE = "ApproximateAgeOfOldestMessage"
# The dimension that names a resource, and the type that it names
_NAMED = {
    ("AWS/SQS", "QueueName"): QUEUE,
    ("AWS/DynamoDB", "TableName"): "aws:dynamodb/table:Table",
    ("AWS/Lambda", "FunctionName"): "aws:lambda/function:Function",
    ("AWS/S3", "BucketName"): "aws:s3/bucket:Bucket",
    ("AWS/SNS", "TopicName"): "aws:sns/topic:Topic",
    ("AWS/Logs", "LogGroupName"): "aws:cloudwatch/logGroup:LogGroup",
    ("AWS/ECR", "RepositoryName"): "aws:ecr/repository:Repository",
}
_TYPES = tuple(_NAMED.values())


@rule(
    "cloudwatch-alarm-declared-target",
    severity="medium",
    scope="stack",
    types=(ALARM, *_TYPES),
    reads=("dimensions", "metricQueries"),
    settings={
        "elsewhere": {
            "type": "array",
            "items": {"type": "string"},
            "default": [],
            "description": "Names of resources outside the stack that its alarms may watch",
        }
    },
    remedy="Take the dimension's value from the resource.",
    why="An alarm on a name that is misspelt or gone gets no data and stays silent, whatever happens to "
    "the resource that it was meant for. "
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html",
)
def refers_to_declared(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """An alarm watches a resource that the stack declares."""
    for alarm in stack.of(ALARM):
        yield from _readable(stack, alarm, "metricQueries", alarm.props.get("metricQueries"))
        for path, metric in metrics(alarm):
            values = metric.get("dimensions")
            yield from _readable(stack, alarm, f"{path}dimensions", values)
            for name, value in values.items() if isinstance(values, dict) else ():
                token = _NAMED.get((str(metric.get("namespace")), str(name)))
                if token:
                    yield from _declared(stack, alarm, f"{path}dimensions.{name}", (token, value), settings)


def _readable(stack: Stack, alarm: Resource, location: str, value: object) -> Iterable[Finding]:
    """Check a whole block: unknown, it must at least be computed from a resource of this stack."""
    if isinstance(value, Unknown):
        targets = (resource for token in _TYPES for resource in stack.of(token))
        if not _watches(targets, alarm, value):
            yield unproven(value, f"{location} of {alarm.name} must name resources of this stack", alarm.urn)


def _declared(
    stack: Stack, alarm: Resource, location: str, names: tuple[str, Any], settings: Bag
) -> Iterable[Finding]:
    """Check one dimension: (the type that it names, its value)."""
    token, value = names
    if value in settings["elsewhere"] or _watches(stack.of(token), alarm, value):
        return
    kind = token.rpartition(":")[2]
    if isinstance(value, Unknown):
        yield unproven(value, f"{location} of {alarm.name} must name a {kind} of this stack", alarm.urn)
    else:
        yield Finding(
            f"{location} of {alarm.name} is {shown(value)}, and this stack declares no such {kind}: "
            "the metric never comes",
            f'"{location.rpartition(".")[2]}": <resource>.name of a {kind} of this stack',
            alarm.urn,
        )


def _watches(targets: Iterable[Resource], alarm: Resource, value: object) -> bool:
    """Return whether a dimension's value names one of the resources, or is computed from it."""
    computed = {item for name in ("dimensions", "metricQueries") for item in alarm.dependencies.get(name, ())}
    if isinstance(value, Unknown):
        return any(item.urn in computed for item in targets)
    return any(value in own_names(item) for item in targets)


@rule(
    "cloudwatch-queue-alarms",
    severity="medium",
    scope="stack",
    types=(ALARM, QUEUE, REDRIVE, ALLOW),
    reads=("dimensions", "metricName"),
    settings={
        "required": {
            "type": "boolean",
            "default": True,
            "description": "Whether the alarms are demanded; false where another stack declares them",
        }
    },
    remedy="Declare a MetricAlarm per queue.",
    why="Messages in a dead-letter queue are deleted when its retention ends, and a consumer that "
    "stopped leaves its queue growing; neither is an error of any call, so only these metrics tell. "
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/"
    "sqs-available-cloudwatch-metrics.html",
)
def queue_alarms(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """Each dead-letter queue has an alarm on its depth, each work queue on the age of its messages."""
    if not settings["required"]:
        return
    redrives = redrives_of(stack)
    for queue in stack.of(QUEUE):
        is_dead = any(item.names(queue) for item in redrives)
        metric, kind = (_DEPTH, "dead-letter") if is_dead else (_AGE, "work")
        if not any(_on(alarm, metric, queue) for alarm in stack.of(ALARM)):
            yield Finding(
                f"no alarm of this stack watches {metric} of the {kind} queue {queue.name}",
                f'cloudwatch.MetricAlarm(..., namespace="AWS/SQS", metric_name="{metric}", '
                'dimensions={"QueueName": queue.name})',
                queue.urn,
            )


def _on(alarm: Resource, name: str, queue: Resource) -> bool:
    """Return whether an alarm watches a metric of a queue."""
    for _, metric in metrics(alarm):
        values = metric.get("dimensions")
        value = values.get("QueueName") if isinstance(values, dict) else None
        names = (metric.get("namespace"), metric.get("metricName"))
        if names == ("AWS/SQS", name) and value and _watches([queue], alarm, value):
            return True
    return False
