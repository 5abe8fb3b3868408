"""Rules about DynamoDB tables.

Property names and their meaning: the table resource of the AWS provider,
https://www.pulumi.com/registry/packages/aws/api-docs/dynamodb/table/.
"""

from collections.abc import Iterable

from policy.model import Bag, Finding, Resource, Rule, Unknown
from policy.values import blocks, is_true, look, shown, unproven

TABLE = "aws:dynamodb/table:Table"


def _must_be_true(resource: Resource, line: str, *path: str) -> Iterable[Finding]:
    """Give a finding unless the flag at the path is known to be true."""
    value, where = look(resource.props, *path), ".".join(path)
    if isinstance(value, Unknown):
        yield unproven(value, f"{where} must be true")
    elif not is_true(value):
        state = "missing" if value is None else shown(value)
        yield Finding(f"{where} of {resource.name} is {state}", line)


def recovery(table: Resource, _settings: Bag) -> Iterable[Finding]:
    """Point-in-time recovery on the table and on each replica."""
    yield from _must_be_true(
        table, 'point_in_time_recovery={"enabled": True}', "pointInTimeRecovery", "enabled"
    )
    for index, replica in enumerate(blocks(table.props.get("replicas"))):
        value = replica.get("pointInTimeRecovery")
        if isinstance(value, Unknown):
            yield unproven(value, "point-in-time recovery of every replica must be on")
        elif not is_true(value):
            where = f"replicas[{index}].pointInTimeRecovery"
            yield Finding(f"{where} of {table.name} is {shown(value)}", '"point_in_time_recovery": True')


RULES = (
    Rule(
        "dynamodb-table-point-in-time-recovery",
        "high",
        ("FSBP:DynamoDB.2", "CKV_AWS_28", "AwsSolutions-DDB3"),
        "A table can be restored to any second of the last days.",
        'Set point_in_time_recovery={"enabled": True} on the table, and on each replica.',
        (TABLE,),
        recovery,
    ),
)
