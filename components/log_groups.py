"""Log groups: kept when they leave the program, with the retention and the key that the settings say."""

from collections.abc import Sequence

import pulumi
from pulumi_aws import cloudwatch

from components.keys import chosen
from components.settings import Settings
from components.settings.observability import ObservabilitySettings
from components.tagging import tags


class LogGroups:
    """Makes log groups of one component."""

    def __init__(
        self,
        settings: Settings,
        watching: ObservabilitySettings,
        stack_key: pulumi.Output[str] | None,
        parent: pulumi.Resource,
    ) -> None:
        """Take what all of them have in common; `stack_key` is the stack's own KMS key."""
        self._tags, self._days, self._parent = tags(settings, "logs"), watching.log_retention_days, parent
        self._key = chosen(watching.log_key, stack_key) if watching.log_key else None

    def declare(
        self, key: str, name: pulumi.Input[str], aliases: Sequence[pulumi.Alias] = ()
    ) -> cloudwatch.LogGroup:
        """Declare one.

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
