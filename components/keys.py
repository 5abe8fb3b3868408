"""The stack's own KMS key: who may use it is written in its policy, and for what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import pulumi
from pulumi_aws import kms

from components.settings.fields import STACK_KEY
from components.settings.storage import CustomerKey
from components.tagging import tags

LONGEST_WINDOW = 30
"""Days; also what KMS takes when nothing is said (KMS API reference, ScheduleKeyDeletion)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class KeysArgs:
    """What key is declared.

    Attributes:
        key: Alias, rotation and deletion window.
        policy: The key's policy, as a document.
        tags: Tags of the key; Purpose is added.
    """

    key: CustomerKey
    policy: str
    tags: Mapping[str, str]


class Keys(pulumi.ComponentResource):
    """One customer-managed key that rotates, with its alias.

    Attributes:
        arn: The key's ARN, which only AWS knows before the key exists.
    """

    arn: pulumi.Output[str]

    def __init__(self, name: str, args: KeysArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Declare key and alias; `opts.depends_on` are the roles that the policy names, which must exist."""
        super().__init__("tradematching:index:Keys", name, None, opts)
        key = customer_key(
            "stack-key",
            args.key,
            description="Encrypts what the trade-matching system keeps, where its settings say stack-key",
            policy=args.policy,
            tags=tags(args.tags, "encryption"),
            parent=self,
        )
        self.arn = key.arn
        self.register_outputs({"arn": self.arn})


def customer_key(
    name: str,
    settings: CustomerKey,
    *,
    description: str,
    policy: str,
    tags: dict[str, str],
    parent: pulumi.Resource,
) -> kms.Key:
    """Declare a key that rotates, with its alias; both are protected and retained.

    Args:
        name: Logical name of the key; its alias has `-alias` behind it.
        settings: Alias, rotation and deletion window.
        description: What it encrypts.
        policy: The key's policy.
        tags: Tags.
        parent: The component that it belongs to.
    """
    guarded = pulumi.ResourceOptions(parent=parent, protect=True, retain_on_delete=True)
    key = kms.Key(
        name,
        description=description,
        enable_key_rotation=True,
        rotation_period_in_days=settings.rotation_days,
        # KMS does not give it back, so a default that is written would differ after an import
        deletion_window_in_days=None
        if settings.deletion_window_days == LONGEST_WINDOW
        else settings.deletion_window_days,
        policy=policy,
        tags=tags,
        opts=guarded,
    )
    kms.Alias(f"{name}-alias", name=f"alias/{settings.alias}", target_key_id=key.key_id, opts=guarded)
    return key


def chosen(choice: str, stack_key: pulumi.Output[str] | None) -> pulumi.Input[str]:
    """Return the key that a setting means: the stack's own where it says so, else what it says."""
    # the settings refuse the word where the stack has no key
    return cast("pulumi.Output[str]", stack_key) if choice == STACK_KEY else choice
