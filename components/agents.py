"""Agents on Bedrock AgentCore: the repository of an agent's images, its runtime and its endpoint.

A runtime is made once an image's digest is set for the agent, in `deployment/<agent>/agentcore.yaml` or in
the stack file: what runs is then part of what was reviewed, and a moved tag changes nothing. The log groups
that a runtime writes to are called after its id, so they are made between the runtime and its endpoint.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
from pulumi_aws import bedrock, cloudwatch, ecr

from components.image_lifecycle import LIFECYCLE_POLICY
from components.keys import chosen
from components.log_groups import LogGroups, LogGroupsArgs
from components.naming import ENDPOINT, SERVICE_ENDPOINT, Naming
from components.network import Network
from components.settings import Agent
from components.settings.agentcore import Declaration
from components.settings.fields import AES256
from components.tagging import tags


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentsArgs:
    """What agents there are.

    Attributes:
        agents: Where each agent runs, by logical name.
        declarations: What each agent is; an agent without one has a repository only.
        variables: Environment variables of each agent's runtime.
        image_encryption: Key of repositories: AES256, stack-key or a key ARN.
        network: The network that agents run in; None without one.
        log_groups: What log groups of runtimes have in common; None where nothing is watched.
        default_endpoint_logs: Whether the service's own endpoints have log groups here too.
        stack_key: ARN of the key that stack-key means; None where nothing is set to it.
        naming: Spells ARNs.
        tags: Tags of everything that takes some; Purpose is added.
    """

    agents: Mapping[str, Agent]
    declarations: Mapping[str, Declaration]
    variables: Mapping[str, Mapping[str, str]]
    image_encryption: str
    network: Network | None
    log_groups: LogGroupsArgs | None
    default_endpoint_logs: bool
    stack_key: pulumi.Output[str] | None
    naming: Naming
    tags: Mapping[str, str]


class Agents(pulumi.ComponentResource):
    """Repositories of all agents, and runtimes of those that have an image.

    Attributes:
        repositories: Repository URLs by agent.
        runtime_ids: Runtime ids by agent, of agents that have a runtime.
        runtime_arns: Runtime ARNs by agent, of agents that have a runtime.
    """

    repositories: pulumi.Output[dict[str, str]]
    runtime_ids: dict[str, pulumi.Output[str]]
    runtime_arns: dict[str, pulumi.Output[str]]

    def __init__(self, name: str, args: AgentsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Declare a repository per agent, and runtime and endpoint where there is a digest.

        Args:
            name: The component's name.
            args: What agents there are.
            opts: Its `depends_on` are the roles: a runtime is refused while its role cannot be assumed.
        """
        super().__init__("tradematching:index:Agents", name, None, opts)
        self._args, self._naming = args, args.naming
        self._logs = LogGroups(args.log_groups, self) if args.log_groups else None
        urls = {key: self._repository(key, agent) for key, agent in args.agents.items()}
        runtimes = {
            key: self._runtime(key, args.agents[key], declaration, digest)
            for key, declaration in args.declarations.items()
            if (digest := args.agents[key].image_digest or declaration.image_digest)
        }
        self.repositories = pulumi.Output.all(**urls)
        self.runtime_ids = {key: runtime.agent_runtime_id for key, runtime in runtimes.items()}
        self.runtime_arns = {key: runtime.agent_runtime_arn for key, runtime in runtimes.items()}
        self.register_outputs(
            {
                "repositories": self.repositories,
                "runtime_ids": self.runtime_ids,
                "runtime_arns": self.runtime_arns,
            }
        )

    def _repository(self, key: str, agent: Agent) -> pulumi.Output[str]:
        """Declare where an agent's images lie; it is protected, since nothing can run without them."""
        repository = ecr.Repository(
            f"{key}-images",
            name=agent.repository,
            image_tag_mutability="IMMUTABLE",
            image_scanning_configuration={"scan_on_push": True},
            encryption_configurations=[self._encryption()],
            tags=tags(self._args.tags, f"{key}-images"),
            opts=pulumi.ResourceOptions(parent=self, protect=True, retain_on_delete=True),
        )
        ecr.LifecyclePolicy(
            f"{key}-images-lifecycle",
            repository=repository.name,
            policy=LIFECYCLE_POLICY,
            opts=pulumi.ResourceOptions(parent=self),
        )
        return repository.repository_url

    def _encryption(self) -> ecr.RepositoryEncryptionConfigurationArgsDict:
        """Return how images are encrypted; ECR works with a key by grants, which it gets at creation."""
        choice = self._args.image_encryption
        if choice == AES256:
            return {"encryption_type": AES256}
        return {"encryption_type": "KMS", "kms_key": chosen(choice, self._args.stack_key)}

    def _runtime(
        self, key: str, agent: Agent, declaration: Declaration, digest: str
    ) -> bedrock.AgentcoreAgentRuntime:
        """Declare what runs, and the endpoint through which a named version of it is called."""
        runtime = bedrock.AgentcoreAgentRuntime(
            f"{key}-runtime",
            agent_runtime_name=agent.runtime_name,
            description=declaration.description,
            role_arn=self._naming.role(agent.role_name),
            agent_runtime_artifact={
                "container_configuration": {"container_uri": self._naming.image(agent.repository, digest)}
            },
            network_configuration=self._network(declaration),
            protocol_configuration={"server_protocol": "HTTP"},
            environment_variables=self._args.variables[key],
            tags=tags(self._args.tags, f"{key}-runtime"),
            opts=pulumi.ResourceOptions(parent=self),
        )
        bedrock.AgentcoreAgentRuntimeEndpoint(
            f"{key}-endpoint",
            name=ENDPOINT,
            agent_runtime_id=runtime.agent_runtime_id,
            agent_runtime_version=runtime.agent_runtime_version,
            description=f"the version of {agent.runtime_name} that was reviewed",
            tags=tags(self._args.tags, f"{key}-endpoint"),
            # AgentCore makes the group of an endpoint that has none, and ours could not be made any more
            opts=pulumi.ResourceOptions(parent=self, depends_on=self._groups(key, runtime)),
        )
        return runtime

    def _groups(self, key: str, runtime: bedrock.AgentcoreAgentRuntime) -> list[cloudwatch.LogGroup]:
        """Declare the log groups that a runtime's endpoints write to; none where nothing is watched.

        AgentCore developer guide, "View observability data": <runtime id>-<endpoint name>. That of the
        service's own endpoint is there as soon as the runtime is (hashicorp/terraform-provider-aws#47629): it
        can be taken over and not made, so that a setting says when.
        """
        if self._logs is None:
            return []
        endpoints = [ENDPOINT]
        if self._args.default_endpoint_logs:
            endpoints.append(SERVICE_ENDPOINT)
        groups: list[cloudwatch.LogGroup] = []
        for endpoint in endpoints:
            name = runtime.agent_runtime_id.apply(
                lambda identity, endpoint=endpoint: f"/aws/bedrock-agentcore/runtimes/{identity}-{endpoint}"
            )
            aliases = [_of_observability(f"{key}-runtime-logs")] if endpoint == ENDPOINT else []
            groups.append(self._logs.declare(f"{key}-{endpoint.lower()}-logs", name, aliases))
        return groups

    def _network(self, declaration: Declaration) -> bedrock.AgentcoreAgentRuntimeNetworkConfigurationArgsDict:
        """Return where a runtime runs; the settings refuse VPC where the stack has no network."""
        network = self._args.network
        if declaration.network_mode == "PUBLIC" or network is None:
            return {"network_mode": "PUBLIC"}
        return {
            "network_mode": "VPC",
            "network_mode_config": {
                "subnets": network.subnets,
                "security_groups": [network.agents],
            },
        }


def _of_observability(name: str) -> pulumi.Alias:
    """Return where a runtime's log group was before: with everything else that is watched."""
    parts = "tradematching:index:Platform$tradematching:index:Observability::observability"
    return pulumi.Alias(name=name, parent=f"urn:pulumi:{pulumi.get_stack()}::{pulumi.get_project()}::{parts}")
