"""CloudWatch alarms that are composed of other alarms."""

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.shapes import inverse, pick
from embedded.aws.plugin.types.cloudwatch import (
    ACTIONS,
    common_state,
    delete,
    describe,
    request_of,
    retag,
    state_of,
    tagged,
)
from embedded.aws.plugin.values import Bag

_COMPOSITE = {
    "AlarmName": "alarmName",
    "AlarmDescription": "alarmDescription",
    "AlarmRule": "alarmRule",
    **ACTIONS,
}


_SUPPRESSOR = {
    "ActionsSuppressor": "alarm",
    "ActionsSuppressorExtensionPeriod": "extensionPeriod",
    "ActionsSuppressorWaitPeriod": "waitPeriod",
}


def put_composite(aws: Aws, name: str, _old: Bag, new: Bag, **request: object) -> None:
    """Write the whole alarm: what is left out goes."""
    aws.client("cloudwatch").put_composite_alarm(
        **{**request_of(new, _COMPOSITE), "AlarmName": name},
        ActionsEnabled=new["actionsEnabled"],
        **pick(new.get("actionsSuppressor") or {}, inverse(_SUPPRESSOR)),
        **request,
    )


def create_composite(aws: Aws, new: Bag) -> str:
    """Create the alarm with its tags."""
    put_composite(aws, new["alarmName"], {}, new, **tagged(new))
    return str(new["alarmName"])


def read_composite(aws: Aws, name: str) -> Bag | None:
    """Return the live state of the alarm."""
    live = describe(aws, name, "CompositeAlarm")
    if live is None:
        return None
    suppressor = pick(live, _SUPPRESSOR) if live.get("ActionsSuppressor") else None
    return {**state_of(live, _COMPOSITE), **common_state(aws, live), "actionsSuppressor": suppressor}


MODELS = {
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": Model(
        page="cloudwatch_composite_alarm",
        create=create_composite,
        read=read_composite,
        update=put_composite,
        delete=delete,
        retag=retag,
        replaces=frozenset({"alarmName", "actionsEnabled", "region"}),
        defaults={"actionsEnabled": True},
        computed=frozenset({"region"}),
        sets=dict.fromkeys(ACTIONS.values(), ""),
        missing=frozenset({"ResourceNotFound", "ResourceNotFoundException"}),
        name="alarmName",
    ),
}
