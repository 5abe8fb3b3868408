"""The health of agents: the runtime with its endpoints, the role with its policies, and the logs."""

from collections.abc import Mapping
from typing import Any

from components.settings import Settings
from components.settings.declarations import called
from toolkit.aws.calls import ABSENT, AwsError
from toolkit.operate import bedrock_models, logs, role_policies
from toolkit.operate.context import StackAccount
from toolkit.operate.health import HealthIssue, Row

_READY = "READY"
_CREATE = "create it: ./pulumiw up"
_AGENT_ERRORS = "docs/runbooks.md#agent-errors"


def runtimes(aws: StackAccount) -> dict[str, str]:
    """Return the ids of all AgentCore runtimes of the account and region, by name.

    Raises:
        AwsError: AgentCore refuses the call.
    """
    pages = aws.pages("bedrock-agentcore-control", "list_agent_runtimes", "the agents' runtimes")
    return {
        str(runtime["agentRuntimeName"]): str(runtime["agentRuntimeId"])
        for page in pages
        for runtime in page["agentRuntimes"]
    }


def _runtime(
    aws: StackAccount, name: str, identity: str | None, role: str
) -> tuple[dict[str, Any], list[HealthIssue]]:
    """Return status, version and endpoints of a runtime, and what is wrong with them."""
    if identity is None:
        step = "set its imageDigest, then ./pulumiw up (docs/agents.md)"
        return {"runtime": "missing"}, [HealthIssue(f"there is no runtime {name}", step)]
    about, service = f"runtime {identity}", "bedrock-agentcore-control"
    runtime = aws.ask(service, "get_agent_runtime", about, agentRuntimeId=identity)
    pages = aws.pages(service, "list_agent_runtime_endpoints", about, agentRuntimeId=identity)
    endpoints = {
        str(endpoint["name"]): {"status": str(endpoint["status"]), "version": endpoint.get("liveVersion")}
        for page in pages
        for endpoint in page["runtimeEndpoints"]
    }
    facts = {
        "runtime": str(runtime["status"]),
        "runtime_id": identity,
        "version": str(runtime["agentRuntimeVersion"]),
        "endpoints": endpoints,
    }
    issues: list[HealthIssue] = []
    if runtime["status"] != _READY:
        why = runtime.get("failureReason") or "AgentCore gives no reason"
        issues.append(HealthIssue(f"the runtime is {runtime['status']}: {why}", _AGENT_ERRORS))
    issues += [
        HealthIssue(f"endpoint {endpoint} is {details['status']}", _AGENT_ERRORS)
        for endpoint, details in endpoints.items()
        if details["status"] != _READY
    ]
    runs_as = str(runtime["roleArn"]).rpartition("/")[2]
    if runs_as != role:
        issues.append(HealthIssue(f"it runs as {runs_as}, not as {role}", "set its role: ./pulumiw up"))
    return facts, issues


def _role(aws: StackAccount, name: str) -> tuple[dict[str, Any], list[HealthIssue]]:
    """Return a role with the names of its policies, and what is wrong with it."""
    try:
        description = aws.ask("iam", "get_role", f"role {name}", RoleName=name)["Role"]
    except AwsError as error:
        if error.name not in ABSENT:
            raise
        return {"role": name, "inline": [], "attached": []}, [
            HealthIssue(f"there is no role {name}", _CREATE)
        ]
    inline, managed = role_policies.names(aws, name)
    boundary = description.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
    facts = {"role": name, "inline": inline, "attached": sorted(managed.values()), "boundary": boundary}
    bare = not inline and not managed
    step = "give it its policy: ./pulumiw up"
    return facts, [HealthIssue(f"role {name} has no policy", step)] if bare else []


def agent_row(
    aws: StackAccount,
    settings: Settings,
    name: str,
    runtime_ids: Mapping[str, str],
    offers: Mapping[str, bedrock_models.Offer],
) -> Row:
    """Return the row of an agent.

    Args:
        aws: The stack's account.
        settings: Has the agent.
        name: Its logical name.
        runtime_ids: Ids by the runtime's name, as `runtimes` returns them.
        offers: Lifecycles of models by the id that they are invoked by.

    Raises:
        AwsError: AWS refuses a call.
    """
    agent = settings.agents[name]
    runtime_facts, runtime_issues = _runtime(
        aws, agent.runtime_name, runtime_ids.get(agent.runtime_name), agent.role_name
    )
    role_facts, role_issues = _role(aws, agent.role_name)
    groups, absent = logs.groups_of(aws, settings, name)
    last = logs.last_event(aws, groups)
    last_event = None if last is None else logs.moment(last)
    log_issues = [HealthIssue(f"there is no log group {group}", _CREATE) for group in absent]
    agent_offers = [offers[called(model)] for model in agent.models]
    model_issues = [issue for offer in agent_offers for issue in offer.issues]
    models = {offer.invoked_id: {"state": offer.state, "ends": offer.ends} for offer in agent_offers}
    facts = {
        **runtime_facts,
        **role_facts,
        "models": models,
        "log_groups": groups,
        "last_log_event": last_event,
    }
    return Row(
        "agent",
        name,
        str(runtime_facts["runtime"]),
        facts,
        (*runtime_issues, *role_issues, *model_issues, *log_issues),
    )
