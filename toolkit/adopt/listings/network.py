"""Listings of ways in: API Gateway, VPC endpoints and security groups."""

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.adopt.listings.model import Listing, Row, Rows, rows

_API = {"apiId": "ApiId"}
_APIS, _DOMAINS = "aws:apigatewayv2/api:Api", "aws:apigatewayv2/domainName:DomainName"
_GROUPS = "aws:ec2/securityGroup:SecurityGroup"
_RULE = {
    "ipProtocol": "IpProtocol",
    "fromPort": "FromPort",
    "toPort": "ToPort",
    "cidrIpv4": "CidrIpv4",
    "cidrIpv6": "CidrIpv6",
    "prefixListId": "PrefixListId",
}
_NO_PORT = -1


def _of_api(kind: str, operation: str, expression: str, *match: str) -> Listing:
    token = f"aws:apigatewayv2/{kind[0].lower()}{kind[1:]}:{kind}"
    return Listing(
        token,
        "apigatewayv2",
        operation,
        "apigateway:GET",
        rows(expression),
        match,
        parent=_APIS,
        within=_API,
        id="{apiId}/{id}",
    )


def _rule_rows(*, egress: bool) -> Rows:
    """Read rules of one side; a group has one rule at most of the same protocol, ports and source."""

    def read(page: Mapping[str, Any]) -> Iterable[Row]:
        for one in page.get("SecurityGroupRules", ()):
            if one["IsEgress"] == egress:
                fields = {name: one.get(field) for name, field in _RULE.items() if one.get(field) != _NO_PORT}
                source = (one.get("ReferencedGroupInfo") or {}).get("GroupId")
                identity = one["SecurityGroupRuleId"]
                told = one.get("Description") or None
                yield {
                    "id": identity,
                    "name": identity,
                    **fields,
                    "referencedSecurityGroupId": source,
                    "description": told,
                }

    return read


def _rule(side: str) -> Listing:
    return Listing(
        f"aws:vpc/securityGroup{side}Rule:SecurityGroup{side}Rule",
        "ec2",
        "describe_security_group_rules",
        "ec2:DescribeSecurityGroupRules",
        _rule_rows(egress=side == "Egress"),
        match=(*_RULE, "referencedSecurityGroupId"),
        outputs=("prefixListId",),
        tell=("description",),
        parent=_GROUPS,
        within={"securityGroupId": "Filters/group-id"},
    )


LISTINGS = (
    Listing(
        _APIS,
        "apigatewayv2",
        "get_apis",
        "apigateway:GET",
        rows("Items[].{id: ApiId, name: Name}"),
    ),
    # What API Gateway's quick create made cannot be imported
    _of_api(
        "Route",
        "get_routes",
        "Items[?!ApiGatewayManaged].{id: RouteId, name: RouteKey, routeKey: RouteKey}",
        "routeKey",
    ),
    _of_api(
        "Integration",
        "get_integrations",
        "Items[?!ApiGatewayManaged].{id: IntegrationId, name: IntegrationId, "
        "integrationType: IntegrationType, integrationUri: IntegrationUri}",
        "integrationType",
        "integrationUri",
    ),
    _of_api("Authorizer", "get_authorizers", "Items[].{id: AuthorizerId, name: Name}", "name"),
    _of_api("Stage", "get_stages", "Items[?!ApiGatewayManaged].{id: StageName, name: StageName}", "name"),
    # what a stage with autoDeploy makes is nobody's to declare
    _of_api(
        "Deployment",
        "get_deployments",
        "Items[?!AutoDeployed].{id: DeploymentId, name: DeploymentId, description: Description}",
        "description",
    ),
    Listing(
        _DOMAINS,
        "apigatewayv2",
        "get_domain_names",
        "apigateway:GET",
        rows("Items[].{id: DomainName, name: DomainName, domainName: DomainName}"),
        match=("domainName",),
    ),
    Listing(
        "aws:apigatewayv2/apiMapping:ApiMapping",
        "apigatewayv2",
        "get_api_mappings",
        "apigateway:GET",
        rows(
            "Items[].{id: ApiMappingId, name: ApiMappingId, apiId: ApiId, stage: Stage, "
            "apiMappingKey: ApiMappingKey}"
        ),
        match=("apiId", "stage", "apiMappingKey"),
        outputs=("stage",),  # of a stage's id, which has the API's too where it is imported
        parent=_DOMAINS,
        within={"domainName": "DomainName"},
        id="{id}/{domainName}",
    ),
    Listing(
        "aws:apigatewayv2/vpcLink:VpcLink",
        "apigatewayv2",
        "get_vpc_links",
        "apigateway:GET",
        rows("Items[].{id: VpcLinkId, name: Name}"),
    ),
    Listing(
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        "ec2",
        "describe_vpc_endpoints",
        "ec2:DescribeVpcEndpoints",
        # one that was deleted is still listed for a while
        rows(
            'VpcEndpoints[?!contains(`["Deleting", "Deleted", "deleting", "deleted"]`, State)]'
            ".{id: VpcEndpointId, name: VpcEndpointId, vpcId: VpcId, serviceName: ServiceName, "
            "aws: RequesterManaged}"
        ),
        match=("vpcId", "serviceName"),
    ),
    Listing(
        _GROUPS,
        "ec2",
        "describe_security_groups",
        "ec2:DescribeSecurityGroups",
        rows("SecurityGroups[].{id: GroupId, name: GroupName, vpcId: VpcId, aws: GroupName == 'default'}"),
        match=("name", "vpcId"),
    ),
    _rule("Ingress"),
    _rule("Egress"),
)
