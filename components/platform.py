"""The parts put together."""

import pulumi

from components.agents import Agents
from components.audit import AuditTrail
from components.bucket import Buckets
from components.cost import Cost
from components.ingest import Ingest
from components.keys import Keys
from components.naming import Naming
from components.network import Network
from components.observability import Observability
from components.queues import Queues
from components.roles import Roles
from components.settings import Settings
from components.statements import permissions
from components.tables import Tables


class Platform(pulumi.ComponentResource):
    """Everything that the trade-matching system stands on.

    Attributes:
        tables: DynamoDB tables.
        buckets: Documents and audit bucket.
        queues: Work queues with their dead-letter queues.
        roles: One execution role per agent.
        agents: Repositories of images, and runtimes of agents that have one.
    """

    def __init__(self, name: str, settings: Settings, opts: pulumi.ResourceOptions | None = None) -> None:
        """Declare all parts; they know each other by computed names only.

        Raises:
            pulumi.RunError: An agent's permissions are too large for IAM; nothing is registered then.
        """
        naming = Naming(settings.region, settings.account)
        documents = {agent: permissions(agent, settings, naming) for agent in settings.agents}
        super().__init__("tradematching:index:Platform", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.roles = Roles("roles", settings, naming, documents, child)
        after_roles = pulumi.ResourceOptions(parent=self, depends_on=[self.roles])
        keys = Keys("keys", settings, settings.key, naming, after_roles) if settings.key else None
        key = keys.arn if keys else None
        self.tables = Tables("tables", settings, key, child)
        self.buckets = Buckets("buckets", settings, naming, key, child)
        self.queues = Queues("queues", settings, naming, key, child)
        if settings.ingest:
            stores = pulumi.ResourceOptions(parent=self, depends_on=[self.queues, self.buckets])
            Ingest("ingest", settings, settings.ingest, naming, stores)
        network = Network("network", settings, settings.network, naming, child) if settings.network else None
        self.agents = Agents("agents", settings, naming, network, key, after_roles)
        told = child
        if settings.observability:
            watched = pulumi.ResourceOptions(parent=self, depends_on=[self.buckets])
            runtimes = self.agents.runtime_arns
            observability = Observability(
                "observability", settings, settings.observability, naming, key, runtimes, watched
            )
            told = pulumi.ResourceOptions(parent=self, depends_on=[observability])
        if settings.audit_trail:
            policy = self.buckets.audit_policy
            AuditTrail("audit-trail", settings, settings.audit_trail, naming, key, policy, child)
        if settings.cost:
            topic = naming.topic(settings.observability.topic) if settings.observability else None
            Cost("cost", settings, settings.cost, topic, told)
        self.register_outputs({})
