"""Rules about DynamoDB tables: how far back they go; by table, customer keys and expiry."""

from collections.abc import Iterable
from fnmatch import fnmatchcase

from tms_policies.documents.actions import covers
from tms_policies.model import Bag, Finding, Resource, Rule, Stack, Unknown
from tms_policies.rules.dynamodb import TABLE
from tms_policies.rules.flags import must_be_true
from tms_policies.rules.needs import by_name, chosen, integer, must_be, must_have, must_lie, strings
from tms_policies.rules.references import tail
from tms_policies.values import is_true, items, look, shown

_SELECTION = "aws:backup/selection:Selection"
_LONGEST = 35  # days, the most that DynamoDB keeps and what it keeps when nothing is said


def recovery_period(table: Resource, settings: Bag) -> Iterable[Finding]:
    """As many days back as are set; that recovery is on at all is a rule of its own."""
    if is_true(look(table.props, "pointInTimeRecovery", "enabled")):
        least = settings["minimumDays"]
        line = f'point_in_time_recovery={{"enabled": True, "recovery_period_in_days": {least:g}}}'
        path = ("pointInTimeRecovery", "recoveryPeriodInDays")
        yield from must_lie(table, (least, _LONGEST), line, *path, default=_LONGEST)


def customer_key(table: Resource, settings: Bag) -> Iterable[Finding]:
    """A key of the customer's own on the tables that are set."""
    if not chosen(table, "name", settings["tables"]):
        return
    line = 'server_side_encryption={"enabled": True, "kms_key_arn": "<key ARN>"}'
    key = look(table.props, "serverSideEncryption", "kmsKeyArn")
    if isinstance(key, str) and "alias/aws/" in key:
        where = f"serverSideEncryption.kmsKeyArn of {table.name}"
        yield Finding(f"{where} is {shown(key)}, which is AWS's own key", line)
        return
    yield from must_have(table, line, "serverSideEncryption", "kmsKeyArn")
    if key:
        yield from must_be_true(table, line, "serverSideEncryption", "enabled")


def required_expiry(table: Resource, settings: Bag) -> Iterable[Finding]:
    """Items of the tables that are set expire by the attribute that is set."""
    name = table.props.get("name")
    for pattern, attribute in settings["attributes"].items():
        if not isinstance(name, str) or fnmatchcase(name, pattern):
            line = f'ttl={{"enabled": True, "attribute_name": "{attribute}"}}'
            yield from must_be(table, (attribute,), line, "ttl", "attributeName")
            enabled = look(table.props, "ttl", "enabled")
            if look(table.props, "ttl", "attributeName") == attribute and not isinstance(enabled, Unknown):
                yield from must_be(table, (True, "true"), line, "ttl", "enabled")


def backup_plan(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """The tables that are set are in a backup plan, by name or by what the selection takes."""
    for table in stack.of(TABLE):
        if not chosen(table, "name", settings["tables"]):
            continue
        if not any(_takes(one, table) for one in stack.of(_SELECTION)):
            yield Finding(
                f"no backup selection of this stack takes {table.name}",
                "backup.Selection(plan_id=..., iam_role_arn=..., resources=[table.arn])",
                table.urn,
            )


def _takes(selection: Resource, table: Resource) -> bool:
    """Say whether a selection names a table, or everything, or takes it by tags."""
    if any(selection.props.get(name) for name in ("selectionTags", "conditions")):
        return True
    if table.urn in selection.dependencies.get("resources", ()):
        return True
    named = [one for one in items(selection.props.get("resources")) if isinstance(one, str)]
    return any(one == "*" or covers(tail(one), str(table.props.get("name"))) for one in named)


RULES = (
    Rule(
        "dynamodb-table-backup-plan",
        "medium",
        ("FSBP:DynamoDB.4",),
        "The tables that are set are in a backup plan.",
        "Declare a backup.Selection that takes the table.",
        (TABLE, _SELECTION),
        backup_plan,
        scope="stack",
        settings={"tables": strings("Names of tables that must be in a plan; `*` and `?` match")},
        why="Point-in-time recovery ends after 35 days and goes with the table; a plan's copies are apart. "
        "https://docs.aws.amazon.com/aws-backup/latest/devguide/whatisbackup.html",
    ),
    Rule(
        "dynamodb-table-recovery-period",
        "medium",
        (),
        "A table can be restored as many days back as are set.",
        "Leave recovery_period_in_days out, or set it high enough.",
        (TABLE,),
        recovery_period,
        reads=("pointInTimeRecovery",),
        settings={
            "minimumDays": integer("Fewest days that a table can be restored back", _LONGEST, (1, _LONGEST))
        },
        why="A fault that is noticed after the period has passed can no longer be undone: items are "
        "recoverable from within it only. "
        "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoverySpecification.html",
    ),
    Rule(
        "dynamodb-table-customer-key",
        "medium",
        ("CKV_AWS_119",),
        "The tables that are set are encrypted with a customer's key.",
        "Set kms_key_arn in server_side_encryption.",
        (TABLE,),
        customer_key,
        reads=("serverSideEncryption",),
        settings={"tables": strings("Names of tables that need a customer's key; `*` and `?` match")},
        why="The policy of a key that AWS owns or manages cannot be changed, and such a key cannot be "
        "disabled: nobody can be kept from the data by way of the key. "
        "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.howitworks.html",
    ),
    Rule(
        "dynamodb-table-required-expiry",
        "medium",
        (),
        "Items of the tables that are set expire by the attribute that their writers fill.",
        "Set ttl with the attribute that is set for the table.",
        (TABLE,),
        required_expiry,
        reads=("ttl",),
        settings={
            "attributes": by_name("Per table name (`*` and `?` match), the attribute by which items expire")
        },
        why="DynamoDB passes over items that lack the attribute, so a table that names another one "
        "than its writers fill keeps everything for good, and is paid for. "
        "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html",
    ),
)
