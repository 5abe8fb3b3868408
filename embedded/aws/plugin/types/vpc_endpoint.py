"""VPC endpoints: ways from a network to AWS's services that stay inside AWS."""

from typing import Any

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model, Policy
from embedded.aws.plugin.shapes import inverse, pick, tag_map
from embedded.aws.plugin.types.ec2 import retag, tagged
from embedded.aws.plugin.values import Bag

_SETTINGS = {
    "ipAddressType": "IpAddressType",
    "policy": "PolicyDocument",
    "privateDnsEnabled": "PrivateDnsEnabled",
}
_MEMBERS = {
    "routeTableIds": "RouteTableIds",
    "securityGroupIds": "SecurityGroupIds",
    "subnetIds": "SubnetIds",
}
_DNS = {
    "dnsRecordIpType": "DnsRecordIpType",
    "privateDnsOnlyForInboundResolverEndpoint": "PrivateDnsOnlyForInboundResolverEndpoint",
    "privateDnsPreference": "PrivateDnsPreference",
    "privateDnsSpecifiedDomains": "PrivateDnsSpecifiedDomains",
}
_INTERFACE = "Interface"


def _same_word(first: str, second: str) -> bool:
    """Return whether two words differ in their case only."""
    return first.lower() == second.lower()


def _dns(new: Bag) -> Bag:
    """Return the options of DNS in the form of the API."""
    return {"DnsOptions": pick(new["dnsOptions"], _DNS)} if new.get("dnsOptions") else {}


def create(aws: Aws, new: Bag) -> str:
    """Create the endpoint; private DNS is on only if the program says so."""
    names = {
        "serviceName": "ServiceName",
        "vpcEndpointType": "VpcEndpointType",
        "vpcId": "VpcId",
        **_SETTINGS,
        **_MEMBERS,
    }
    settings = {**pick({"privateDnsEnabled": False, **new}, names), **_dns(new)}
    answer = aws.client("ec2").create_vpc_endpoint(**settings, **tagged("vpc-endpoint", new))
    return str(answer["VpcEndpoint"]["VpcEndpointId"])


def update(aws: Aws, endpoint: str, old: Bag, new: Bag) -> None:
    """Change settings, and add and remove route tables, groups and subnets."""
    settings = {name: new[name] for name in _SETTINGS if name in new and new[name] != old.get(name)}
    changes = {
        **pick(settings, _SETTINGS),
        **(_dns(new) if new.get("dnsOptions") != old.get("dnsOptions") else {}),
    }
    for name, field in _MEMBERS.items():
        current, desired = (set(bag.get(name) or ()) for bag in (old, new if name in new else old))
        changes |= {f"Add{field}": sorted(desired - current)} if desired - current else {}
        changes |= {f"Remove{field}": sorted(current - desired)} if current - desired else {}
    if changes:
        aws.client("ec2").modify_vpc_endpoint(VpcEndpointId=endpoint, **changes)


def read(aws: Aws, endpoint: str) -> Bag | None:
    """Return the live state of the endpoint; AWS still shows a deleted endpoint for a while."""
    client = aws.client("ec2")
    live = client.describe_vpc_endpoints(VpcEndpointIds=[endpoint])["VpcEndpoints"][0]
    if live["State"].lower() in ("deleting", "deleted"):
        return None
    names = {
        "NetworkInterfaceIds": "networkInterfaceIds",
        "OwnerId": "ownerId",
        "RequesterManaged": "requesterManaged",
        "ServiceName": "serviceName",
        "State": "state",
        "VpcEndpointType": "vpcEndpointType",
        "VpcId": "vpcId",
        **inverse(_SETTINGS),
        "RouteTableIds": "routeTableIds",
        "SubnetIds": "subnetIds",
    }
    entries = {"DnsName": "dnsName", "HostedZoneId": "hostedZoneId"}
    return {
        "requesterManaged": False,
        **pick(live, names),
        **_prefix_list(client, live["ServiceName"]),
        "arn": aws.arn("ec2", f"vpc-endpoint/{endpoint}"),
        "dnsEntries": [pick(entry, entries) for entry in live.get("DnsEntries") or []],
        "dnsOptions": pick(live.get("DnsOptions") or {}, inverse(_DNS)),
        "securityGroupIds": [group["GroupId"] for group in live.get("Groups") or []],
        "serviceRegion": live.get("ServiceRegion", aws.region),
        "subnetConfigurations": _subnets(client, live.get("NetworkInterfaceIds") or []),
        "tags": tag_map(live.get("Tags") or []),
    }


def _prefix_list(client: Any, service: str) -> Bag:  # noqa: ANN401 - botocore makes its clients at run time
    """Return the prefix list of a service, empty if AWS keeps none: only gateway endpoints have one."""
    filters = [{"Name": "prefix-list-name", "Values": [service]}]
    lists: list[Bag] = client.describe_prefix_lists(Filters=filters)["PrefixLists"]
    if not lists:
        return {}
    return {"prefixListId": lists[0]["PrefixListId"], "cidrBlocks": lists[0].get("Cidrs") or []}


def _subnets(client: Any, interfaces: list[str]) -> list[Bag]:  # noqa: ANN401 - as above
    """Return the address of the endpoint in each subnet."""
    if not interfaces:
        return []
    names = {"PrivateIpAddress": "ipv4", "Ipv6Address": "ipv6", "SubnetId": "subnetId"}
    answer = client.describe_network_interfaces(NetworkInterfaceIds=interfaces)
    return [pick(interface, names) for interface in answer["NetworkInterfaces"]]


def delete(aws: Aws, endpoint: str, _state: Bag) -> None:
    """Delete the endpoint with its interfaces and routes."""
    aws.client("ec2").delete_vpc_endpoints(VpcEndpointIds=[endpoint])


def private_dns(old: Bag, _new: Bag) -> frozenset[str]:
    """Return the properties whose change replaces the endpoint: private DNS, except on interface endpoints.

    Args:
        old: The endpoint's state.
        _new: The program's inputs.

    Returns:
        The property, for an endpoint without interfaces.
    """
    return frozenset() if old.get("vpcEndpointType") == _INTERFACE else frozenset({"privateDnsEnabled"})


MODELS = {
    "aws:ec2/vpcEndpoint:VpcEndpoint": Model(
        page="vpc_endpoint",
        create=create,
        read=read,
        update=update,
        delete=delete,
        retag=retag,
        replaces=frozenset(
            {
                "dnsOptions.privateDnsPreference",
                "dnsOptions.privateDnsSpecifiedDomains",
                "region",
                "resourceConfigurationArn",
                "serviceName",
                "serviceNetworkArn",
                "serviceRegion",
                "vpcEndpointType",
                "vpcId",
            }
        ),
        replaces_when=private_dns,
        defaults={"vpcEndpointType": "Gateway"},
        computed=frozenset(
            {
                "dnsOptions",
                "dnsOptions.dnsRecordIpType",
                "dnsOptions.privateDnsPreference",
                "dnsOptions.privateDnsSpecifiedDomains",
                "ipAddressType",
                "policy",
                "privateDnsEnabled",
                "region",
                "serviceRegion",
                "subnetConfigurations",
                *_MEMBERS,
            }
        ),
        texts={"ipAddressType": _same_word, "policy": Policy},
        sets={**dict.fromkeys(_MEMBERS, ""), "subnetConfigurations": "subnetId"},
        refused=frozenset(
            {"autoAccept", "resourceConfigurationArn", "serviceNetworkArn", "subnetConfigurations"}
        ),
        missing=frozenset({"InvalidVpcEndpointId.NotFound"}),
        name=None,
    ),
}
