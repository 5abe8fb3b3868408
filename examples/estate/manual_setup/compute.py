"""Runtimes of agents, and the network that they run in, by hand."""

from examples.estate.manual_setup.model import Hands, Made, Make, Wanted, plain, tags


def runtime(hands: Hands, one: Wanted) -> Made:
    """Make a runtime, of an image that somebody pushed."""
    given = plain(one.inputs)
    network = given["networkConfiguration"]
    placed = {"networkMode": network["networkMode"]}
    if network.get("networkModeConfig"):
        group = hands.known(one, "networkConfiguration", "id")
        subnets = network["networkModeConfig"]["subnets"]
        placed["networkModeConfig"] = {"subnets": subnets, "securityGroups": [group]}
    made = hands.at("bedrock-agentcore-control").create_agent_runtime(
        agentRuntimeName=given["agentRuntimeName"],
        description=given["description"],
        agentRuntimeArtifact=given["agentRuntimeArtifact"],
        roleArn=given["roleArn"],
        networkConfiguration=placed,
        protocolConfiguration=given["protocolConfiguration"],
        environmentVariables=given["environmentVariables"],
        tags=given.get("tags") or {},
    )
    return {
        "id": made["agentRuntimeId"],
        "arn": made["agentRuntimeArn"],
        "version": made["agentRuntimeVersion"],
    }


def _endpoint(hands: Hands, one: Wanted) -> Made:
    given = one.inputs
    hands.at("bedrock-agentcore-control").create_agent_runtime_endpoint(
        agentRuntimeId=hands.known(one, "agentRuntimeId", "id"),
        name=given["name"],
        agentRuntimeVersion=hands.known(one, "agentRuntimeVersion", "version"),
        description=given["description"],
        tags=dict(given.get("tags") or {}),
    )
    return {}


def _tagged(kind: str, one: Wanted) -> dict[str, object]:
    return {"TagSpecifications": [{"ResourceType": kind, "Tags": tags(one.inputs)}]}


def _group(hands: Hands, one: Wanted) -> Made:
    """Make a security group, and take the rule away that lets everything out."""
    given, network = one.inputs, hands.at("ec2")
    made = network.create_security_group(
        GroupName=given["name"],
        Description=given["description"],
        VpcId=given["vpcId"],
        **_tagged("security-group", one),
    )["GroupId"]
    everywhere = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    network.revoke_security_group_egress(GroupId=made, IpPermissions=[everywhere])
    return {"id": made}


def _permission(hands: Hands, one: Wanted) -> dict[str, object]:
    given = one.inputs
    ports = {"IpProtocol": given["ipProtocol"], "FromPort": given["fromPort"], "ToPort": given["toPort"]}
    words = {"Description": given["description"]}
    if given.get("prefixListId"):
        return {
            **ports,
            "PrefixListIds": [{"PrefixListId": hands.known(one, "prefixListId", "list"), **words}],
        }
    group = hands.known(one, "referencedSecurityGroupId", "id")
    return {**ports, "UserIdGroupPairs": [{"GroupId": group, **words}]}


def _in(hands: Hands, one: Wanted) -> Made:
    hands.at("ec2").authorize_security_group_ingress(
        GroupId=hands.known(one, "securityGroupId", "id"),
        IpPermissions=[_permission(hands, one)],
        **_tagged("security-group-rule", one),
    )
    return {}


def _out(hands: Hands, one: Wanted) -> Made:
    hands.at("ec2").authorize_security_group_egress(
        GroupId=hands.known(one, "securityGroupId", "id"),
        IpPermissions=[_permission(hands, one)],
        **_tagged("security-group-rule", one),
    )
    return {}


def _vpc_endpoint(hands: Hands, one: Wanted) -> Made:
    given, network = one.inputs, hands.at("ec2")
    if given["vpcEndpointType"] == "Gateway":
        places = {"RouteTableIds": given["routeTableIds"]}
    else:
        places = {
            "SubnetIds": given["subnetIds"],
            "SecurityGroupIds": [hands.known(one, "securityGroupIds", "id")],
            "PrivateDnsEnabled": bool(given.get("privateDnsEnabled")),
        }
    made = network.create_vpc_endpoint(
        VpcEndpointType=given["vpcEndpointType"],
        VpcId=given["vpcId"],
        ServiceName=given["serviceName"],
        PolicyDocument=given["policy"],
        **places,
        **_tagged("vpc-endpoint", one),
    )["VpcEndpoint"]["VpcEndpointId"]
    return {"id": made, "list": _prefix_list(hands, given["serviceName"])}


def _prefix_list(hands: Hands, service: str) -> str:
    """Give the list of addresses that leads to a gateway endpoint; an interface has none."""
    named = [{"Name": "prefix-list-name", "Values": [service]}]
    found = hands.at("ec2").describe_managed_prefix_lists(Filters=named)["PrefixLists"]
    return found[0]["PrefixListId"] if found else ""


MAKE: dict[str, Make] = {
    "aws:ec2/securityGroup:SecurityGroup": _group,
    "aws:ec2/vpcEndpoint:VpcEndpoint": _vpc_endpoint,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": _in,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": _out,
    "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": runtime,
    "aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint": _endpoint,
}
