"""The stack's own KMS key: who may use it is written in its policy, and for what."""

from typing import cast

import pulumi
from pulumi_aws import kms

from components.bucket_policy import CLOUDTRAIL
from components.naming import Naming
from components.settings import Settings
from components.settings.fields import STACK_KEY
from components.settings.stores import CustomerKey
from components.statements import Statement, document
from components.tagging import tags

LONGEST_WINDOW = 30
"""Days; also what KMS takes when nothing is said (KMS API reference, ScheduleKeyDeletion)."""
_USE = ["kms:Decrypt", "kms:GenerateDataKey"]
PUBLISHERS = ("budgets.amazonaws.com", "cloudwatch.amazonaws.com", "costalerts.amazonaws.com")
"""Services that publish to an encrypted topic (SNS developer guide, "Enable compatibility between event
sources from AWS services and encrypted topics")."""
SENDERS = ("events.amazonaws.com", "s3.amazonaws.com", "sns.amazonaws.com")
"""Services that send to an encrypted queue (SQS developer guide, "Configure KMS permissions for AWS
services")."""


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


def key_access(settings: Settings, naming: Naming) -> list[Statement]:
    """Give the statements of the key's policy.

    The account may administer the key through IAM, as it must, or the key could be lost (KMS developer
    guide, "Default key policy"). Roles of agents use it through the services that hold their data; AWS's own
    services use it for what of this account they encrypt.
    """
    roles = sorted(naming.role(agent.role_name) for agent in settings.agents.values())
    through = [naming.service_in_region(service) for service in ("dynamodb", "s3", "sqs")]
    return [
        administered(naming),
        {
            "Sid": "UsedByAgentsThroughTheirStores",
            "Effect": "Allow",
            "Principal": {"AWS": roles},
            "Action": _USE,
            "Resource": "*",
            "Condition": {"StringEquals": {"kms:ViaService": through}},
        },
        _by_services("UsedByPublishersOfAlarms", PUBLISHERS, _USE, naming),
        _by_services("UsedBySendersToQueues", SENDERS, _USE, naming),
        _by_logs(naming),
        *_by_trails(settings, naming),
    ]


def administered(naming: Naming) -> Statement:
    """Give the statement that lets the account's IAM policies say who may do what with a key."""
    return {
        "Sid": "AdministeredByTheAccount",
        "Effect": "Allow",
        "Principal": {"AWS": naming.account_root(naming.account)},
        "Action": "kms:*",
        "Resource": "*",
    }


def _by_services(sid: str, services: tuple[str, ...], actions: list[str], naming: Naming) -> Statement:
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"Service": list(services)},
        "Action": actions,
        "Resource": "*",
        "Condition": {"StringEquals": {"aws:SourceAccount": naming.account}},
    }


def _by_logs(naming: Naming) -> Statement:
    """CloudWatch Logs user guide, "Encrypt log data in CloudWatch Logs using KMS"."""
    actions = [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
    ]
    groups = naming.log_groups()
    return {
        "Sid": "UsedByLogGroups",
        "Effect": "Allow",
        "Principal": {"Service": f"logs.{naming.region}.amazonaws.com"},
        "Action": actions,
        "Resource": "*",
        "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": groups}},
    }


def _by_trails(settings: Settings, naming: Naming) -> list[Statement]:
    """CloudTrail user guide, "Configure AWS KMS key policies for CloudTrail": for the audit trail alone.

    Decrypt is what it needs to put files into a bucket that has a bucket key, as the audit bucket does.
    """
    trail = settings.audit_trail
    if trail is None:
        return []
    return [
        {
            "Sid": "UsedByTheAuditTrail",
            "Effect": "Allow",
            "Principal": {"Service": CLOUDTRAIL},
            "Action": ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:SourceArn": naming.trail(trail.name)}},
        }
    ]
