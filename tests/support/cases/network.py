"""Security groups, rules and endpoints in the account's default network."""

from tests.support.cases.case import IAM, REGION, Case, document

_VPC = {"network": "vpc"}
_INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
_EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"


def _group(name: str) -> dict[str, list[str]]:
    return {"ref": [name, "id"]}


NETWORK = [
    Case("aws:ec2/securityGroup:SecurityGroup", "group-minimal", "", {"name": "minimal"}),
    Case(
        "aws:ec2/securityGroup:SecurityGroup",
        "group-rich",
        "",
        {
            "name": "rich",
            "description": "endpoints of agents",
            "vpcId": _VPC,
            "revokeRulesOnDelete": True,
            "ingress": [
                {
                    "protocol": "tcp",
                    "fromPort": 443,
                    "toPort": 443,
                    "cidrBlocks": ["10.1.0.0/16", "10.0.0.0/16"],
                    "description": "TLS",
                },
                {
                    "protocol": "TCP",
                    "fromPort": 8000,
                    "toPort": 8080,
                    "self": True,
                    "securityGroups": [_group("group-minimal")],
                },
            ],
            "egress": [{"protocol": "all", "fromPort": 0, "toPort": 0, "cidrBlocks": ["0.0.0.0/0"]}],
            "tags": {"Purpose": "endpoints"},
        },
        ("group-minimal",),
    ),
    Case(
        "aws:ec2/securityGroup:SecurityGroup",
        "group-of-rules",
        "",
        {"name": "of-rules", "description": "its rules are resources", "vpcId": _VPC},
    ),
    Case(
        _INGRESS,
        "ingress-minimal",
        "",
        {"securityGroupId": _group("group-of-rules"), "ipProtocol": "-1", "cidrIpv4": "10.0.0.0/8"},
        ("group-of-rules",),
    ),
    Case(
        _INGRESS,
        "ingress-rich",
        "{securityGroupRuleId}",
        {
            "securityGroupId": _group("group-of-rules"),
            "ipProtocol": "tcp",
            "fromPort": 443,
            "toPort": 443,
            "referencedSecurityGroupId": _group("group-minimal"),
            "description": "agents",
            "tags": {"Purpose": "agents"},
        },
        ("group-of-rules", "group-minimal"),
    ),
    Case(
        _EGRESS,
        "egress-minimal",
        "",
        {"securityGroupId": _group("group-of-rules"), "ipProtocol": "-1", "cidrIpv4": "0.0.0.0/0"},
        ("group-of-rules",),
    ),
    Case(
        _EGRESS,
        "egress-rich",
        "",
        {
            "securityGroupId": _group("group-of-rules"),
            "ipProtocol": "udp",
            "fromPort": 53,
            "toPort": 53,
            "cidrIpv6": "fd00:ec2::/32",
            "description": "names",
            "tags": {"Purpose": "names"},
        },
        ("group-of-rules",),
    ),
    Case(
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        "gateway-minimal",
        "",
        {"vpcId": _VPC, "serviceName": f"com.amazonaws.{REGION}.s3"},
    ),
    Case(
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        "gateway-rich",
        "",
        {
            "vpcId": _VPC,
            "serviceName": f"com.amazonaws.{REGION}.dynamodb",
            "routeTableIds": [{"network": "routes"}],
            "policy": document("dynamodb:*", resource="*", principal={"AWS": f"{IAM}:root"}),
            "tags": {"Purpose": "tables"},
        },
    ),
    Case(
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        "interface-minimal",
        "",
        {
            "vpcId": _VPC,
            "serviceName": f"com.amazonaws.{REGION}.sqs",
            "vpcEndpointType": "Interface",
            "subnetIds": [{"network": "first subnet"}],
        },
    ),
    Case(
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        "interface-rich",
        "",
        {
            "vpcId": _VPC,
            "serviceName": f"com.amazonaws.{REGION}.bedrock-runtime",
            "vpcEndpointType": "Interface",
            "subnetIds": [{"network": "second subnet"}, {"network": "first subnet"}],
            "securityGroupIds": [_group("group-rich")],
            "privateDnsEnabled": True,
            "ipAddressType": "ipv4",
            "dnsOptions": {"dnsRecordIpType": "ipv4"},
            "policy": document("bedrock:InvokeModel", resource="*", principal={"AWS": f"{IAM}:root"}),
            "tags": {"Purpose": "models"},
        },
        ("group-rich",),
    ),
]
