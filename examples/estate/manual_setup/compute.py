"""Agent runtimes and their network, by hand."""

from examples.estate.manual_setup.model import Attributes, Console, Creator, PlannedResource, plain, tags


def runtime(console: Console, resource: PlannedResource) -> Attributes:
    """Create a runtime from an image that was pushed before."""
    inputs = plain(resource.inputs)
    network = inputs["networkConfiguration"]
    placement = {"networkMode": network["networkMode"]}
    if network.get("networkModeConfig"):
        group = console.resolve(resource, "networkConfiguration", "id")
        subnets = network["networkModeConfig"]["subnets"]
        placement["networkModeConfig"] = {"subnets": subnets, "securityGroups": [group]}
    answer = console.client("bedrock-agentcore-control").create_agent_runtime(
        agentRuntimeName=inputs["agentRuntimeName"],
        description=inputs["description"],
        agentRuntimeArtifact=inputs["agentRuntimeArtifact"],
        roleArn=inputs["roleArn"],
        networkConfiguration=placement,
        protocolConfiguration=inputs["protocolConfiguration"],
        environmentVariables=inputs["environmentVariables"],
        tags=inputs.get("tags") or {},
    )
    return {
        "id": answer["agentRuntimeId"],
        "arn": answer["agentRuntimeArn"],
        "version": answer["agentRuntimeVersion"],
    }


def _endpoint(console: Console, resource: PlannedResource) -> Attributes:
    inputs = resource.inputs
    console.client("bedrock-agentcore-control").create_agent_runtime_endpoint(
        agentRuntimeId=console.resolve(resource, "agentRuntimeId", "id"),
        name=inputs["name"],
        agentRuntimeVersion=console.resolve(resource, "agentRuntimeVersion", "version"),
        description=inputs["description"],
        tags=dict(inputs.get("tags") or {}),
    )
    return {}


def _tagged(kind: str, resource: PlannedResource) -> dict[str, object]:
    return {"TagSpecifications": [{"ResourceType": kind, "Tags": tags(resource.inputs)}]}


def _group(console: Console, resource: PlannedResource) -> Attributes:
    """Create a security group, and revoke the default rule that allows all egress."""
    inputs, network = resource.inputs, console.client("ec2")
    group_id = network.create_security_group(
        GroupName=inputs["name"],
        Description=inputs["description"],
        VpcId=inputs["vpcId"],
        **_tagged("security-group", resource),
    )["GroupId"]
    everywhere = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    network.revoke_security_group_egress(GroupId=group_id, IpPermissions=[everywhere])
    return {"id": group_id}


def _permission(console: Console, resource: PlannedResource) -> dict[str, object]:
    inputs = resource.inputs
    ports = {"IpProtocol": inputs["ipProtocol"], "FromPort": inputs["fromPort"], "ToPort": inputs["toPort"]}
    description = {"Description": inputs["description"]}
    if inputs.get("prefixListId"):
        return {
            **ports,
            "PrefixListIds": [
                {"PrefixListId": console.resolve(resource, "prefixListId", "list"), **description}
            ],
        }
    group = console.resolve(resource, "referencedSecurityGroupId", "id")
    return {**ports, "UserIdGroupPairs": [{"GroupId": group, **description}]}


def _ingress(console: Console, resource: PlannedResource) -> Attributes:
    console.client("ec2").authorize_security_group_ingress(
        GroupId=console.resolve(resource, "securityGroupId", "id"),
        IpPermissions=[_permission(console, resource)],
        **_tagged("security-group-rule", resource),
    )
    return {}


def _egress(console: Console, resource: PlannedResource) -> Attributes:
    console.client("ec2").authorize_security_group_egress(
        GroupId=console.resolve(resource, "securityGroupId", "id"),
        IpPermissions=[_permission(console, resource)],
        **_tagged("security-group-rule", resource),
    )
    return {}


def _vpc_endpoint(console: Console, resource: PlannedResource) -> Attributes:
    inputs, network = resource.inputs, console.client("ec2")
    if inputs["vpcEndpointType"] == "Gateway":
        placement = {"RouteTableIds": inputs["routeTableIds"]}
    else:
        placement = {
            "SubnetIds": inputs["subnetIds"],
            "SecurityGroupIds": [console.resolve(resource, "securityGroupIds", "id")],
            "PrivateDnsEnabled": bool(inputs.get("privateDnsEnabled")),
        }
    endpoint_id = network.create_vpc_endpoint(
        VpcEndpointType=inputs["vpcEndpointType"],
        VpcId=inputs["vpcId"],
        ServiceName=inputs["serviceName"],
        PolicyDocument=inputs["policy"],
        **placement,
        **_tagged("vpc-endpoint", resource),
    )["VpcEndpoint"]["VpcEndpointId"]
    return {"id": endpoint_id, "list": _prefix_list(console, inputs["serviceName"])}


def _prefix_list(console: Console, service: str) -> str:
    """Return the id of a gateway endpoint's prefix list; empty for an interface endpoint."""
    filters = [{"Name": "prefix-list-name", "Values": [service]}]
    lists = console.client("ec2").describe_managed_prefix_lists(Filters=filters)["PrefixLists"]
    return lists[0]["PrefixListId"] if lists else ""


CREATORS: dict[str, Creator] = {
    "aws:ec2/securityGroup:SecurityGroup": _group,
    "aws:ec2/vpcEndpoint:VpcEndpoint": _vpc_endpoint,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": _ingress,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": _egress,
    "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": runtime,
    "aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint": _endpoint,
}
