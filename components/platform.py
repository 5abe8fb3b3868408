"""The parts put together."""

import pulumi

from components.agents import Agents
from components.arguments import Arguments
from components.audit import AuditTrail
from components.buckets import Buckets
from components.cost import Cost
from components.ingest import Ingest
from components.keys import Keys
from components.network import Network
from components.observability import Observability
from components.queues import Queues
from components.roles import Roles
from components.settings import Settings
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
        arguments = Arguments(settings)
        roles = arguments.roles()
        super().__init__("tradematching:index:Platform", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.roles = Roles("roles", roles, child)
        after_roles = pulumi.ResourceOptions(parent=self, depends_on=[self.roles])
        keys = Keys("keys", arguments.keys(settings.key), after_roles) if settings.key else None
        key = keys.arn if keys else None
        self.tables = Tables("tables", arguments.tables(key), child)
        self.buckets = Buckets("buckets", arguments.buckets(key), child)
        self.queues = Queues("queues", arguments.queues(key), child)
        if settings.ingest:
            after_both = pulumi.ResourceOptions(parent=self, depends_on=[self.queues, self.buckets])
            Ingest("ingest", arguments.ingest(settings.ingest), after_both)
        network = Network("network", arguments.network(settings.network), child) if settings.network else None
        self.agents = Agents("agents", arguments.agents(network, key), after_roles)
        after_topic = child
        if settings.observability:
            after_buckets = pulumi.ResourceOptions(parent=self, depends_on=[self.buckets])
            watched = arguments.observability(settings.observability, key, self.agents.runtime_arns)
            observability = Observability("observability", watched, after_buckets)
            after_topic = pulumi.ResourceOptions(parent=self, depends_on=[observability])
        if settings.audit_trail:
            trail = arguments.audit_trail(settings.audit_trail, self.buckets.audit_policy, key)
            AuditTrail("audit-trail", trail, child)
        if settings.cost:
            Cost("cost", arguments.cost(settings.cost), after_topic)
        self.register_outputs({})
