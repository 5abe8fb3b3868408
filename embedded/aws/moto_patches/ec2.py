"""Patches of moto's EC2: endpoints and rules of security groups."""

import functools
import json
from typing import TYPE_CHECKING, Any, cast

from moto.core.responses import ActionResult
from moto.ec2.models.security_groups import SecurityGroupBackend, SecurityGroupRule
from moto.ec2.models.vpcs import VPCEndPoint
from moto.ec2.responses.vpcs import VPCs
from moto.ec2.utils import random_private_ip

if TYPE_CHECKING:
    from collections.abc import Callable

_NO_PORT = -1


def complete_endpoints() -> None:
    """An endpoint keeps its settings, and one with interfaces is always in a group.

    AWS: an endpoint has an address type and DNS options, and those with interfaces are in the VPC's default
    group unless others are named
    (docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html).
    moto: settings are accepted and forgotten, and no group is added.
    """
    create: Callable[..., ActionResult] = VPCs.create_vpc_endpoint

    @functools.wraps(create)
    def complete(self: VPCs) -> ActionResult:
        answer: Any = create(self)
        endpoint = answer.result["VpcEndpoint"]
        _remember(self, endpoint)
        if _has_interfaces(endpoint):
            default: Any = self.ec2_backend.get_default_security_group(endpoint.vpc_id)
            endpoint.security_group_ids = endpoint.security_group_ids or [default.id]
        return answer

    VPCs.create_vpc_endpoint = complete


def change_endpoints() -> None:
    """A change of an endpoint changes its settings, its interfaces and the routes to it.

    AWS: ModifyVpcEndpoint takes the settings that creation takes, ResetPolicy brings the default policy back,
    a subnet comes and goes with an interface, and a route table with a route
    (docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpoint.html).
    moto: only the lists of ids and the policy change.
    """
    modify: Callable[..., ActionResult] = VPCs.modify_vpc_endpoint

    @functools.wraps(modify)
    def change(self: VPCs) -> ActionResult:
        answer = modify(self)
        endpoint: Any = self.ec2_backend.describe_vpc_endpoints([_asked(self, "VpcEndpointId")])[0]
        _remember(self, endpoint)
        if _asked(self, "ResetPolicy"):
            endpoint.policy_document = json.dumps(VPCEndPoint.DEFAULT_POLICY)
        _move_interfaces(self, endpoint)
        _move_routes(self, endpoint)
        return answer

    VPCs.modify_vpc_endpoint = change


def _asked(response: VPCs, name: str, default: object = None) -> Any:  # noqa: ANN401 - a request's parameter
    return response._get_param(name, default)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - moto has no other way


def _has_interfaces(endpoint: Any) -> bool:  # noqa: ANN401 - moto's endpoint
    return str(endpoint.vpc_endpoint_type).lower() == "interface"


def _remember(response: VPCs, endpoint: Any) -> None:  # noqa: ANN401 - moto's endpoint
    """Keep the settings of a request; moto's answers take them from the endpoint's attributes."""
    kind = getattr(endpoint, "ip_address_type", "ipv4")
    records = "ipv4" if _has_interfaces(endpoint) else "service-defined"
    options = getattr(endpoint, "dns_options", {"DnsRecordIpType": records})
    endpoint.ip_address_type = _asked(response, "IpAddressType", kind)
    endpoint.dns_options = {**options, **_asked(response, "DnsOptions", {})}
    private = response._get_bool_param("PrivateDnsEnabled", if_none=endpoint.private_dns_enabled)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - as above
    endpoint.private_dns_enabled = private


def _move_interfaces(response: VPCs, endpoint: Any) -> None:  # noqa: ANN401 - moto's endpoint
    """Create an interface in each added subnet, and remove those of removed subnets."""
    backend = response.ec2_backend
    removed_subnets = set(_asked(response, "RemoveSubnetIds", []))
    for interface in [*endpoint.network_interface_ids]:
        if backend.get_network_interface(interface).subnet.id in removed_subnets:
            endpoint.network_interface_ids.remove(interface)
            backend.enis.pop(interface)
    for subnet in _asked(response, "AddSubnetIds", []) if _has_interfaces(endpoint) else ():
        created = backend.create_network_interface(backend.get_subnet(subnet), random_private_ip())
        endpoint.network_interface_ids.append(created.id)


def _move_routes(response: VPCs, endpoint: Any) -> None:  # noqa: ANN401 - moto's endpoint
    """Create a route in each added route table, and delete those of removed ones."""
    backend, addresses = response.ec2_backend, endpoint.destination_prefix_list_id
    if not addresses:
        return
    for table in _asked(response, "AddRouteTableIds", []):
        backend.create_route(
            table, cast("Any", None), gateway_id=endpoint.id, destination_prefix_list_id=addresses
        )
    for table in _asked(response, "RemoveRouteTableIds", []):
        backend.delete_route(table, addresses)


def describe_rules() -> None:
    """A rule for another group or for a list of addresses gives back its description.

    AWS: Description is a part of every rule
    (docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html).
    moto: only that of a rule for a range of addresses is returned.
    """
    make: Callable[..., None] = SecurityGroupRule.__init__

    @functools.wraps(make)
    def remember(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passes on what comes
        make(self, *args, **kwargs)
        listed = kwargs.get("prefix_list_id") or (args[7] if len(args) > 7 else None) or {}  # noqa: PLR2004 - its place
        self.prefix_list_description = listed.get("Description")

    def description(self: Any) -> str | None:  # noqa: ANN401 - moto's rule
        return (
            self.ip_range.get("Description")
            or self.source_group.get("Description")
            or self.prefix_list_description
        )

    SecurityGroupRule.__init__ = remember
    SecurityGroupRule.description = property(description)  # pyright: ignore[reportAttributeAccessIssue] - a property stays one


def read_rules() -> None:
    """A rule that is read is not one more rule.

    AWS: DescribeSecurityGroupRules changes nothing.
    moto: it answers with copies, and a copy counts among all that the account has, which its data show.
    """

    def copied(self: Any) -> Any:  # noqa: ANN401 - moto's rule
        copy = object.__new__(type(self))
        copy.__dict__.update(self.__dict__)
        return copy

    cast("Any", SecurityGroupRule).__copy__ = copied


def change_rules() -> None:
    """A rule can be changed whatever its source, and a rule for every protocol has no ports.

    AWS: ModifySecurityGroupRules takes any rule, and gives it the description of the request
    (docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySecurityGroupRules.html).
    moto: ports are demanded always, and only a range of IPv4 addresses is changed.
    """
    modify: Callable[..., None] = SecurityGroupBackend.modify_security_group_rules

    @functools.wraps(modify)
    def change(self: Any, group_id: str, rules: dict[str, dict[str, Any]]) -> None:  # noqa: ANN401 - moto's EC2
        modify(
            self,
            group_id,
            {key: {"FromPort": _NO_PORT, "ToPort": _NO_PORT, **new} for key, new in rules.items()},
        )
        group = self.get_security_group_from_id(group_id)
        for key, new in rules.items():
            _rewrite(group.get_rule(key), new, self.account_id)

    SecurityGroupBackend.modify_security_group_rules = change


def _rewrite(rule: Any, new: dict[str, Any], account: str) -> None:  # noqa: ANN401 - moto's rule
    """Set the source, description and ports of a rule from a request."""
    description = {"Description": new["Description"]} if new.get("Description") else {}
    rule.prefix_list_description = new.get("Description")
    rule.from_port, rule.to_port = new.get("FromPort"), new.get("ToPort")
    for name, key in (("CidrIpv4", "CidrIp"), ("CidrIpv6", "CidrIpv6")):
        if name in new:
            rule.ip_range = {key: new[name], **description}
    if "PrefixListId" in new:
        rule.prefix_list_id = new["PrefixListId"]
    if "ReferencedGroupId" in new:
        owner, _, group = new["ReferencedGroupId"].rpartition("/")
        rule.source_group = {"GroupId": group, "UserId": owner or account, "OwnerId": account, **description}
