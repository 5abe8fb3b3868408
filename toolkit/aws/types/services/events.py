"""Types of EventBridge and its scheduler."""

from toolkit.aws.location import Location
from toolkit.aws.types.import_ids import NAME, ImportId, Inputs, joined
from toolkit.aws.types.listing import Listing, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import ConsolePage, Delivery, actions

_PAGE = ConsolePage("/events/home?region={region}#/eventbus/default/rules/{name}", name="rule")


def _on_bus(*properties: str) -> ImportId:
    """Return the form of the id of a rule or target, which names its bus unless that is the default one."""
    on_default = joined(*properties, by="/")

    def derive(inputs: Inputs, location: Location) -> str | None:
        identity, bus = on_default(inputs, location), inputs.get("eventBusName", "default")
        return f"{bus}/{identity}" if identity and bus != "default" else identity

    return derive


TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:cloudwatch/eventBus:EventBus",
        import_id=NAME,
        listing=Listing(
            "events",
            "list_event_buses",
            "events:ListEventBuses",
            rows("EventBuses[].{id: Name, name: Name, aws: Name == 'default'}"),
        ),
        reads=actions("events", "DescribeEventBus ListTagsForResource"),
        console=_PAGE,
    ),
    # Without a bus AWS lists the rules of the default one
    AwsType(
        "aws:cloudwatch/eventRule:EventRule",
        import_id=_on_bus("name"),
        listing=Listing(
            "events",
            "list_rules",
            "events:ListRules",
            rows(
                "Rules[].{id: EventBusName == 'default' && Name || join('/', [EventBusName, "
                "Name]), name: Name, bus: EventBusName, aws: ManagedBy && `true`}"
            ),
            within={"eventBusName": "EventBusName"},
            parent="aws:cloudwatch/eventBus:EventBus",
        ),
        reads=actions("events", "DescribeRule ListTagsForResource"),
        delivery=Delivery(
            "rules",
            "events/rule.go",
            create=actions("events", "PutRule TagResource"),
            update=actions("events", "DisableRule EnableRule PutRule TagResource UntagResource"),
            delete=actions("events", "DeleteRule"),
            documented=actions("events", "DisableRule EnableRule"),
        ),
        console=_PAGE,
    ),
    AwsType(
        "aws:cloudwatch/eventTarget:EventTarget",
        import_id=_on_bus("rule", "targetId"),
        listing=Listing(
            "events",
            "list_targets_by_rule",
            "events:ListTargetsByRule",
            rows("Targets[].{id: Id, name: Id, arn: Arn}"),
            match=("arn",),
            within={"rule": "Rule", "eventBusName": "EventBusName"},
            given={"rule": "name", "eventBusName": "bus"},
            parent="aws:cloudwatch/eventRule:EventRule",
            id="{eventBusName}/{rule}/{id}",
            unsaid="default/",
        ),
        reads=actions("events", "ListTargetsByRule"),
        delivery=Delivery(
            "rules",
            "events/target.go",
            create=actions("events", "PutTargets"),
            update=actions("events", "PutTargets"),
            delete=actions("events", "RemoveTargets"),
        ),
        console=_PAGE,
    ),
    AwsType(
        "aws:scheduler/schedule:Schedule",
        import_id=joined("groupName", "name", by="/"),
        listing=Listing(
            "scheduler",
            "list_schedules",
            "scheduler:ListSchedules",
            rows("Schedules[].{id: join('/', [GroupName, Name]), name: Name}"),
        ),
        reads=actions("scheduler", "GetSchedule"),
    ),
)
