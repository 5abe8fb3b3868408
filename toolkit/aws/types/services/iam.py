"""Types of IAM."""

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.aws.location import Location
from toolkit.aws.types.import_ids import NAME, Inputs, joined
from toolkit.aws.types.listing import Listing, Row, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import ConsolePage, Delivery, Loss, ProviderFacts, SubResource, actions

# What AWS makes by itself: https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
# and https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html
_PATHS_OF_AWS = ("/aws-service-role/", "/aws-reserved/")
_ROLE_PAGE = ConsolePage("/iam/home#/roles/details/{name}", name="role", regional=False)


def _policy_arn(inputs: Inputs, location: Location) -> str | None:
    name = inputs.get("name")
    return location.global_arn("iam", f"policy{inputs.get('path') or '/'}{name}") if name else None


def _provider_arn(inputs: Inputs, location: Location) -> str | None:
    host = inputs.get("url", "").removeprefix("https://")
    return location.global_arn("iam", f"oidc-provider/{host}") if host else None


def _roles(page: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    for role in page.get("RoleDetailList", ()):
        yield {**role, "aws": str(role.get("Path", "/")).startswith(_PATHS_OF_AWS)}


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


TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:iam/group:Group",
        import_id=NAME,
        listing=Listing(
            "iam",
            "list_groups",
            "iam:ListGroups",
            rows("Groups[].{id: GroupName, name: GroupName}"),
        ),
    ),
    AwsType(
        "aws:iam/instanceProfile:InstanceProfile",
        import_id=NAME,
        loss=Loss("access", "instances with it would lose their role"),
    ),
    AwsType(
        "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
        import_id=_provider_arn,
        listing=Listing(
            "iam",
            "list_open_id_connect_providers",
            "iam:ListOpenIDConnectProviders",
            rows("OpenIDConnectProviderList[].{id: Arn, name: Arn}"),
        ),
        loss=Loss("access", "nobody could sign in through it in between"),
        reads=actions("iam", "GetOpenIDConnectProvider"),
    ),
    AwsType(
        "aws:iam/policy:Policy",
        import_id=_policy_arn,
        listing=Listing(
            "iam",
            "get_account_authorization_details",
            "iam:GetAccountAuthorizationDetails",
            rows("Policies[].{id: Arn, name: PolicyName}"),
            arguments={"Filter": ["LocalManagedPolicy"]},
        ),
        loss=Loss("access", "who has the policy would be without it in between"),
        reads=actions("iam", "GetPolicy GetPolicyVersion ListPolicyTags"),
    ),
    AwsType(
        "aws:iam/role:Role",
        import_id=NAME,
        listing=Listing(
            "iam",
            "get_account_authorization_details",
            "iam:GetAccountAuthorizationDetails",
            _role_rows,
            arguments={"Filter": ["Role"]},
        ),
        loss=Loss(
            "access",
            ("it would get a new id; sessions of the role end, and policies that name it stop matching it"),
        ),
        sub_resources=(
            SubResource("inlinePolicies", "aws:iam/rolePolicy:RolePolicy", "role", several=True),
            SubResource(
                "managedPolicyArns", "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role", several=True
            ),
        ),
        provider=ProviderFacts(
            ("iam/role.go",),
            defaults={"maxSessionDuration": 3600, "path": "/"},
        ),
        reads=actions("iam", "GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies"),
        delivery=Delivery(
            "roles",
            "iam/role.go",
            create=actions("iam", "CreateRole TagRole"),
            update=actions(
                "iam",
                (
                    "PutRolePermissionsBoundary TagRole UntagRole UpdateAssumeRolePolicy UpdateRole "
                    "UpdateRoleDescription"
                ),
            ),
            delete=actions(
                "iam", "DeleteRole ListAttachedRolePolicies ListInstanceProfilesForRole ListRolePolicies"
            ),
            documented=actions(
                "iam", "ListInstanceProfilesForRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription"
            ),
        ),
        console=_ROLE_PAGE,
    ),
    AwsType(
        "aws:iam/rolePolicy:RolePolicy",
        import_id=joined("role", "name"),
        listing=Listing(
            "iam",
            "get_account_authorization_details",
            "iam:GetAccountAuthorizationDetails",
            _inline_rows,
            arguments={"Filter": ["Role"]},
        ),
        loss=Loss("access", "the role would be without it in between"),
        reads=actions("iam", "GetRolePolicy"),
        delivery=Delivery(
            "roles",
            "iam/role_policy.go",
            create=actions("iam", "PutRolePolicy"),
            update=actions("iam", "PutRolePolicy"),
            delete=actions("iam", "DeleteRolePolicy"),
        ),
        console=_ROLE_PAGE,
    ),
    AwsType(
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        import_id=joined("role", "policyArn", by="/"),
        listing=Listing(
            "iam",
            "get_account_authorization_details",
            "iam:GetAccountAuthorizationDetails",
            _attachment_rows,
            arguments={"Filter": ["Role"]},
        ),
        loss=Loss("access", "the role would be without it in between"),
        reads=actions("iam", "ListAttachedRolePolicies"),
        console=_ROLE_PAGE,
    ),
    AwsType(
        "aws:iam/user:User",
        import_id=NAME,
        listing=Listing(
            "iam",
            "list_users",
            "iam:ListUsers",
            rows("Users[].{id: UserName, name: UserName}"),
        ),
        loss=Loss("access", "it would get a new id, and its keys would be lost"),
    ),
)
