"""EventBridge rules."""

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Json, Model
from embedded.aws.plugin.shapes import pick, tag_list, tag_map
from embedded.aws.plugin.values import Bag

GONE = frozenset({"ResourceNotFoundException"})
DEFAULT_BUS = "default"
_RULE = {
    "Description": "description",
    "EventPattern": "eventPattern",
    "RoleArn": "roleArn",
    "ScheduleExpression": "scheduleExpression",
    "State": "state",
}


def id_on_bus(bus: str, *parts: str) -> str:
    """Return an id; the default bus is left out."""
    return "/".join(parts if bus == DEFAULT_BUS else (bus, *parts))


def bus_and_name(rule_id: str) -> tuple[str, str]:
    """Return bus and name; a bus can be an ARN or a partner's, both with slashes."""
    bus, _, name = rule_id.rpartition("/")
    return bus or DEFAULT_BUS, name


def put_rule(aws: Aws, name: str, new: Bag) -> None:
    """Write the whole rule: what is left out goes."""
    settings = {key: new[prop] for key, prop in _RULE.items() if new.get(prop)}
    aws.client("events").put_rule(Name=name, EventBusName=new["eventBusName"], **settings)


def create_rule(aws: Aws, new: Bag) -> str:
    """Create the rule with its tags."""
    put_rule(aws, new["name"], new)
    rule_id = id_on_bus(new["eventBusName"], new["name"])
    if new.get("tagsAll"):
        retag_rule(aws, rule_id, {}, new["tagsAll"], [])
    return rule_id


def update_rule(aws: Aws, rule_id: str, _old: Bag, new: Bag) -> None:
    """Write the rule again."""
    put_rule(aws, bus_and_name(rule_id)[1], new)


def _described(aws: Aws, rule_id: str) -> Bag:
    bus, name = bus_and_name(rule_id)
    rule: Bag = aws.client("events").describe_rule(Name=name, EventBusName=bus)
    return rule


def read_rule(aws: Aws, rule_id: str) -> Bag | None:
    """Return the live state of the rule."""
    live = _described(aws, rule_id)
    tagged = aws.client("events").list_tags_for_resource(ResourceARN=live["Arn"]).get("Tags") or []
    bus, name = bus_and_name(rule_id)
    return {
        **pick(live, _RULE),
        "name": name,
        "eventBusName": bus,
        "arn": live["Arn"],
        "forceDestroy": False,
        "tags": tag_map(tagged),
    }


def delete_rule(aws: Aws, rule_id: str, _state: Bag) -> None:
    """Delete the rule; AWS refuses while it has targets."""
    bus, name = bus_and_name(rule_id)
    aws.client("events").delete_rule(Name=name, EventBusName=bus)


def retag_rule(
    aws: Aws, rule_id: str, _state: Bag, new_tags: dict[str, str], removed_keys: list[str]
) -> None:
    """Change the rule's tags."""
    arn = _described(aws, rule_id)["Arn"]
    if removed_keys:
        aws.client("events").untag_resource(ResourceARN=arn, TagKeys=removed_keys)
    if new_tags:
        aws.client("events").tag_resource(ResourceARN=arn, Tags=tag_list(new_tags))


MODELS = {
    "aws:cloudwatch/eventRule:EventRule": Model(
        page="cloudwatch_event_rule",
        create=create_rule,
        read=read_rule,
        update=update_rule,
        delete=delete_rule,
        retag=retag_rule,
        replaces=frozenset({"name", "namePrefix", "eventBusName", "region"}),
        defaults={"eventBusName": DEFAULT_BUS, "forceDestroy": False},
        computed=frozenset({"region", "name", "namePrefix", "state"}),
        texts={"eventPattern": Json},
        unread=frozenset({"forceDestroy"}),
        refused=frozenset({"isEnabled"}),
        missing=GONE,
    ),
}
