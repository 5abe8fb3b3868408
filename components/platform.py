"""The parts put together."""

import pulumi

from components.bucket import Buckets
from components.naming import Naming
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
        self.tables = Tables("tables", settings, child)
        self.buckets = Buckets("buckets", settings, naming, child)
        self.queues = Queues("queues", settings, naming, child)
        self.roles = Roles("roles", settings, naming, documents, child)
        self.register_outputs({})
