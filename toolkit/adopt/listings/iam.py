"""Listings of who may do what: IAM and Cognito."""

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.adopt.listings.model import Listing, Row, rows

# What AWS makes by itself: https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
# and https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html
_OF_AWS = ("/aws-service-role/", "/aws-reserved/")
_DETAILS = ("iam", "get_account_authorization_details", "iam:GetAccountAuthorizationDetails")


def _roles(page: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    for role in page.get("RoleDetailList", ()):
        yield {**role, "aws": str(role.get("Path", "/")).startswith(_OF_AWS)}


def _role_rows(page: Mapping[str, Any]) -> Iterable[Row]:
    for role in _roles(page):
        yield {"id": role["RoleName"], "name": role["RoleName"], "aws": role["aws"]}


def _inline_rows(page: Mapping[str, Any]) -> Iterable[Row]:
    for role in _roles(page):
        for policy in role.get("RolePolicyList", ()):
            name = f"{role['RoleName']}:{policy['PolicyName']}"
            yield {"id": name, "name": name, "aws": role["aws"]}


def _attachment_rows(page: Mapping[str, Any]) -> Iterable[Row]:
    for role in _roles(page):
        for policy in role.get("AttachedManagedPolicies", ()):
            name = f"{role['RoleName']}/{policy['PolicyArn']}"
            yield {"id": name, "name": name, "aws": role["aws"]}


_POOL = "aws:cognito/userPool:UserPool"


def _in_pool(kind: str, operation: str, expression: str, form: str, most: int = 0) -> Listing:
    """List what is inside a user pool, so many on a page."""
    name = "".join(one.capitalize() for one in operation.split("_"))
    return Listing(
        f"aws:cognito/{kind[0].lower()}{kind[1:]}:{kind}",
        "cognito-idp",
        operation,
        f"cognito-idp:{name}",
        rows(expression),
        parent=_POOL,
        within={"userPoolId": "UserPoolId"},
        arguments={"MaxResults": most} if most else {},
        id=form,
    )


LISTINGS = (
    Listing("aws:iam/role:Role", *_DETAILS, _role_rows, arguments={"Filter": ["Role"]}),
    Listing("aws:iam/rolePolicy:RolePolicy", *_DETAILS, _inline_rows, arguments={"Filter": ["Role"]}),
    Listing(
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        *_DETAILS,
        _attachment_rows,
        arguments={"Filter": ["Role"]},
    ),
    Listing(
        "aws:iam/policy:Policy",
        *_DETAILS,
        rows("Policies[].{id: Arn, name: PolicyName}"),
        arguments={"Filter": ["LocalManagedPolicy"]},
    ),
    Listing(
        "aws:iam/user:User",
        "iam",
        "list_users",
        "iam:ListUsers",
        rows("Users[].{id: UserName, name: UserName}"),
    ),
    Listing(
        "aws:iam/group:Group",
        "iam",
        "list_groups",
        "iam:ListGroups",
        rows("Groups[].{id: GroupName, name: GroupName}"),
    ),
    Listing(
        "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
        "iam",
        "list_open_id_connect_providers",
        "iam:ListOpenIDConnectProviders",
        rows("OpenIDConnectProviderList[].{id: Arn, name: Arn}"),
    ),
    Listing(
        _POOL,
        "cognito-idp",
        "list_user_pools",
        "cognito-idp:ListUserPools",
        rows("UserPools[].{id: Id, name: Name}"),
        arguments={"MaxResults": 60},
    ),
    _in_pool(
        "UserPoolClient",
        "list_user_pool_clients",
        "UserPoolClients[].{id: ClientId, name: ClientName}",
        "{userPoolId}/{id}",
        60,
    ),
    _in_pool("UserGroup", "list_groups", "Groups[].{id: GroupName, name: GroupName}", "{userPoolId}/{id}"),
    _in_pool(
        "ResourceServer",
        "list_resource_servers",
        "ResourceServers[].{id: Identifier, name: Name}",
        "{userPoolId}|{id}",
        50,
    ),
    _in_pool(
        "IdentityProvider",
        "list_identity_providers",
        "Providers[].{id: ProviderName, name: ProviderName}",
        "{userPoolId}:{id}",
        60,
    ),
    # No operation lists them: a pool says which it has, one of Cognito's and one of its own
    _in_pool(
        "UserPoolDomain",
        "describe_user_pool",
        "UserPool.[Domain, CustomDomain][?@].{id: @, name: @}",
        "{id}",
    ),
)
