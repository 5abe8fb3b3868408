"""Rules about DynamoDB tables: recovery, encryption, billing, deletion.

Property names and their meaning: the table resource of the AWS provider,
https://www.pulumi.com/registry/packages/aws/api-docs/dynamodb/table/.
"""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Rule, Unknown
from tms_policies.rules.flags import must_be_true
from tms_policies.values import blocks, is_true, shown, unproven

TABLE = "aws:dynamodb/table:Table"


def recovery(table: Resource, _settings: Bag) -> Iterable[Finding]:
    """Point-in-time recovery on the table and on each replica."""
    line = 'point_in_time_recovery={"enabled": True}'
    yield from must_be_true(table, line, "pointInTimeRecovery", "enabled")
    replicas = table.props.get("replicas")
    if isinstance(replicas, Unknown):
        yield unproven(replicas, "point-in-time recovery of every replica must be on")
    for index, replica in enumerate(blocks(replicas)):
        value = replica.get("pointInTimeRecovery")
        if isinstance(value, Unknown):
            yield unproven(value, "point-in-time recovery of every replica must be on")
        elif not is_true(value):
            where = f"replicas[{index}].pointInTimeRecovery"
            yield Finding(
                f"{where} of {table.name} is {shown(value)}",
                'replicas=[{..., "point_in_time_recovery": True}]',
            )


def encryption(table: Resource, _settings: Bag) -> Iterable[Finding]:
    """Server-side encryption with a key in KMS."""
    line = 'server_side_encryption={"enabled": True}'
    return must_be_true(table, line, "serverSideEncryption", "enabled")


def deletion_protection(table: Resource, _settings: Bag) -> Iterable[Finding]:
    """AWS's own refusal to delete the table."""
    return must_be_true(table, "deletion_protection_enabled=True", "deletionProtectionEnabled")


def billing(table: Resource, _settings: Bag) -> Iterable[Finding]:
    """On-demand capacity; left out, the provider provisions."""
    value = table.props.get("billingMode")
    if isinstance(value, Unknown):
        yield unproven(value, f"billingMode of {table.name} must be PAY_PER_REQUEST")
    elif value != "PAY_PER_REQUEST":
        state = "missing, which means PROVISIONED" if value is None else shown(value)
        yield Finding(f"billingMode of {table.name} is {state}", 'billing_mode="PAY_PER_REQUEST"')


RULES = (
    Rule(
        "dynamodb-table-point-in-time-recovery",
        "high",
        ("FSBP:DynamoDB.2", "CKV_AWS_28", "AwsSolutions-DDB3"),
        "A table can be restored to any second of the last days.",
        'Set point_in_time_recovery={"enabled": True} on the table, and on each replica.',
        (TABLE,),
        recovery,
        reads=("pointInTimeRecovery", "replicas"),
        why="Without it, items that a faulty writer overwrites or deletes are gone, and a backup "
        "taken afterwards holds the fault. The window begins when recovery is turned on, so it "
        "cannot be made up for later. "
        "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html",
    ),
    Rule(
        "dynamodb-table-encryption",
        "high",
        ("CKV_AWS_119",),
        "A table is encrypted with a key in KMS.",
        'Set server_side_encryption={"enabled": True}, with kms_key_arn for a key of your own.',
        (TABLE,),
        encryption,
        reads=("serverSideEncryption",),
        why="A table that asks for nothing is encrypted with a key that AWS owns: its use appears in "
        "no CloudTrail log of the account. "
        "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html",
    ),
    Rule(
        "dynamodb-table-billing-on-demand",
        "medium",
        ("FSBP:DynamoDB.1", "CKV2_AWS_16"),
        "A table's capacity follows demand.",
        'Set billing_mode="PAY_PER_REQUEST".',
        (TABLE,),
        billing,
        reads=("billingMode",),
        why="Provisioned capacity throttles what exceeds it, so trades at a market's peak are delayed "
        "or lost, and it is paid for while nothing is traded. "
        "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html",
    ),
    Rule(
        "dynamodb-table-deletion-protection",
        "high",
        ("FSBP:DynamoDB.6",),
        "AWS refuses to delete a table.",
        "Set deletion_protection_enabled=True.",
        (TABLE,),
        deletion_protection,
        reads=("deletionProtectionEnabled",),
        why="One DeleteTable call, by a script or from the console, removes the table and its items; "
        "the engine's own protection guards against runs of the program only. "
        "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html",
    ),
)
