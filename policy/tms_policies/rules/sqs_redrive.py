"""Redrive policies of queues: which queue moves its messages to which."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tms_policies.documents.parse import loaded
from tms_policies.model import Resource, Stack, Unknown
from tms_policies.references import attached, own_names, tail
from tms_policies.rules.sqs import QUEUE

REDRIVE = "aws:sqs/redrivePolicy:RedrivePolicy"
ALLOW = "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy"


@dataclass(frozen=True)
class Redrive:
    """One redrive policy: the queue it is of, its setting, and the URNs that the setting is computed from."""

    source: Resource
    setting: Any
    computed_from: tuple[str, ...]

    def names(self, target: Resource) -> bool:
        """Return whether messages move to the target."""
        if isinstance(self.setting, Unknown):
            return target.urn in self.computed_from
        arn = self.setting.get("deadLetterTargetArn")
        if isinstance(arn, Unknown):
            return target.urn in self.computed_from
        return isinstance(arn, str) and tail(arn) in own_names(target)


def settings_of(stack: Stack, queue: Resource, name: str, token: str) -> Iterator[tuple[Resource, Any]]:
    """Yield (holder, setting) of a queue's redrive or redrive-allow policy; no object reads as empty."""
    for holder in (queue, *attached(stack, token, "queueUrl", queue)):
        value = holder.props.get(name)
        if value in (None, ""):
            continue
        try:
            value = loaded(value)
        except ValueError:
            value = {}
        yield holder, value if isinstance(value, (dict, Unknown)) else {}


def redrives_of(stack: Stack) -> list[Redrive]:
    """Return every redrive policy of the stack."""
    return [
        Redrive(queue, value, holder.dependencies.get("redrivePolicy", ()))
        for queue in stack.of(QUEUE)
        for holder, value in settings_of(stack, queue, "redrivePolicy", REDRIVE)
    ]
