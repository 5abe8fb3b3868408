"""Patches of moto's Bedrock AgentCore control plane."""

import functools
import re
from collections.abc import Callable
from typing import Any, cast

from moto.bedrockagentcorecontrol.exceptions import BedrockAgentCoreControlClientError, ConflictException
from moto.bedrockagentcorecontrol.models import (
    AgentRuntime,
    AgentRuntimeEndpoint,
    BedrockAgentCoreControlBackend,
    Memory,
)
from moto.bedrockagentcorecontrol.responses import BedrockAgentCoreControlResponse
from moto.core.responses import ActionResult
from moto.moto_api._internal import mock_random

_LIFECYCLE = {"idleRuntimeSessionTimeout": 900, "maxLifetime": 28800}
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9_]{0,47}")
_RUNTIME_ALSO = ("filesystemConfigurations", "platformVersion")


class _InvalidError(BedrockAgentCoreControlClientError):
    """What AWS says of a request that does not fit."""

    code = "ValidationException"


def _id(name: str) -> str:
    return f"{name}-{mock_random.get_random_string(length=10, include_digits=True)}"


def name_what_is_made() -> None:
    """Runtimes, endpoints and memories have ids and ARNs that begin with their names.

    AWS: an id is the name, a hyphen and ten letters or digits; an ARN holds the id and no version
    (docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_GetAgentRuntime.html,
    API_GetAgentRuntimeEndpoint.html and API_GetMemory.html).
    moto: ids have nothing of the name, and a runtime's ARN changes with each version.
    """
    runtime: Callable[..., None] = AgentRuntime.__init__
    endpoint: Callable[..., None] = AgentRuntimeEndpoint.__init__
    memory: Callable[..., None] = Memory.__init__

    @functools.wraps(runtime)
    def name_runtime(self: AgentRuntime, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passes on what comes
        runtime(self, *args, **kwargs)
        arn_prefix = self.agent_runtime_arn.rpartition(":agent/")[0]
        runtime_id = _id(self.agent_runtime_name)
        directory = self.workload_identity_details["workloadIdentityArn"].rpartition("/")[0]
        self.agent_runtime_id, self.agent_runtime_arn = runtime_id, f"{arn_prefix}:runtime/{runtime_id}"
        self.workload_identity_details = {"workloadIdentityArn": f"{directory}/{runtime_id}"}
        self.lifecycle_configuration = {**_LIFECYCLE, **self.lifecycle_configuration}
        self.versions = []
        self._snapshot_version()  # pyright: ignore[reportPrivateUsage] - moto's own record

    @functools.wraps(endpoint)
    def name_endpoint(self: AgentRuntimeEndpoint, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as above
        endpoint(self, *args, **kwargs)
        self.agent_runtime_endpoint_arn = f"{self.agent_runtime_arn}/runtime-endpoint/{self.name}"

    @functools.wraps(memory)
    def name_memory(self: Memory, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as above
        memory(self, *args, **kwargs)
        self.memory_id = _id(self.name)
        self.memory_arn = f"{self.memory_arn.rpartition('/')[0]}/{self.memory_id}"

    AgentRuntime.__init__ = name_runtime
    AgentRuntimeEndpoint.__init__ = name_endpoint
    Memory.__init__ = name_memory


def refuse_wrong_names() -> None:
    """A name has letters, digits and underscores only, and one runtime has it at a time.

    AWS: the pattern of agentRuntimeName, of an endpoint's and of a memory's name, without hyphens; a second
    runtime of a name is a conflict
    (docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateAgentRuntime.html).
    moto: any name is taken, as often as it is given.
    """

    def checked(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def check(self: BedrockAgentCoreControlBackend, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passes on what comes
            name = str(kwargs.get("agent_runtime_name") or kwargs.get("name") or "")
            if name and not _NAME.fullmatch(name):
                raise _InvalidError(f"'{name}' failed to satisfy constraint: {_NAME.pattern}")
            runtimes = self.agent_runtimes.values()
            if any(runtime.agent_runtime_name == kwargs.get("agent_runtime_name") for runtime in runtimes):
                raise ConflictException(f"An agent with the name {name} already exists")
            return original(self, *args, **kwargs)

        return check

    backend = BedrockAgentCoreControlBackend
    backend.create_agent_runtime = checked(backend.create_agent_runtime)
    backend.create_agent_runtime_endpoint = checked(backend.create_agent_runtime_endpoint)
    backend.create_memory = checked(backend.create_memory)


def make_whole_versions() -> None:
    """An update makes a version of what it gives, and the default endpoint leads there.

    AWS: UpdateAgentRuntime makes a version with a configuration of its own; what it leaves out is not taken
    over from the version before. The endpoint DEFAULT comes with the runtime and leads to the latest version,
    other endpoints stay until they are updated
    (docs.aws.amazon.com/bedrock-agentcore/latest/devguide/agent-runtime-versioning.html).
    moto: what is left out stays, there is no default endpoint, and an updated endpoint stays at its version.
    """
    make: Callable[..., AgentRuntime] = BedrockAgentCoreControlBackend.create_agent_runtime
    update: Callable[..., AgentRuntime] = BedrockAgentCoreControlBackend.update_agent_runtime
    lead: Callable[..., None] = AgentRuntimeEndpoint.update

    def renew(self: AgentRuntime, **configuration: Any) -> None:  # noqa: ANN401 - passes on what comes
        for name, value in configuration.items():
            setattr(self, name, value)
        self.description = self.description or ""
        self.lifecycle_configuration = {**_LIFECYCLE, **(self.lifecycle_configuration or {})}
        self.agent_runtime_version = str(int(self.agent_runtime_version) + 1)
        self._snapshot_version()  # pyright: ignore[reportPrivateUsage] - moto's own record

    @functools.wraps(make)
    def make_with_default(self: BedrockAgentCoreControlBackend, *args: Any, **kwargs: Any) -> AgentRuntime:  # noqa: ANN401 - as above
        runtime = make(self, *args, **kwargs)
        self.create_agent_runtime_endpoint(runtime.agent_runtime_id, "DEFAULT", None, None, None)
        return runtime

    @functools.wraps(update)
    def update_with_default(self: BedrockAgentCoreControlBackend, *args: Any, **kwargs: Any) -> AgentRuntime:  # noqa: ANN401 - as above
        runtime = update(self, *args, **kwargs)
        default = self.agent_runtime_endpoints.get((runtime.agent_runtime_id, "DEFAULT"))
        if default:
            default.target_version = default.live_version = runtime.agent_runtime_version
        return runtime

    @functools.wraps(lead)
    def lead_there(self: AgentRuntimeEndpoint, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as above
        lead(self, *args, **kwargs)
        self.live_version = self.target_version

    AgentRuntime.update = cast("Any", renew)
    BedrockAgentCoreControlBackend.create_agent_runtime = make_with_default
    BedrockAgentCoreControlBackend.update_agent_runtime = update_with_default
    AgentRuntimeEndpoint.update = lead_there


def remember_what_is_newer() -> None:
    """Runtimes give back their file systems and platform version, memories the keys that they index.

    AWS: filesystemConfigurations, platformVersion (V1 unless another is asked for) and indexedKeys are parts
    of the answers (docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_GetAgentRuntime.html
    and API_Memory.html).
    moto: they are accepted and forgotten.
    """
    responses = BedrockAgentCoreControlResponse
    create: Callable[..., ActionResult] = responses.create_agent_runtime
    update: Callable[..., ActionResult] = responses.update_agent_runtime
    get: Callable[..., ActionResult] = responses.get_agent_runtime
    create_memory: Callable[..., ActionResult] = responses.create_memory
    describe: Callable[..., dict[str, Any]] = Memory.to_dict

    def parameters(self: BedrockAgentCoreControlResponse) -> dict[str, Any]:
        return self._get_params()  # pyright: ignore[reportPrivateUsage] - moto has no other way

    def remembering(original: Callable[..., ActionResult]) -> Callable[..., ActionResult]:
        @functools.wraps(original)
        def remember(self: BedrockAgentCoreControlResponse) -> ActionResult:
            answer: Any = original(self)
            runtime: Any = self.backend.agent_runtimes[answer.result["agentRuntimeId"]]
            before = getattr(runtime, "newer", {"platformVersion": "V1"})
            newer = {name: parameters(self)[name] for name in _RUNTIME_ALSO if name in parameters(self)}
            runtime.newer = {"platformVersion": before["platformVersion"], **newer}
            return answer

        return remember

    @functools.wraps(get)
    def report(self: BedrockAgentCoreControlResponse) -> ActionResult:
        answer: Any = get(self)
        runtime = self.backend.agent_runtimes[answer.result["agentRuntimeId"]]
        return ActionResult({**answer.result, **getattr(runtime, "newer", {})})

    @functools.wraps(create_memory)
    def remember_keys(self: BedrockAgentCoreControlResponse) -> ActionResult:
        answer: Any = create_memory(self)
        memory: Any = self.backend.memories[answer.result["memory"]["id"]]
        memory.indexed_keys = parameters(self).get("indexedKeys")
        return answer

    @functools.wraps(describe)
    def report_keys(self: Memory) -> dict[str, Any]:
        keys = getattr(self, "indexed_keys", None)
        return {**describe(self), **({"indexedKeys": keys} if keys else {})}

    responses.create_agent_runtime = remembering(create)
    responses.update_agent_runtime = remembering(update)
    responses.get_agent_runtime = report
    responses.create_memory = remember_keys
    Memory.to_dict = report_keys
