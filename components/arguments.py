"""What each component is told, out of the settings of a stack."""

from collections.abc import Mapping

import pulumi
from pulumi_aws import s3

from components import matrix
from components.agents import AgentsArgs
from components.audit import AuditTrailArgs
from components.buckets import BucketsArgs
from components.cost import BillingAlarmsArgs, CostArgs
from components.ingest import IngestArgs, ingest_delivery
from components.key_policy import key_access, publishers
from components.keys import KeysArgs
from components.log_groups import LogGroupsArgs
from components.monitored import monitored
from components.naming import Naming
from components.network import Network, NetworkArgs
from components.observability import ObservabilityArgs
from components.queues import QueuesArgs
from components.roles import RoleArgs, RolesArgs
from components.settings import Settings
from components.settings.audit_trail import AuditTrailSettings
from components.settings.cost import CostSettings
from components.settings.declarations import variables
from components.settings.ingest import IngestSettings
from components.settings.network import NetworkSettings
from components.settings.observability import ObservabilitySettings
from components.settings.storage import CustomerKey
from components.statements import document, permissions
from components.tables import TablesArgs

StackKey = pulumi.Output[str] | None


class Arguments:
    """Maps the settings of a stack to the arguments of its components.

    Attributes:
        settings: The settings.
        naming: Spells ARNs of the stack's account and region.
    """

    def __init__(self, settings: Settings) -> None:
        """Take the settings."""
        self.settings = settings
        self.naming = Naming(settings.region, settings.account)

    def roles(self) -> RolesArgs:
        """Return the roles of all agents.

        Raises:
            pulumi.RunError: An agent's permissions are too large for IAM.
        """
        settings = self.settings
        return RolesArgs(
            roles={
                key: RoleArgs(name=agent.role_name, permissions=permissions(key, settings, self.naming))
                for key, agent in settings.agents.items()
            },
            permissions_boundary_arn=settings.permissions_boundary_arn,
            naming=self.naming,
            tags=settings.tags,
        )

    def keys(self, key: CustomerKey) -> KeysArgs:
        """Return the stack's own key and who may use it."""
        policy = document(key_access(self.settings, self.naming))
        return KeysArgs(key=key, policy=policy, tags=self.settings.tags)

    def tables(self, stack_key: StackKey) -> TablesArgs:
        """Return the tables."""
        return TablesArgs(
            tables=self.settings.tables,
            encryption=self.settings.encryption.tables,
            stack_key=stack_key,
            tags=self.settings.tags,
        )

    def buckets(self, stack_key: StackKey) -> BucketsArgs:
        """Return the documents bucket and the audit bucket."""
        return BucketsArgs(
            documents=self.settings.documents,
            audit=self.settings.audit,
            trail=self.settings.audit_trail,
            encryption=self.settings.encryption.buckets,
            stack_key=stack_key,
            naming=self.naming,
            tags=self.settings.tags,
        )

    def queues(self, stack_key: StackKey) -> QueuesArgs:
        """Return the queues, one of which new documents may reach."""
        settings, ingest = self.settings, self.settings.ingest
        senders = {ingest.queue: [ingest_delivery(self.ingest(ingest))]} if ingest else {}
        return QueuesArgs(
            queues=settings.queues,
            senders=senders,
            encryption=settings.encryption.queues,
            stack_key=stack_key,
            naming=self.naming,
            tags=settings.tags,
        )

    def ingest(self, ingest: IngestSettings) -> IngestArgs:
        """Return how new documents become messages."""
        return IngestArgs(
            ingest=ingest,
            documents=self.settings.documents,
            queue=self.settings.queues[ingest.queue],
            naming=self.naming,
            tags=self.settings.tags,
        )

    def network(self, network: NetworkSettings) -> NetworkArgs:
        """Return the network and what agents may do through it."""
        agents = self.settings.agents
        return NetworkArgs(
            network=network,
            cells=matrix.matrix(self.settings),
            roles={key: self.naming.role(agent.role_name) for key, agent in agents.items()},
            naming=self.naming,
            tags=self.settings.tags,
        )

    def agents(self, network: Network | None, stack_key: StackKey) -> AgentsArgs:
        """Return the agents."""
        settings, observability = self.settings, self.settings.observability
        return AgentsArgs(
            agents=settings.agents,
            declarations=settings.declarations,
            variables={
                key: variables(declaration, settings.agents[key], settings)
                for key, declaration in settings.declarations.items()
            },
            image_encryption=settings.encryption.images,
            network=network,
            log_groups=self._log_groups(observability, stack_key) if observability else None,
            default_endpoint_logs=observability is not None and observability.default_endpoint_logs,
            stack_key=stack_key,
            naming=self.naming,
            tags=settings.tags,
        )

    def _log_groups(self, observability: ObservabilitySettings, stack_key: StackKey) -> LogGroupsArgs:
        return LogGroupsArgs(
            retention_days=observability.log_retention_days,
            encryption=observability.log_key,
            stack_key=stack_key,
            tags=self.settings.tags,
        )

    def observability(
        self,
        observability: ObservabilitySettings,
        stack_key: StackKey,
        runtimes: Mapping[str, pulumi.Output[str]],
    ) -> ObservabilityArgs:
        """Return what is watched, and who is told."""
        return ObservabilityArgs(
            observability=observability,
            monitored=monitored(self.settings),
            runtimes=runtimes,
            publishers=publishers(self.settings),
            log_groups=self._log_groups(observability, stack_key),
            stack_key=stack_key,
            naming=self.naming,
            tags=self.settings.tags,
        )

    def audit_trail(
        self, trail: AuditTrailSettings, bucket_policy: s3.BucketPolicy, stack_key: StackKey
    ) -> AuditTrailArgs:
        """Return what the trail records."""
        settings = self.settings
        return AuditTrailArgs(
            trail=trail,
            bucket=settings.audit.name,
            bucket_policy=bucket_policy,
            documents=settings.documents.name,
            tables=[table.name for table in settings.tables.values()],
            permissions_boundary_arn=settings.permissions_boundary_arn,
            stack_key=stack_key,
            naming=self.naming,
            tags=settings.tags,
        )

    def cost(self, cost: CostSettings) -> CostArgs:
        """Return what may be spent."""
        observability = self.settings.observability
        alarms = None
        if observability:
            alarms = BillingAlarmsArgs(
                prefix=observability.alarm_prefix,
                runbooks=observability.runbooks,
                topic_arn=self.naming.topic(observability.topic),
            )
        return CostArgs(cost=cost, alarms=alarms, tags=self.settings.tags)
