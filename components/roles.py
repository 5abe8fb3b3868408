"""One execution role per agent, never shared: the role is the only real boundary of an agent."""

from collections.abc import Mapping

import pulumi
from pulumi_aws import iam

from components.naming import Naming
from components.settings import Settings
from components.statements import trust
from components.tagging import tags


class Roles(pulumi.ComponentResource):
    """The execution roles of all agents.

    Attributes:
        names: Role names by agent.
        arns: Role ARNs by agent.
    """

    names: pulumi.Output[dict[str, str]]
    arns: pulumi.Output[dict[str, str]]

    def __init__(
        self,
        name: str,
        settings: Settings,
        naming: Naming,
        documents: Mapping[str, str],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare role and permissions per entry of the `agents` setting; `documents` has the permissions."""
        super().__init__("tradematching:index:Roles", name, None, opts)
        made = {key: self._role(key, settings, naming, documents[key]) for key in settings.agents}
        self.names = pulumi.Output.all(**{key: role.name for key, role in made.items()})
        self.arns = pulumi.Output.all(**{key: role.arn for key, role in made.items()})
        self.register_outputs({"names": self.names, "arns": self.arns})

    def _role(self, key: str, settings: Settings, naming: Naming, permitted: str) -> iam.Role:
        role = iam.Role(
            key,
            name=settings.agents[key].role_name,
            description=f"Execution role of the {key} agent",
            assume_role_policy=trust(naming),
            max_session_duration=3600,
            permissions_boundary=settings.permissions_boundary_arn,
            tags=tags(settings, f"{key}-execution"),
            opts=pulumi.ResourceOptions(parent=self),
        )
        iam.RolePolicy(
            f"{key}-permissions",
            name=f"{key}-permissions",
            role=role.name,
            policy=permitted,
            opts=pulumi.ResourceOptions(parent=self),
        )
        return role
