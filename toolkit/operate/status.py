"""Whether the system is well: agents, documents bucket, tables and queues, those with issues first."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from components.settings import Settings
from toolkit.aws.calls import ABSENT, AwsError, in_parallel
from toolkit.errors import IDENTITY
from toolkit.operate import agents, bedrock_models, queues
from toolkit.operate.context import StackAccount
from toolkit.operate.health import HealthIssue, Row

_CREATE = "create it: ./pulumiw up"


def _agent(
    aws: StackAccount,
    settings: Settings,
    name: str,
    runtime_ids: Mapping[str, Any] | AwsError,
    offers: Mapping[str, bedrock_models.Offer],
) -> Row:
    return agents.agent_row(aws, settings, name, _or_raise(runtime_ids), offers)


def _bucket(aws: StackAccount, settings: Settings, name: str) -> Row:
    bucket = settings.documents.name
    about = f"bucket {bucket}"
    try:
        head = aws.ask("s3", "head_bucket", about, Bucket=bucket)
    except AwsError as error:
        if error.name not in ABSENT:
            raise
        return Row(
            "bucket", name, "missing", {"bucket": bucket}, (HealthIssue("it does not exist", _CREATE),)
        )
    region = head.get("BucketRegion") or settings.region  # older endpoints do not say
    versioning = aws.ask("s3", "get_bucket_versioning", about, Bucket=bucket).get("Status", "never enabled")
    issues: list[HealthIssue] = []
    if region != settings.region:
        issues.append(
            HealthIssue(
                f"it is in {region}, the stack in {settings.region}",
                "name the right bucket in the stack's file",
            )
        )
    if versioning != "Enabled":
        issues.append(HealthIssue(f"versioning is {versioning}", "enable it: ./pulumiw up"))
    facts = {"bucket": bucket, "region": region, "versioning": versioning}
    return Row("bucket", name, "reachable", facts, tuple(issues))


def _table(aws: StackAccount, settings: Settings, name: str) -> Row:
    """Return the row of a table; DynamoDB updates the item count every six hours (TableDescription)."""
    table = settings.tables[name].name
    try:
        description = aws.ask("dynamodb", "describe_table", f"table {table}", TableName=table)["Table"]
    except AwsError as error:
        if error.name not in ABSENT:
            raise
        return Row("table", name, "missing", {"table": table}, (HealthIssue("it does not exist", _CREATE),))
    status = str(description["TableStatus"])
    facts = {"table": table, "items": int(description["ItemCount"])}
    issue = HealthIssue(f"it is {status}", "docs/runbooks.md#table-errors")
    return Row("table", name, status, facts, () if status in ("ACTIVE", "UPDATING") else (issue,))


def _queue(aws: StackAccount, settings: Settings, name: str, ages: Mapping[str, Any] | AwsError) -> Row:
    queue = queues.state(aws, settings, name, _or_raise(ages))
    facts = {key: value for key, value in asdict(queue).items() if key not in ("name", "issues")}
    return Row("queue", name, "missing" if queue.visible is None else "there", facts, queue.issues)


def _safely(kind: str, name: str, make_row: Callable[[], Row]) -> Row:
    """Return a row; a call that AWS refuses is an issue of this row and of no other.

    Raises:
        AwsError: The credentials have expired, so that every other call would fail as well.
    """
    try:
        return make_row()
    except AwsError as error:
        if error.exit_code == IDENTITY:
            raise
        return Row(kind, name, "unknown", {}, (HealthIssue(error.message, error.next_step),))


def _attempt(call: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any] | AwsError:
    """Return what several rows are made of, or the error, which is then an issue of each of them."""
    try:
        return call()
    except AwsError as error:
        if error.exit_code == IDENTITY:
            raise
        return error


def _or_raise(answer: Mapping[str, Any] | AwsError) -> Mapping[str, Any]:
    if isinstance(answer, AwsError):
        raise answer
    return answer


def survey(aws: StackAccount, settings: Settings) -> list[Row]:
    """Return all parts of a stack, those with issues first.

    Raises:
        AwsError: The credentials have expired.
    """
    runtime_ids = _attempt(lambda: agents.runtimes(aws))
    ages = _attempt(lambda: queues.ages(aws, [queue.name for queue in settings.queues.values()]))
    offers = bedrock_models.offers(
        aws, [model for agent in settings.agents.values() for model in agent.models]
    )
    parts: list[tuple[str, str, Callable[[], Row]]] = [
        *(
            ("agent", name, partial(_agent, aws, settings, name, runtime_ids, offers))
            for name in settings.agents
        ),
        ("bucket", "documents", partial(_bucket, aws, settings, "documents")),
        *(("table", name, partial(_table, aws, settings, name)) for name in settings.tables),
        *(("queue", name, partial(_queue, aws, settings, name, ages)) for name in settings.queues),
    ]
    rows = in_parallel(lambda part: _safely(*part), parts)
    return sorted(rows, key=lambda row: not row.issues)
