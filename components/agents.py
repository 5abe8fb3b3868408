"""Agents on Bedrock AgentCore: the repository of an agent's images, its runtime and its endpoint.

A runtime is made once an image's digest is set for the agent, in `deployment/<agent>/agentcore.yaml` or in
the stack file: what runs is then part of what was reviewed, and a moved tag changes nothing. The log groups
that a runtime writes to are called after its id, so they are made between the runtime and its endpoint.
"""

import json

import pulumi
from pulumi_aws import bedrock, cloudwatch, ecr

from components.keys import chosen
from components.log_groups import LogGroups
from components.naming import ENDPOINT, SERVICE_ENDPOINT, Naming
from components.network import Network
from components.settings import Agent, Settings
from components.settings.declarations import Declaration, variables
from components.settings.fields import AES256
from components.tagging import tags

UNTAGGED_DAYS = 14

# Amazon ECR user guide, "Lifecycle policy properties". Images with tags are not counted: a count knows
# nothing of what runs, and would take the running image away once enough others were pushed
_LIFECYCLE = json.dumps(
    {
        "rules": [
            {
                "rulePriority": 1,
                "description": f"images without a tag go after {UNTAGGED_DAYS} days",
                "selection": {
                    "tagStatus": "untagged",
                    "countType": "sinceImagePushed",
                    "countUnit": "days",
                    "countNumber": UNTAGGED_DAYS,
                },
                "action": {"type": "expire"},
            }
        ]
    },
    sort_keys=True,
)


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

    def __init__(
        self,
        name: str,
        settings: Settings,
        naming: Naming,
        network: Network | None,
        stack_key: pulumi.Output[str] | None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a repository per agent, and runtime and endpoint where there is a digest.

        Args:
            name: The component's name.
            settings: All settings; `declarations` has what each agent is.
            naming: Spells ARNs.
            network: The stack's network; None without one.
            stack_key: The stack's own KMS key.
            opts: Its `depends_on` are the roles: a runtime is refused while its role cannot be assumed.
        """
        super().__init__("tradematching:index:Agents", name, None, opts)
        self._settings, self._naming, self._network = settings, naming, network
        self._key, watching = stack_key, settings.observability
        self._logs = LogGroups(settings, watching, stack_key, self) if watching else None
        urls = {key: self._repository(key, agent) for key, agent in settings.agents.items()}
        made = {
            key: self._runtime(key, settings.agents[key], declared, digest)
            for key, declared in settings.declarations.items()
            if (digest := settings.agents[key].image_digest or declared.image_digest)
        }
        self.repositories = pulumi.Output.all(**urls)
        self.runtime_ids = {key: one.agent_runtime_id for key, one in made.items()}
        self.runtime_arns = {key: one.agent_runtime_arn for key, one in made.items()}
        self.register_outputs(
            {
                "repositories": self.repositories,
                "runtime_ids": self.runtime_ids,
                "runtime_arns": self.runtime_arns,
            }
        )

    def _repository(self, key: str, agent: Agent) -> pulumi.Output[str]:
        """Declare where an agent's images lie; it is protected, since nothing can run without them."""
        made = ecr.Repository(
            f"{key}-images",
            name=agent.repository,
            image_tag_mutability="IMMUTABLE",
            image_scanning_configuration={"scan_on_push": True},
            encryption_configurations=[self._encryption()],
            tags=tags(self._settings, f"{key}-images"),
            opts=pulumi.ResourceOptions(parent=self, protect=True, retain_on_delete=True),
        )
        ecr.LifecyclePolicy(
            f"{key}-images-lifecycle",
            repository=made.name,
            policy=_LIFECYCLE,
            opts=pulumi.ResourceOptions(parent=self),
        )
        return made.repository_url

    def _encryption(self) -> ecr.RepositoryEncryptionConfigurationArgsDict:
        """Give how images are encrypted; ECR works with a key by grants, which it gets at creation."""
        choice = self._settings.encryption.images
        if choice == AES256:
            return {"encryption_type": AES256}
        return {"encryption_type": "KMS", "kms_key": chosen(choice, self._key)}

    def _runtime(
        self, key: str, agent: Agent, declared: Declaration, digest: str
    ) -> bedrock.AgentcoreAgentRuntime:
        """Declare what runs, and the endpoint through which a named version of it is called."""
        runtime = bedrock.AgentcoreAgentRuntime(
            f"{key}-runtime",
            agent_runtime_name=agent.runtime_name,
            description=declared.description,
            role_arn=self._naming.role(agent.role_name),
            agent_runtime_artifact={
                "container_configuration": {"container_uri": self._naming.image(agent.repository, digest)}
            },
            network_configuration=self._place(declared),
            protocol_configuration={"server_protocol": "HTTP"},
            environment_variables=variables(declared, agent, self._settings),
            tags=tags(self._settings, f"{key}-runtime"),
            opts=pulumi.ResourceOptions(parent=self),
        )
        bedrock.AgentcoreAgentRuntimeEndpoint(
            f"{key}-endpoint",
            name=ENDPOINT,
            agent_runtime_id=runtime.agent_runtime_id,
            agent_runtime_version=runtime.agent_runtime_version,
            description=f"the version of {agent.runtime_name} that was reviewed",
            tags=tags(self._settings, f"{key}-endpoint"),
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
        if self._logs is None or self._settings.observability is None:
            return []
        endpoints = [ENDPOINT]
        if self._settings.observability.default_endpoint_logs:
            endpoints.append(SERVICE_ENDPOINT)
        made: list[cloudwatch.LogGroup] = []
        for endpoint in endpoints:
            named = runtime.agent_runtime_id.apply(
                lambda one, endpoint=endpoint: f"/aws/bedrock-agentcore/runtimes/{one}-{endpoint}"
            )
            before = [_watched(f"{key}-runtime-logs")] if endpoint == ENDPOINT else []
            made.append(self._logs.declare(f"{key}-{endpoint.lower()}-logs", named, before))
        return made

    def _place(self, declared: Declaration) -> bedrock.AgentcoreAgentRuntimeNetworkConfigurationArgsDict:
        """Give where a runtime runs; the settings refuse VPC where the stack has no network."""
        if declared.network_mode == "PUBLIC" or self._network is None:
            return {"network_mode": "PUBLIC"}
        return {
            "network_mode": "VPC",
            "network_mode_config": {
                "subnets": self._network.subnets,
                "security_groups": [self._network.agents],
            },
        }


def _watched(name: str) -> pulumi.Alias:
    """Give where a runtime's log group was before: with everything else that is watched."""
    parts = "tradematching:index:Platform$tradematching:index:Observability::observability"
    return pulumi.Alias(name=name, parent=f"urn:pulumi:{pulumi.get_stack()}::{pulumi.get_project()}::{parts}")
