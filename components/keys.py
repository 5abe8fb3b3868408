"""The stack's own KMS key: who may use it is written in its policy, and for what."""

from typing import cast

import pulumi
from pulumi_aws import kms

from components.key_policy import key_access
from components.naming import Naming
from components.settings import Settings
from components.settings.fields import STACK_KEY
from components.settings.storage import CustomerKey
from components.statements import document
from components.tagging import tags

LONGEST_WINDOW = 30
"""Days; also what KMS takes when nothing is said (KMS API reference, ScheduleKeyDeletion)."""


class Keys(pulumi.ComponentResource):
    """One customer-managed key that rotates, with its alias.

    Attributes:
        arn: The key's ARN, which only AWS knows before the key exists.
    """

    arn: pulumi.Output[str]

    def __init__(
        self,
        name: str,
        settings: Settings,
        own: CustomerKey,
        naming: Naming,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare key and alias; `opts.depends_on` are the roles that the policy names, which must exist."""
        super().__init__("tradematching:index:Keys", name, None, opts)
        key = customer_key(
            "stack-key",
            own,
            description="Encrypts what the trade-matching system keeps, where its settings say stack-key",
            policy=document(key_access(settings, naming)),
            tagged=tags(settings, "encryption"),
            parent=self,
        )
        self.arn = key.arn
        self.register_outputs({"arn": self.arn})


def customer_key(
    name: str,
    own: CustomerKey,
    *,
    description: str,
    policy: str,
    tagged: dict[str, str],
    parent: pulumi.Resource,
) -> kms.Key:
    """Declare a key that rotates, with its alias; both are protected and retained.

    Args:
        name: Logical name of the key; its alias has `-alias` behind it.
        own: Alias, rotation and deletion window.
        description: What it encrypts.
        policy: The key's policy.
        tagged: Tags.
        parent: The component that it belongs to.
    """
    guarded = pulumi.ResourceOptions(parent=parent, protect=True, retain_on_delete=True)
    key = kms.Key(
        name,
        description=description,
        enable_key_rotation=True,
        rotation_period_in_days=own.rotation_days,
        # KMS does not give it back, so a default that is written would differ after an import
        deletion_window_in_days=None
        if own.deletion_window_days == LONGEST_WINDOW
        else own.deletion_window_days,
        policy=policy,
        tags=tagged,
        opts=guarded,
    )
    kms.Alias(f"{name}-alias", name=f"alias/{own.alias}", target_key_id=key.key_id, opts=guarded)
    return key


def chosen(choice: str, own: pulumi.Output[str] | None) -> pulumi.Input[str]:
    """Give the key that a setting means: the stack's own where it says so, else what it says."""
    # the settings refuse the word where the stack has no key
    return cast("pulumi.Output[str]", own) if choice == STACK_KEY else choice
