"""Log groups: kept when they leave the program, with the retention and the key that the settings say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
from pulumi_aws import cloudwatch

from components.keys import chosen
from components.tagging import tags


@dataclass(frozen=True, kw_only=True, slots=True)
class LogGroupsArgs:
    """What all log groups of a component have in common.

    Attributes:
        retention_days: How long log events are kept.
        encryption: stack-key or a key ARN; None for CloudWatch Logs' own keys.
        stack_key: ARN of the key that stack-key means; None where nothing is set to it.
        tags: Tags of every log group; Purpose is added.
    """

    retention_days: int
    encryption: str | None
    stack_key: pulumi.Output[str] | None
    tags: Mapping[str, str]


class LogGroups:
    """Declares log groups of one component."""

    def __init__(self, args: LogGroupsArgs, parent: pulumi.Resource) -> None:
        """Take what all of them have in common."""
        self._tags, self._days, self._parent = tags(args.tags, "logs"), args.retention_days, parent
        self._key = chosen(args.encryption, args.stack_key) if args.encryption else None

    def declare(
        self, key: str, name: pulumi.Input[str], aliases: Sequence[pulumi.Alias] = ()
    ) -> cloudwatch.LogGroup:
        """Declare a log group.

        Args:
            key: Logical name.
            name: Physical name.
            aliases: Where it was before.
        """
        return cloudwatch.LogGroup(
            key,
            name=name,
            retention_in_days=self._days,
            kms_key_id=self._key,
            tags=self._tags,
            opts=pulumi.ResourceOptions(
                parent=self._parent, protect=True, retain_on_delete=True, aliases=list(aliases)
            ),
        )
