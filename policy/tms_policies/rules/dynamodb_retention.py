"""Rules about how long DynamoDB keeps items and can restore them."""

from collections.abc import Iterable
from fnmatch import fnmatchcase

from tms_policies.documents.actions import covers
from tms_policies.model import Bag, Finding, Resource, Stack, Unknown
from tms_policies.must import must_be, must_lie
from tms_policies.references import tail
from tms_policies.registry import rule
from tms_policies.rules.dynamodb import TABLE
from tms_policies.settings import by_name, integer, selected, strings
from tms_policies.values import is_true, items, look

_SELECTION = "aws:backup/selection:Selection"
_LONGEST = 35  # days, the most that DynamoDB keeps and what it keeps when nothing is said


@rule(
    "dynamodb-table-recovery-period",
    severity="medium",
    types=(TABLE,),
    reads=("pointInTimeRecovery",),
    settings={
        "minimumDays": integer("Fewest days that a table can be restored back", _LONGEST, (1, _LONGEST))
    },
    remedy="Leave recovery_period_in_days out, or set it high enough.",
    why="A fault that is noticed after the period has passed can no longer be undone: items are "
    "recoverable from within it only. "
    "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoverySpecification.html",
)
def recovery_period(table: Resource, settings: Bag) -> Iterable[Finding]:
    """A table can be restored as many days back as are set.

    As many days back as are set; that recovery is on at all is a rule of its own.
    """
    if is_true(look(table.props, "pointInTimeRecovery", "enabled")):
        least = settings["minimumDays"]
        line = f'point_in_time_recovery={{"enabled": True, "recovery_period_in_days": {least:g}}}'
        path = "pointInTimeRecovery.recoveryPeriodInDays"
        yield from must_lie(table, path, (least, _LONGEST), line, default=_LONGEST)


@rule(
    "dynamodb-table-required-expiry",
    severity="medium",
    types=(TABLE,),
    reads=("ttl",),
    settings={
        "attributes": by_name("Per table name (`*` and `?` match), the attribute by which items expire")
    },
    remedy="Set ttl with the attribute that is set for the table.",
    why="DynamoDB passes over items that lack the attribute, so a table that names another one "
    "than its writers fill keeps everything for good, and is paid for. "
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html",
)
def required_expiry(table: Resource, settings: Bag) -> Iterable[Finding]:
    """Items of the tables that are set expire by the attribute that their writers fill."""
    name = table.props.get("name")
    for pattern, attribute in settings["attributes"].items():
        if not isinstance(name, str) or fnmatchcase(name, pattern):
            line = f'ttl={{"enabled": True, "attribute_name": "{attribute}"}}'
            yield from must_be(table, "ttl.attributeName", (attribute,), line)
            enabled = look(table.props, "ttl", "enabled")
            if look(table.props, "ttl", "attributeName") == attribute and not isinstance(enabled, Unknown):
                yield from must_be(table, "ttl.enabled", (True, "true"), line)


@rule(
    "dynamodb-table-backup-plan",
    severity="medium",
    scope="stack",
    types=(TABLE, _SELECTION),
    settings={"tables": strings("Names of tables that must be in a plan; `*` and `?` match")},
    remedy="Declare a backup.Selection that takes the table.",
    why="Point-in-time recovery ends after 35 days and goes with the table; a plan's copies are apart. "
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/whatisbackup.html",
)
def backup_plan(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """The tables that are set are in a backup plan."""
    for table in stack.of(TABLE):
        if not selected(table, "name", settings["tables"]):
            continue
        if not any(_takes(resource, table) for resource in stack.of(_SELECTION)):
            yield Finding(
                f"no backup selection of this stack takes {table.name}",
                "backup.Selection(plan_id=..., iam_role_arn=..., resources=[table.arn])",
                table.urn,
            )


def _takes(selection: Resource, table: Resource) -> bool:
    """Return whether a selection names a table, or everything, or takes it by tags."""
    if any(selection.props.get(name) for name in ("selectionTags", "conditions")):
        return True
    if table.urn in selection.dependencies.get("resources", ()):
        return True
    names = [item for item in items(selection.props.get("resources")) if isinstance(item, str)]
    return any(item == "*" or covers(tail(item), str(table.props.get("name"))) for item in names)
