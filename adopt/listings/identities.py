"""Listings of who may do what: IAM and Cognito."""

from collections.abc import Iterable, Mapping
from typing import Any

from adopt.listings.model import Listing, Row, rows

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
        "aws:cognito/userPool:UserPool",
        "cognito-idp",
        "list_user_pools",
        "cognito-idp:ListUserPools",
        rows("UserPools[].{id: Id, name: Name}"),
        arguments={"MaxResults": 60},
    ),
    Listing(
        "aws:cognito/userPoolClient:UserPoolClient",
        "cognito-idp",
        "list_user_pool_clients",
        "cognito-idp:ListUserPoolClients",
        rows("UserPoolClients[].{id: ClientId, name: ClientName}"),
        within={"userPoolId": "UserPoolId"},
        arguments={"MaxResults": 60},
        id="{userPoolId}/{id}",
    ),
)
