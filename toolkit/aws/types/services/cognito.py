"""Types of Cognito."""

from toolkit.aws.types.import_ids import joined
from toolkit.aws.types.listing import Listing, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import Loss, ProviderFacts, Unread, actions

TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:cognito/identityProvider:IdentityProvider",
        import_id=joined("userPoolId", "providerName"),
        listing=Listing(
            "cognito-idp",
            "list_identity_providers",
            "cognito-idp:ListIdentityProviders",
            rows("Providers[].{id: ProviderName, name: ProviderName}"),
            within={"userPoolId": "UserPoolId"},
            parent="aws:cognito/userPool:UserPool",
            arguments={"MaxResults": 60},
            id="{userPoolId}:{id}",
        ),
        reads=actions("cognito-idp", "DescribeIdentityProvider"),
    ),
    AwsType(
        "aws:cognito/resourceServer:ResourceServer",
        import_id=joined("userPoolId", "identifier", by="|"),
        listing=Listing(
            "cognito-idp",
            "list_resource_servers",
            "cognito-idp:ListResourceServers",
            rows("ResourceServers[].{id: Identifier, name: Name}"),
            within={"userPoolId": "UserPoolId"},
            parent="aws:cognito/userPool:UserPool",
            arguments={"MaxResults": 50},
            id="{userPoolId}|{id}",
        ),
        reads=actions("cognito-idp", "DescribeResourceServer"),
    ),
    AwsType(
        "aws:cognito/user:User",
        loss=Loss("data", "the user and the password would be lost"),
    ),
    AwsType(
        "aws:cognito/userGroup:UserGroup",
        import_id=joined("userPoolId", "name", by="/"),
        listing=Listing(
            "cognito-idp",
            "list_groups",
            "cognito-idp:ListGroups",
            rows("Groups[].{id: GroupName, name: GroupName}"),
            within={"userPoolId": "UserPoolId"},
            parent="aws:cognito/userPool:UserPool",
            id="{userPoolId}/{id}",
        ),
        reads=actions("cognito-idp", "GetGroup"),
    ),
    AwsType(
        "aws:cognito/userPool:UserPool",
        listing=Listing(
            "cognito-idp",
            "list_user_pools",
            "cognito-idp:ListUserPools",
            rows("UserPools[].{id: Id, name: Name}"),
            arguments={"MaxResults": 60},
        ),
        holds_data=True,
        protect="it holds its users, whose passwords nobody can copy",
        loss=Loss("data", "its users would be lost"),
        reads=actions("cognito-idp", "DescribeUserPool GetUserPoolMfaConfig ListTagsForResource"),
    ),
    AwsType(
        "aws:cognito/userPoolClient:UserPoolClient",
        listing=Listing(
            "cognito-idp",
            "list_user_pool_clients",
            "cognito-idp:ListUserPoolClients",
            rows("UserPoolClients[].{id: ClientId, name: ClientName}"),
            within={"userPoolId": "UserPoolId"},
            parent="aws:cognito/userPool:UserPool",
            arguments={"MaxResults": 60},
            id="{userPoolId}/{id}",
        ),
        protect="a new one has another id, by which nobody signs in",
        loss=Loss("id", "it would get a new client id and secret, and nobody signs in with the old ones"),
        provider=ProviderFacts(
            ("https://github.com/pulumi/pulumi-aws/issues/3376",),
            unread={"generateSecret": Unread(ignored=True)},
        ),
        reads=actions("cognito-idp", "DescribeUserPoolClient"),
    ),
    # No operation lists them: a pool names its own, one of Cognito's and a custom one
    AwsType(
        "aws:cognito/userPoolDomain:UserPoolDomain",
        import_id=joined("domain"),
        listing=Listing(
            "cognito-idp",
            "describe_user_pool",
            "cognito-idp:DescribeUserPool",
            rows("UserPool.[Domain, CustomDomain][?@].{id: @, name: @}"),
            within={"userPoolId": "UserPoolId"},
            parent="aws:cognito/userPool:UserPool",
        ),
        reads=actions("cognito-idp", "DescribeUserPoolDomain"),
    ),
)
