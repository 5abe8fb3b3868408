"""Rules about DynamoDB tables: recovery, encryption, billing, deletion.

Property names and their meaning: the table resource of the AWS provider,
https://www.pulumi.com/registry/packages/aws/api-docs/dynamodb/table/.
"""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.must import must_be_set, must_be_true
from tms_policies.registry import rule
from tms_policies.settings import selected, strings
from tms_policies.values import blocks, is_true, look, shown, unproven

TABLE = "aws:dynamodb/table:Table"


@rule(
    "dynamodb-table-point-in-time-recovery",
    severity="high",
    types=(TABLE,),
    reads=("pointInTimeRecovery", "replicas"),
    remedy='Set point_in_time_recovery={"enabled": True} on the table, and on each replica.',
    why="Without it, items that a faulty writer overwrites or deletes are gone, and a backup "
    "taken afterwards holds the fault. The window begins when recovery is turned on, so it "
    "cannot be made up for later. "
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html",
)
def recovery(table: Resource, _settings: Bag) -> Iterable[Finding]:
    """A table can be restored to any second of the last days."""
    line = 'point_in_time_recovery={"enabled": True}'
    yield from must_be_true(table, "pointInTimeRecovery.enabled", line)
    replicas = table.props.get("replicas")
    if isinstance(replicas, Unknown):
        yield unproven(replicas, "point-in-time recovery of every replica must be on")
    for index, replica in enumerate(blocks(replicas)):
        value = replica.get("pointInTimeRecovery")
        if isinstance(value, Unknown):
            yield unproven(value, "point-in-time recovery of every replica must be on")
        elif not is_true(value):
            location = f"replicas[{index}].pointInTimeRecovery"
            yield Finding(
                f"{location} of {table.name} is {shown(value)}",
                'replicas=[{..., "point_in_time_recovery": True}]',
            )


@rule(
    "dynamodb-table-encryption",
    severity="high",
    types=(TABLE,),
    reads=("serverSideEncryption",),
    remedy='Set server_side_encryption={"enabled": True}, with kms_key_arn for a key of your own.',
    why="A table that asks for nothing is encrypted with a key that AWS owns: its use appears in "
    "no CloudTrail log of the account. "
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html",
)
def encryption(table: Resource, _settings: Bag) -> Iterable[Finding]:
    """A table is encrypted with a key in KMS."""
    line = 'server_side_encryption={"enabled": True}'
    return must_be_true(table, "serverSideEncryption.enabled", line)


@rule(
    "dynamodb-table-deletion-protection",
    severity="high",
    types=(TABLE,),
    reads=("deletionProtectionEnabled",),
    remedy="Set deletion_protection_enabled=True.",
    why="One DeleteTable call, by a script or from the console, removes the table and its items; "
    "the engine's own protection guards against runs of the program only. "
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html",
)
def deletion_protection(table: Resource, _settings: Bag) -> Iterable[Finding]:
    """AWS refuses to delete a table."""
    return must_be_true(table, "deletionProtectionEnabled", "deletion_protection_enabled=True")


@rule(
    "dynamodb-table-billing-on-demand",
    severity="medium",
    types=(TABLE,),
    reads=("billingMode",),
    remedy='Set billing_mode="PAY_PER_REQUEST".',
    why="Provisioned capacity throttles what exceeds it, so trades at a market's peak are delayed "
    "or lost, and it is paid for while nothing is traded. "
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html",
)
def billing(table: Resource, _settings: Bag) -> Iterable[Finding]:
    """A table's capacity follows demand.

    On-demand capacity; left out, the provider provisions.
    """
    value = table.props.get("billingMode")
    if isinstance(value, Unknown):
        yield unproven(value, f"billingMode of {table.name} must be PAY_PER_REQUEST")
    elif value != "PAY_PER_REQUEST":
        state = "missing, which means PROVISIONED" if value is None else shown(value)
        yield Finding(f"billingMode of {table.name} is {state}", 'billing_mode="PAY_PER_REQUEST"')


@rule(
    "dynamodb-table-customer-key",
    severity="medium",
    types=(TABLE,),
    reads=("serverSideEncryption",),
    settings={"tables": strings("Names of tables that need a customer's key; `*` and `?` match")},
    remedy="Set kms_key_arn in server_side_encryption.",
    why="The policy of a key that AWS owns or manages cannot be changed, and such a key cannot be "
    "disabled: nobody can be kept from the data by way of the key. "
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.howitworks.html",
)
def customer_key(table: Resource, settings: Bag) -> Iterable[Finding]:
    """The tables that are set are encrypted with a customer's key."""
    if not selected(table, "name", settings["tables"]):
        return
    line = 'server_side_encryption={"enabled": True, "kms_key_arn": "<key ARN>"}'
    key = look(table.props, "serverSideEncryption", "kmsKeyArn")
    if isinstance(key, str) and "alias/aws/" in key:
        location = f"serverSideEncryption.kmsKeyArn of {table.name}"
        yield Finding(f"{location} is {shown(key)}, which is AWS's own key", line)
        return
    yield from must_be_set(table, "serverSideEncryption.kmsKeyArn", line)
    if key:
        yield from must_be_true(table, "serverSideEncryption.enabled", line)
