"""Types of a network: VPC endpoints, NAT gateways and security groups."""

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.aws.types.listing import Listing, Row, Rows, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import Cost, Delivery, Loss, SubResource, actions

_RULE = {
    "ipProtocol": "IpProtocol",
    "fromPort": "FromPort",
    "toPort": "ToPort",
    "cidrIpv4": "CidrIpv4",
    "cidrIpv6": "CidrIpv6",
    "prefixListId": "PrefixListId",
}
_NO_PORT = -1


def _rule_rows(*, egress: bool) -> Rows:
    """Return a reader of one side's rules; a group has no two of the same protocol, ports and source."""

    def read(page: Mapping[str, Any]) -> Iterable[Row]:
        for rule in page.get("SecurityGroupRules", ()):
            if rule["IsEgress"] == egress:
                fields = {
                    name: rule.get(field) for name, field in _RULE.items() if rule.get(field) != _NO_PORT
                }
                yield {
                    "id": rule["SecurityGroupRuleId"],
                    "name": rule["SecurityGroupRuleId"],
                    **fields,
                    "referencedSecurityGroupId": (rule.get("ReferencedGroupInfo") or {}).get("GroupId"),
                    "description": rule.get("Description") or None,
                }

    return read


TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:ec2/natGateway:NatGateway",
        cost=Cost("per hour and by traffic"),
    ),
    AwsType(
        "aws:ec2/securityGroup:SecurityGroup",
        listing=Listing(
            "ec2",
            "describe_security_groups",
            "ec2:DescribeSecurityGroups",
            rows(
                "SecurityGroups[].{id: GroupId, name: GroupName, vpcId: VpcId, aws: GroupName == 'default'}"
            ),
            match=("name", "vpcId"),
        ),
        sub_resources=(
            SubResource(
                "ingress",
                "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                "securityGroupId",
                several=True,
            ),
            SubResource(
                "egress",
                "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
                "securityGroupId",
                several=True,
            ),
            SubResource(
                "ingress",
                "aws:ec2/securityGroupRule:SecurityGroupRule",
                "securityGroupId",
                several=True,
                only_if={"type": "ingress"},
            ),
            SubResource(
                "egress",
                "aws:ec2/securityGroupRule:SecurityGroupRule",
                "securityGroupId",
                several=True,
                only_if={"type": "egress"},
            ),
        ),
        reads=actions("ec2", "DescribeNetworkInterfaces DescribeSecurityGroups"),
        delivery=Delivery(
            "network",
            "ec2/vpc_security_group.go",
            create=actions("ec2", "CreateSecurityGroup CreateTags RevokeSecurityGroupEgress"),
            update=actions("ec2", "CreateTags DeleteTags"),
            delete=actions("ec2", "DeleteSecurityGroup"),
        ),
    ),
    AwsType(
        "aws:ec2/securityGroupRule:SecurityGroupRule",
    ),
    # A deleted endpoint is still listed for a while
    AwsType(
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        listing=Listing(
            "ec2",
            "describe_vpc_endpoints",
            "ec2:DescribeVpcEndpoints",
            rows(
                'VpcEndpoints[?!contains(`["Deleting", "Deleted", "deleting", "deleted"]`, '
                "State)].{id: VpcEndpointId, name: VpcEndpointId, vpcId: VpcId, serviceName: "
                "ServiceName, aws: RequesterManaged}"
            ),
            match=("vpcId", "serviceName"),
        ),
        reads=actions("ec2", "DescribeNetworkInterfaces DescribePrefixLists DescribeVpcEndpoints"),
        delivery=Delivery(
            "network",
            "ec2/vpc_endpoint.go",
            create=actions("ec2", "CreateTags CreateVpcEndpoint"),
            update=actions("ec2", "CreateTags DeleteTags ModifyVpcEndpoint"),
            delete=actions("ec2", "DeleteVpcEndpoints"),
            documented=actions("ec2", "ModifyVpcEndpoint"),
        ),
        cost=Cost(
            "per hour and zone and by traffic; gateways are free", properties=("subnetIds", "vpcEndpointType")
        ),
    ),
    AwsType(
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        listing=Listing(
            "ec2",
            "describe_security_group_rules",
            "ec2:DescribeSecurityGroupRules",
            _rule_rows(egress=True),
            match=(
                "ipProtocol",
                "fromPort",
                "toPort",
                "cidrIpv4",
                "cidrIpv6",
                "prefixListId",
                "referencedSecurityGroupId",
            ),
            outputs=("prefixListId",),
            tell=("description",),
            within={"securityGroupId": "Filters/group-id"},
            parent="aws:ec2/securityGroup:SecurityGroup",
        ),
        loss=Loss("access", "its traffic would be refused in between"),
        reads=actions("ec2", "DescribeSecurityGroupRules"),
        delivery=Delivery(
            "network",
            "ec2/vpc_security_group_egress_rule.go",
            create=actions("ec2", "AuthorizeSecurityGroupEgress CreateTags"),
            update=actions("ec2", "CreateTags DeleteTags ModifySecurityGroupRules"),
            delete=actions("ec2", "RevokeSecurityGroupEgress"),
            documented=actions("ec2", "ModifySecurityGroupRules"),
        ),
    ),
    AwsType(
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        listing=Listing(
            "ec2",
            "describe_security_group_rules",
            "ec2:DescribeSecurityGroupRules",
            _rule_rows(egress=False),
            match=(
                "ipProtocol",
                "fromPort",
                "toPort",
                "cidrIpv4",
                "cidrIpv6",
                "prefixListId",
                "referencedSecurityGroupId",
            ),
            outputs=("prefixListId",),
            tell=("description",),
            within={"securityGroupId": "Filters/group-id"},
            parent="aws:ec2/securityGroup:SecurityGroup",
        ),
        loss=Loss("access", "its traffic would be refused in between"),
        reads=actions("ec2", "DescribeSecurityGroupRules"),
        delivery=Delivery(
            "network",
            "ec2/vpc_security_group_ingress_rule.go",
            create=actions("ec2", "AuthorizeSecurityGroupIngress CreateTags"),
            update=actions("ec2", "CreateTags DeleteTags ModifySecurityGroupRules"),
            delete=actions("ec2", "RevokeSecurityGroupIngress"),
            documented=actions("ec2", "ModifySecurityGroupRules"),
        ),
    ),
)
