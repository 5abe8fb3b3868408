"""One execution role per agent, never shared: the role is the only real boundary of an agent."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
from pulumi_aws import iam

from components.naming import Naming
from components.statements import trust
from components.tagging import tags


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleArgs:
    """An execution role.

    Attributes:
        name: Physical name.
        permissions: Policy document with all that the agent may do.
    """

    name: str
    permissions: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RolesArgs:
    """What roles are declared.

    Attributes:
        roles: The role of each agent.
        permissions_boundary_arn: ARN of the permissions boundary of every role; None without one.
        naming: Spells ARNs.
        tags: Tags of every role; Purpose is added.
    """

    roles: Mapping[str, RoleArgs]
    permissions_boundary_arn: str | None
    naming: Naming
    tags: Mapping[str, str]


class Roles(pulumi.ComponentResource):
    """The execution roles of all agents.

    Attributes:
        names: Role names by agent.
        arns: Role ARNs by agent.
    """

    names: pulumi.Output[dict[str, str]]
    arns: pulumi.Output[dict[str, str]]

    def __init__(self, name: str, args: RolesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Declare role and permissions per agent."""
        super().__init__("tradematching:index:Roles", name, None, opts)
        roles = {key: self._role(key, role, args) for key, role in args.roles.items()}
        self.names = pulumi.Output.all(**{key: role.name for key, role in roles.items()})
        self.arns = pulumi.Output.all(**{key: role.arn for key, role in roles.items()})
        self.register_outputs({"names": self.names, "arns": self.arns})

    def _role(self, key: str, role: RoleArgs, args: RolesArgs) -> iam.Role:
        declared = iam.Role(
            key,
            name=role.name,
            description=f"Execution role of the {key} agent",
            assume_role_policy=trust(args.naming),
            max_session_duration=3600,
            permissions_boundary=args.permissions_boundary_arn,
            tags=tags(args.tags, f"{key}-execution"),
            opts=pulumi.ResourceOptions(parent=self),
        )
        iam.RolePolicy(
            f"{key}-permissions",
            name=f"{key}-permissions",
            role=declared.name,
            policy=role.permissions,
            opts=pulumi.ResourceOptions(parent=self),
        )
        return declared
