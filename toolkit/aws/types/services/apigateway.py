"""Types of API Gateway."""

from toolkit.aws.types.import_ids import joined
from toolkit.aws.types.listing import Listing, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import Loss, ProviderFacts, Unread

TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:apigateway/integration:Integration",
        provider=ProviderFacts(
            ("https://github.com/pulumi/pulumi-aws/issues/5241",),
            unread={"timeoutMilliseconds": Unread(sent=False, filled=True)},
        ),
    ),
    AwsType(
        "aws:apigateway/restApi:RestApi",
        loss=Loss("id", "it would get a new address, and callers of the live one would fail"),
    ),
    AwsType(
        "aws:apigatewayv2/api:Api",
        listing=Listing(
            "apigatewayv2",
            "get_apis",
            "apigateway:GET",
            rows("Items[].{id: ApiId, name: Name}"),
        ),
        loss=Loss("id", "it would get a new address, and callers of the live one would fail"),
    ),
    # `stage` is computed from a stage's id, which has the API's too once it is imported
    AwsType(
        "aws:apigatewayv2/apiMapping:ApiMapping",
        listing=Listing(
            "apigatewayv2",
            "get_api_mappings",
            "apigateway:GET",
            rows(
                "Items[].{id: ApiMappingId, name: ApiMappingId, apiId: ApiId, stage: Stage, "
                "apiMappingKey: ApiMappingKey}"
            ),
            match=("apiId", "stage", "apiMappingKey"),
            outputs=("stage",),
            within={"domainName": "DomainName"},
            parent="aws:apigatewayv2/domainName:DomainName",
            id="{id}/{domainName}",
        ),
    ),
    AwsType(
        "aws:apigatewayv2/authorizer:Authorizer",
        listing=Listing(
            "apigatewayv2",
            "get_authorizers",
            "apigateway:GET",
            rows("Items[].{id: AuthorizerId, name: Name}"),
            within={"apiId": "ApiId"},
            parent="aws:apigatewayv2/api:Api",
            id="{apiId}/{id}",
        ),
    ),
    # Deployments that a stage with autoDeploy makes are not for a program to declare
    AwsType(
        "aws:apigatewayv2/deployment:Deployment",
        listing=Listing(
            "apigatewayv2",
            "get_deployments",
            "apigateway:GET",
            rows("Items[?!AutoDeployed].{id: DeploymentId, name: DeploymentId, description: Description}"),
            match=("description",),
            within={"apiId": "ApiId"},
            parent="aws:apigatewayv2/api:Api",
            id="{apiId}/{id}",
        ),
    ),
    AwsType(
        "aws:apigatewayv2/domainName:DomainName",
        import_id=joined("domainName"),
        listing=Listing(
            "apigatewayv2",
            "get_domain_names",
            "apigateway:GET",
            rows("Items[].{id: DomainName, name: DomainName, domainName: DomainName}"),
            match=("domainName",),
        ),
    ),
    # An integration of API Gateway's quick create cannot be imported
    AwsType(
        "aws:apigatewayv2/integration:Integration",
        listing=Listing(
            "apigatewayv2",
            "get_integrations",
            "apigateway:GET",
            rows(
                "Items[?!ApiGatewayManaged].{id: IntegrationId, name: IntegrationId, "
                "integrationType: IntegrationType, integrationUri: IntegrationUri}"
            ),
            match=("integrationType", "integrationUri"),
            within={"apiId": "ApiId"},
            parent="aws:apigatewayv2/api:Api",
            id="{apiId}/{id}",
        ),
    ),
    # A route of API Gateway's quick create cannot be imported
    AwsType(
        "aws:apigatewayv2/route:Route",
        listing=Listing(
            "apigatewayv2",
            "get_routes",
            "apigateway:GET",
            rows("Items[?!ApiGatewayManaged].{id: RouteId, name: RouteKey, routeKey: RouteKey}"),
            match=("routeKey",),
            within={"apiId": "ApiId"},
            parent="aws:apigatewayv2/api:Api",
            id="{apiId}/{id}",
        ),
    ),
    # A stage of API Gateway's quick create cannot be imported
    AwsType(
        "aws:apigatewayv2/stage:Stage",
        import_id=joined("apiId", "name", by="/"),
        listing=Listing(
            "apigatewayv2",
            "get_stages",
            "apigateway:GET",
            rows("Items[?!ApiGatewayManaged].{id: StageName, name: StageName}"),
            within={"apiId": "ApiId"},
            parent="aws:apigatewayv2/api:Api",
            id="{apiId}/{id}",
        ),
    ),
    AwsType(
        "aws:apigatewayv2/vpcLink:VpcLink",
        listing=Listing(
            "apigatewayv2",
            "get_vpc_links",
            "apigateway:GET",
            rows("Items[].{id: VpcLinkId, name: Name}"),
        ),
    ),
)
