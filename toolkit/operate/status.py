"""Is the system well: agents, documents bucket, tables and queues in rows, those with problems first."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from components.settings import Settings
from components.settings.declarations import called
from toolkit.aws.calls import ABSENT, AwsError, in_parallel
from toolkit.errors import IDENTITY
from toolkit.operate import bedrock_models, logs, queues, role_policies
from toolkit.operate.context import StackAccount
from toolkit.operate.problem import Problem

_READY = "READY"
_MAKE = "make it: ./pulumiw up"


@dataclass(frozen=True)
class Row:
    """One part of the system.

    Attributes:
        kind: `agent`, `bucket`, `table` or `queue`.
        name: Logical name.
        state: One word of AWS's, `missing`, or `unknown` where AWS does not say.
        facts: What else is known of it.
        problems: What is not well.
    """

    kind: str
    name: str
    state: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    problems: tuple[Problem, ...] = ()


def runtimes(place: StackAccount) -> dict[str, str]:
    """Give the ids of all AgentCore runtimes of the account and region, by name.

    Raises:
        AwsError: AgentCore does not say.
    """
    pages = place.pages("bedrock-agentcore-control", "list_agent_runtimes", "the agents' runtimes")
    return {
        str(one["agentRuntimeName"]): str(one["agentRuntimeId"])
        for page in pages
        for one in page["agentRuntimes"]
    }


def _runtime(
    place: StackAccount, name: str, identity: str | None, role: str
) -> tuple[dict[str, Any], list[Problem]]:
    """Give status, version and endpoints of a runtime, and what is wrong with them."""
    if identity is None:
        step = "set its imageDigest, then ./pulumiw up (docs/agents.md)"
        return {"runtime": "missing"}, [Problem(f"there is no runtime {name}", step)]
    about, service = f"runtime {identity}", "bedrock-agentcore-control"
    found = place.ask(service, "get_agent_runtime", about, agentRuntimeId=identity)
    pages = place.pages(service, "list_agent_runtime_endpoints", about, agentRuntimeId=identity)
    endpoints = {
        str(one["name"]): {"status": str(one["status"]), "version": one.get("liveVersion")}
        for page in pages
        for one in page["runtimeEndpoints"]
    }
    facts = {
        "runtime": str(found["status"]),
        "runtime_id": identity,
        "version": str(found["agentRuntimeVersion"]),
        "endpoints": endpoints,
    }
    problems: list[Problem] = []
    if found["status"] != _READY:
        why = found.get("failureReason") or "AgentCore gives no reason"
        problems.append(Problem(f"the runtime is {found['status']}: {why}", "docs/runbooks.md#agent-errors"))
    problems += [
        Problem(f"endpoint {endpoint} is {one['status']}", "docs/runbooks.md#agent-errors")
        for endpoint, one in endpoints.items()
        if one["status"] != _READY
    ]
    runs_as = str(found["roleArn"]).rpartition("/")[2]
    if runs_as != role:
        problems.append(Problem(f"it runs as {runs_as}, not as {role}", "set its role anew: ./pulumiw up"))
    return facts, problems


def _role(place: StackAccount, name: str) -> tuple[dict[str, Any], list[Problem]]:
    """Give a role with the names of its policies, and what is wrong with it."""
    try:
        found = place.ask("iam", "get_role", f"role {name}", RoleName=name)["Role"]
    except AwsError as error:
        if error.name not in ABSENT:
            raise
        return {"role": name, "inline": [], "attached": []}, [Problem(f"there is no role {name}", _MAKE)]
    inline, managed = role_policies.names(place, name)
    bound = found.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
    facts = {"role": name, "inline": inline, "attached": sorted(managed.values()), "boundary": bound}
    bare = not inline and not managed
    step = "give it its policy: ./pulumiw up"
    return facts, [Problem(f"role {name} has no policy", step)] if bare else []


def _agent(
    place: StackAccount,
    settings: Settings,
    name: str,
    known: Mapping[str, Any] | AwsError,
    offered: Mapping[str, bedrock_models.Offer],
) -> Row:
    agent = settings.agents[name]
    ran, wrong = _runtime(place, agent.runtime_name, _given(known).get(agent.runtime_name), agent.role_name)
    may, also = _role(place, agent.role_name)
    groups, absent = logs.groups_of(place, settings, name)
    last = logs.last_event(place, groups)
    said = None if last is None else logs.moment(last)
    unlogged = [Problem(f"there is no log group {one}", _MAKE) for one in absent]
    invoked = [offered[called(model)] for model in agent.models]
    unmodelled = [problem for one in invoked for problem in one.problems]
    told = {one.called: {"state": one.state, "ends": one.ends} for one in invoked}
    facts = {**ran, **may, "models": told, "log_groups": groups, "last_log_event": said}
    return Row("agent", name, str(ran["runtime"]), facts, (*wrong, *also, *unmodelled, *unlogged))


def _bucket(place: StackAccount, settings: Settings, name: str) -> Row:
    bucket = settings.documents.name
    about = f"bucket {bucket}"
    try:
        found = place.ask("s3", "head_bucket", about, Bucket=bucket)
    except AwsError as error:
        if error.name not in ABSENT:
            raise
        return Row("bucket", name, "missing", {"bucket": bucket}, (Problem("it does not exist", _MAKE),))
    region = found.get("BucketRegion") or settings.region  # older endpoints do not say
    given = place.ask("s3", "get_bucket_versioning", about, Bucket=bucket).get("Status", "never enabled")
    problems: list[Problem] = []
    if region != settings.region:
        problems.append(
            Problem(
                f"it is in {region}, the stack in {settings.region}",
                "name the right bucket in the stack's file",
            )
        )
    if given != "Enabled":
        problems.append(Problem(f"versioning is {given}", "enable it: ./pulumiw up"))
    facts = {"bucket": bucket, "region": region, "versioning": given}
    return Row("bucket", name, "reachable", facts, tuple(problems))


def _table(place: StackAccount, settings: Settings, name: str) -> Row:
    """Look at a table; DynamoDB counts its items about every six hours (API reference, TableDescription)."""
    table = settings.tables[name].name
    try:
        found = place.ask("dynamodb", "describe_table", f"table {table}", TableName=table)["Table"]
    except AwsError as error:
        if error.name not in ABSENT:
            raise
        return Row("table", name, "missing", {"table": table}, (Problem("it does not exist", _MAKE),))
    status = str(found["TableStatus"])
    facts = {"table": table, "items": int(found["ItemCount"])}
    wrong = Problem(f"it is {status}", "docs/runbooks.md#table-errors")
    return Row("table", name, status, facts, () if status in ("ACTIVE", "UPDATING") else (wrong,))


def _queue(place: StackAccount, settings: Settings, name: str, ages: Mapping[str, Any] | AwsError) -> Row:
    found = queues.state(place, settings, name, _given(ages))
    facts = {key: one for key, one in asdict(found).items() if key not in ("name", "problems")}
    return Row("queue", name, "missing" if found.visible is None else "there", facts, found.problems)


def _safely(kind: str, name: str, look: Callable[[], Row]) -> Row:
    """Look at one thing; what AWS does not say of it is its problem, and no other's.

    Raises:
        AwsError: Credentials no longer count, so that nothing more can be said of anything.
    """
    try:
        return look()
    except AwsError as error:
        if error.exit_code == IDENTITY:
            raise
        return Row(kind, name, "unknown", {}, (Problem(error.message, error.next_step),))


def _asked(ask: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any] | AwsError:
    """Ask what several rows are made of; its failure is the problem of each of them."""
    try:
        return ask()
    except AwsError as error:
        if error.exit_code == IDENTITY:
            raise
        return error


def _given(known: Mapping[str, Any] | AwsError) -> Mapping[str, Any]:
    if isinstance(known, AwsError):
        raise known
    return known


def survey(place: StackAccount, settings: Settings) -> list[Row]:
    """Give all parts of a stack, those with problems first.

    Raises:
        AwsError: Credentials no longer count.
    """
    known = _asked(lambda: runtimes(place))
    ages = _asked(lambda: queues.ages(place, [one.name for one in settings.queues.values()]))
    offered = bedrock_models.offers(
        place, [one for agent in settings.agents.values() for one in agent.models]
    )
    looks: list[tuple[str, str, Callable[[], Row]]] = [
        *(("agent", one, partial(_agent, place, settings, one, known, offered)) for one in settings.agents),
        ("bucket", "documents", partial(_bucket, place, settings, "documents")),
        *(("table", one, partial(_table, place, settings, one)) for one in settings.tables),
        *(("queue", one, partial(_queue, place, settings, one, ages)) for one in settings.queues),
    ]
    rows = in_parallel(lambda look: _safely(*look), looks)
    return sorted(rows, key=lambda row: not row.problems)
