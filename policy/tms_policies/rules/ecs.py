"""A rule about container services."""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.registry import rule
from tms_policies.values import is_true, look, unproven

SERVICE = "aws:ecs/service:Service"


@rule(
    "ecs-service-private",
    severity="high",
    types=(SERVICE,),
    reads=("networkConfiguration",),
    remedy="Leave assign_public_ip out.",
    why="Each task could be reached past the load balancer.",
)
def no_public_address(service: Resource, _settings: Bag) -> Iterable[Finding]:
    """A container service's tasks have no public address.

    No public address on a task; left out, it has none.
    """
    value = look(service.props, "networkConfiguration", "assignPublicIp")
    if isinstance(value, Unknown):
        yield unproven(value, f"{service.name} must not give its tasks public addresses")
    elif is_true(value):
        yield Finding(
            f"networkConfiguration.assignPublicIp of {service.name} is true: each task is on the internet",
            'network_configuration={..., "assign_public_ip": False} in private subnets',
        )
