"""Listings of ways in: API Gateway and VPC endpoints."""

from adopt.listings.model import Listing, rows

_API = {"apiId": "ApiId"}


def _of_api(kind: str, operation: str, expression: str, *match: str) -> Listing:
    token = f"aws:apigatewayv2/{kind[0].lower()}{kind[1:]}:{kind}"
    return Listing(
        token, "apigatewayv2", operation, "apigateway:GET", rows(expression), match, _API, id="{apiId}/{id}"
    )


LISTINGS = (
    Listing(
        "aws:apigatewayv2/api:Api",
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
        rows(
            "VpcEndpoints[].{id: VpcEndpointId, name: VpcEndpointId, vpcId: VpcId, serviceName: ServiceName}"
        ),
        match=("vpcId", "serviceName"),
    ),
    Listing(
        "aws:ec2/securityGroup:SecurityGroup",
        "ec2",
        "describe_security_groups",
        "ec2:DescribeSecurityGroups",
        rows("SecurityGroups[].{id: GroupId, name: GroupName, vpcId: VpcId, aws: GroupName == 'default'}"),
        match=("name", "vpcId"),
    ),
)
