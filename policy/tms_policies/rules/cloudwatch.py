"""Rules about log groups and alarms that each can answer for itself.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
"""

from collections.abc import Collection, Iterable, Iterator

from tms_policies.documented_metrics import of_whole_account
from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.must import must_be_set, must_stay
from tms_policies.registry import rule
from tms_policies.values import blocks, is_false, items, number, shown, unproven

LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
_COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm"


@rule(
    "cloudwatch-log-group-retention",
    severity="medium",
    types=(LOG_GROUP,),
    reads=("retentionInDays",),
    settings={
        "minimumDays": {
            "type": "number",
            "minimum": 1,
            "maximum": 3653,
            "default": 365,
            "description": "Shortest retention in days; AWS takes 1, 3, 5, 7, 14, 30, 90, 365 and others",
        }
    },
    remedy="Set retention_in_days.",
    why="Without a set time CloudWatch keeps log events for ever, and storage costs only grow. "
    "Too short a time leaves nothing to read when an incident is noticed late. "
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
)
def retention(group: Resource, settings: Bag) -> Iterable[Finding]:
    """A log group keeps its logs for a set time that is long enough."""
    value, low = group.props.get("retentionInDays"), settings["minimumDays"]
    line = f"retention_in_days={low:g}"
    days = number(value)
    if isinstance(value, Unknown):
        yield unproven(value, f"retentionInDays of {group.name} must be {low:g} or more")
    elif value is None or days == 0:
        state = "missing" if value is None else "0"
        yield Finding(f"retentionInDays of {group.name} is {state}: logs are kept and paid for ever", line)
    elif days is None or days < low:
        yield Finding(f"retentionInDays of {group.name} is {shown(value)}, not {low:g} or more", line)


@rule(
    "cloudwatch-alarm-actions",
    severity="medium",
    types=(ALARM, _COMPOSITE),
    reads=("actionsEnabled", "alarmActions"),
    remedy="Set alarm_actions, and leave actions_enabled out.",
    why="An alarm without actions changes its state in the console and nowhere else, so a failure lasts "
    "until a user reports it. "
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html",
)
def actions(alarm: Resource, _settings: Bag) -> Iterable[Finding]:
    """An alarm tells somebody."""
    line = "actions_enabled=True, or leave it out"
    yield from must_stay(alarm, "actionsEnabled", line, default=True)
    if not is_false(alarm.props.get("actionsEnabled")):
        yield from must_be_set(alarm, "alarmActions", "alarm_actions=[topic.arn]")


@rule(
    "cloudwatch-alarm-missing-data",
    severity="low",
    types=(ALARM,),
    reads=("treatMissingData",),
    settings={
        "allowed": {
            "type": "array",
            "items": {"type": "string", "enum": ["breaching", "ignore", "missing", "notBreaching"]},
            "default": ["breaching", "notBreaching", "ignore"],
            "description": "Values that are a choice; `missing` is the provider's default, not told from one",
        }
    },
    remedy="Set treat_missing_data.",
    why="Left out, an alarm whose metric stops coming goes to INSUFFICIENT_DATA, which rings nobody: a "
    "producer that died looks like one that is idle. "
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html",
)
def missing_data(alarm: Resource, settings: Bag) -> Iterable[Finding]:
    """An alarm says what silence of its metric means.

    What silence means is said; left out, it is `missing`, which nothing tells from a choice.
    """
    value, allowed = alarm.props.get("treatMissingData"), settings["allowed"]
    if isinstance(value, Unknown):
        yield unproven(value, f"treatMissingData of {alarm.name} must be one of {', '.join(allowed)}")
    elif value not in allowed:
        state = "missing" if value is None else shown(value)
        yield Finding(
            f"treatMissingData of {alarm.name} is {state}: silence of the metric is not judged",
            'treat_missing_data="breaching" if silence is a fault, else "notBreaching"',
        )


def metrics(alarm: Resource) -> Iterator[tuple[str, Bag]]:
    """Yield (property path, metric) of an alarm: its own, or those of its expressions."""
    yield "", alarm.props
    for index, query in enumerate(blocks(alarm.props.get("metricQueries"))):
        for metric in blocks(query.get("metric")):
            yield f"metricQueries[{index}].metric.", metric


@rule(
    "cloudwatch-alarm-dimensions",
    severity="medium",
    types=(ALARM,),
    reads=("dimensions", "namespace", "metricQueries"),
    settings={
        "withoutDimensions": {
            "type": "array",
            "items": {"type": "string"},
            "default": ["AWS/Bedrock", "AWS/Lambda"],
            "description": "Namespaces of AWS whose metrics may all go without dimensions",
        }
    },
    remedy="Set dimensions.",
    why="CloudWatch takes each set of dimensions for a metric of its own and does not add them up; "
    "an alarm that names none watches a metric that is never published. "
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html",
)
def dimensions(alarm: Resource, settings: Bag) -> Iterable[Finding]:
    """An alarm on a metric of AWS names whose metric it is."""
    queries = alarm.props.get("metricQueries")
    if isinstance(queries, Unknown):
        yield unproven(queries, f"each metric of {alarm.name} must have dimensions")
    for path, metric in metrics(alarm):
        yield from _named(alarm, path, metric, settings["withoutDimensions"])


def _named(alarm: Resource, path: str, metric: Bag, exempt: Collection[str]) -> Iterable[Finding]:
    """Check one metric's dimensions; only where there are none does the namespace decide."""
    space, values = metric.get("namespace"), metric.get("dimensions")
    if isinstance(values, dict) and values:
        for name, value in values.items():
            if not items(value) or value == "":
                yield Finding(
                    f"{path}dimensions.{name} of {alarm.name} is empty",
                    f'dimensions={{"{name}": <resource>.name}}',
                )
    elif values:
        return
    elif isinstance(space, Unknown):
        yield unproven(space, f"whether {alarm.name} needs dimensions hangs on its namespace")
    elif (
        str(space).startswith("AWS/")
        and space not in exempt
        and not of_whole_account(space, metric.get("metricName"))
    ):
        yield Finding(
            f"{path}dimensions of {alarm.name} is empty, and {shown(space)} has none such",
            'dimensions={"<dimension>": <resource>.name}',
        )
