"""Bedrock AgentCore: agent runtimes, and the endpoints that they are called through."""

from collections.abc import Mapping
from typing import Any, cast

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.shapes import inverse, pick
from embedded.aws.plugin.values import Bag

SERVICE = "bedrock-agentcore-control"
GONE = frozenset({"ResourceNotFoundException"})
_SINGULAR = {
    "entryPoints": "entryPoint",
    "customJwtAuthorizer": "customJWTAuthorizer",
    "allowedAudiences": "allowedAudience",
    "matchValueStringLists": "matchValueStringList",
    "requestHeaderAllowlists": "requestHeaderAllowlist",
}
_SHAPED = (
    "agentRuntimeArtifact",
    "authorizerConfiguration",
    "filesystemConfigurations",
    "networkConfiguration",
    "protocolConfiguration",
    "requestHeaderConfiguration",
)
_PLAIN = ("description", "environmentVariables", "platformVersion", "roleArn")
_LIFECYCLE = "lifecycleConfigurations"
_CHOSEN = {name: name for name in (_LIFECYCLE, "platformVersion")}  # by AWS, where the program does not say
_S3_ENDPOINT = "requireServiceS3Endpoint"


def _renamed(value: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - a property value may be anything
    """Return a value with renamed keys at every depth, except in maps whose keys are the user's."""
    if isinstance(value, dict):
        entries = cast("Bag", value).items()
        return {names.get(k, k): v if k == "tags" else _renamed(v, names) for k, v in entries}
    if isinstance(value, list):
        return [_renamed(item, names) for item in cast("list[Any]", value)]
    return value


def _configuration(new: Bag) -> Bag:
    """Return a runtime's whole configuration in the form of the API; every update sends all of it."""
    configuration = {name: _renamed(new[name], _SINGULAR) for name in _SHAPED if new.get(name)}
    # AWS alone decides it, and refuses a request that names it
    configuration["networkConfiguration"].get("networkModeConfig", {}).pop(_S3_ENDPOINT, None)
    lifecycle = {"lifecycleConfiguration": new[_LIFECYCLE][0]} if new.get(_LIFECYCLE) else {}
    return {**configuration, **lifecycle, **{name: new[name] for name in _PLAIN if new.get(name)}}


def create_runtime(aws: Aws, new: Bag) -> str:
    """Create the runtime; AWS makes its id of the name and ten characters."""
    settings = {"agentRuntimeName": new["agentRuntimeName"], "tags": new.get("tagsAll") or {}}
    answer = aws.client(SERVICE).create_agent_runtime(**settings, **_configuration(new))
    return str(answer["agentRuntimeId"])


def update_runtime(aws: Aws, runtime_id: str, old: Bag, new: Bag) -> None:
    """Create a new version of the runtime; a change of tags alone creates none."""
    desired = _configuration({**pick(old, _CHOSEN), **new})
    if desired != _configuration(old):
        aws.client(SERVICE).update_agent_runtime(agentRuntimeId=runtime_id, **desired)


def read_runtime(aws: Aws, runtime_id: str) -> Bag | None:
    """Return the runtime's latest version."""
    client = aws.client(SERVICE)
    live = client.get_agent_runtime(agentRuntimeId=runtime_id)
    identifiers = ("agentRuntimeArn", "agentRuntimeId", "agentRuntimeName", "agentRuntimeVersion")
    return {
        **{name: live[name] for name in (*identifiers, *_PLAIN) if live.get(name)},
        **{name: _renamed(live[name], inverse(_SINGULAR)) for name in _SHAPED if live.get(name)},
        _LIFECYCLE: [live["lifecycleConfiguration"]],
        "workloadIdentityDetails": [live["workloadIdentityDetails"]],
        "tags": tags_of(aws, live["agentRuntimeArn"]),
    }


def delete_runtime(aws: Aws, runtime_id: str, _state: Bag) -> None:
    """Delete the runtime with all its versions."""
    aws.client(SERVICE).delete_agent_runtime(agentRuntimeId=runtime_id)


def another_artifact(old: Bag, new: Bag) -> frozenset[str]:
    """Return the artifact if a runtime changes between container and code, which replaces it.

    Args:
        old: The runtime's state.
        new: The program's inputs.

    Returns:
        The artifact, if it changes its kind.
    """
    before, after = (cast("Bag", bag.get("agentRuntimeArtifact") or {}) for bag in (old, new))
    changed = after.keys() and before.keys() and after.keys() != before.keys()
    return frozenset({"agentRuntimeArtifact"}) if changed else frozenset()


def create_endpoint(aws: Aws, new: Bag) -> str:
    """Create the endpoint; without a version it leads to the latest one."""
    names = ("agentRuntimeId", "agentRuntimeVersion", "description", "name")
    settings = {name: new[name] for name in names if new.get(name)}
    aws.client(SERVICE).create_agent_runtime_endpoint(**settings, tags=new.get("tagsAll") or {})
    return f"{new['agentRuntimeId']},{new['name']}"


def update_endpoint(aws: Aws, endpoint_id: str, old: Bag, new: Bag) -> None:
    """Lead the endpoint to another version, or describe it otherwise."""
    names = ("agentRuntimeVersion", "description")
    desired = {name: new[name] for name in names if name in new}
    if any(value != old.get(name) for name, value in desired.items()):
        runtime, _, name = endpoint_id.partition(",")
        aws.client(SERVICE).update_agent_runtime_endpoint(
            agentRuntimeId=runtime, endpointName=name, **desired
        )


def read_endpoint(aws: Aws, endpoint_id: str) -> Bag | None:
    """Return the live state of the endpoint."""
    runtime, _, name = endpoint_id.partition(",")
    live = aws.client(SERVICE).get_agent_runtime_endpoint(agentRuntimeId=runtime, endpointName=name)
    names = ("agentRuntimeArn", "agentRuntimeEndpointArn", "description", "name")
    return {
        **{name: live[name] for name in names if live.get(name)},
        "agentRuntimeId": runtime,
        "agentRuntimeVersion": live.get("liveVersion"),
        "tags": tags_of(aws, live["agentRuntimeEndpointArn"]),
    }


def delete_endpoint(aws: Aws, endpoint_id: str, _state: Bag) -> None:
    """Delete the endpoint; the runtime stays."""
    runtime, _, name = endpoint_id.partition(",")
    aws.client(SERVICE).delete_agent_runtime_endpoint(agentRuntimeId=runtime, endpointName=name)


def tags_of(aws: Aws, arn: str) -> dict[str, str]:
    """Return all tags of the resource of an ARN."""
    return dict(aws.client(SERVICE).list_tags_for_resource(resourceArn=arn)["tags"])


def retag_arn(aws: Aws, arn: str, new_tags: dict[str, str], removed_keys: list[str]) -> None:
    """Change the tags of what has this ARN."""
    if removed_keys:
        aws.client(SERVICE).untag_resource(resourceArn=arn, tagKeys=removed_keys)
    if new_tags:
        aws.client(SERVICE).tag_resource(resourceArn=arn, tags=new_tags)


MODELS = {
    "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": Model(
        page="bedrockagentcore_agent_runtime",
        create=create_runtime,
        read=read_runtime,
        update=update_runtime,
        delete=delete_runtime,
        retag=lambda aws, _id, state, new_tags, removed: retag_arn(
            aws, state["agentRuntimeArn"], new_tags, removed
        ),
        replaces=frozenset({"agentRuntimeName", "region"}),
        replaces_when=another_artifact,
        computed=frozenset(
            {
                "region",
                _LIFECYCLE,
                "platformVersion",
                f"networkConfiguration.networkModeConfig.{_S3_ENDPOINT}",
            }
        ),
        sets={
            "networkConfiguration.networkModeConfig.securityGroups": "",
            "networkConfiguration.networkModeConfig.subnets": "",
            "requestHeaderConfiguration.requestHeaderAllowlists": "",
            "authorizerConfiguration.customJwtAuthorizer.allowedAudiences": "",
            "authorizerConfiguration.customJwtAuthorizer.allowedClients": "",
            "authorizerConfiguration.customJwtAuthorizer.allowedScopes": "",
            "authorizerConfiguration.customJwtAuthorizer.customClaims": "inboundTokenClaimName",
        },
        renewed=frozenset({"agentRuntimeVersion"}),
        unread=frozenset({"timeouts"}),
        missing=GONE,
        name="agentRuntimeName",
    ),
    "aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint": Model(
        page="bedrockagentcore_agent_runtime_endpoint",
        create=create_endpoint,
        read=read_endpoint,
        update=update_endpoint,
        delete=delete_endpoint,
        retag=lambda aws, _id, state, new_tags, removed: retag_arn(
            aws, state["agentRuntimeEndpointArn"], new_tags, removed
        ),
        replaces=frozenset({"agentRuntimeId", "name", "region"}),
        computed=frozenset({"agentRuntimeVersion", "region"}),
        unread=frozenset({"timeouts"}),
        missing=GONE,
    ),
}
