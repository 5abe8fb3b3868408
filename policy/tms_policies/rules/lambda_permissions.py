"""Rules about who may call a Lambda function.

https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
"""

import re
from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.registry import rule
from tms_policies.values import shown, unproven

PERMISSION = "aws:lambda/permission:Permission"
_GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"
_OF_ACCOUNT = re.compile(r"arn:[^:]+:[^:]*:[^:]*:\d{12}:")


@rule(
    "lambda-permission-public",
    severity="critical",
    types=(PERMISSION,),
    reads=("principal", "principalOrgId"),
    remedy="Name the principal.",
    why="The function's policy alone then lets every AWS account call it: its code runs for strangers, "
    f"on your role and your bill. {_GUIDE}access-control-resource-based.html",
)
def public(permission: Resource, _settings: Bag) -> Iterable[Finding]:
    """Not everybody may call a function."""
    principal = permission.props.get("principal")
    if isinstance(principal, Unknown):
        yield unproven(principal, f"principal of {permission.name} must not be everybody")
    elif principal == "*" and not permission.props.get("principalOrgId"):
        yield Finding(
            f"principal of {permission.name} is '*': anybody on the internet may call the function",
            'principal="<account id, role ARN or service>", or principal_org_id="o-..." beside it',
        )


@rule(
    "lambda-permission-source",
    severity="high",
    types=(PERMISSION,),
    reads=("sourceArn", "sourceAccount"),
    remedy="Set source_arn, and source_account where the ARN names no account.",
    why="The service acts for all its customers: anybody may point a rule or a topic of theirs at the "
    "function, and AWS lets the call pass. An ARN of S3 names no account, so whoever takes over the name "
    f"of a deleted bucket inherits the permission. {_GUIDE}permissions-function-services.html",
)
def source(permission: Resource, _settings: Bag) -> Iterable[Finding]:
    """A service may call a function only for a named resource and account."""
    principal, arn = permission.props.get("principal"), permission.props.get("sourceArn")
    line = 'source_arn="<ARN of the caller>", source_account="<account id>"'
    if permission.props.get("sourceAccount"):
        return
    if isinstance(principal, Unknown):
        if not arn:
            yield unproven(principal, f"{permission.name} must have a sourceArn if that is a service")
    elif not isinstance(principal, str) or not principal.endswith((".amazonaws.com", ".amazonaws.com.cn")):
        return
    elif not arn or arn == "*":
        yield Finding(
            f"{permission.name} lets {principal} call the function for anybody: sourceArn is "
            f"{'missing' if not arn else shown(arn)}",
            line,
        )
    elif principal.startswith("s3.") or (isinstance(arn, str) and not _OF_ACCOUNT.match(arn)):
        yield Finding(
            f"sourceArn of {permission.name} names no account, and sourceAccount is missing: "
            "who takes the name over may call the function",
            line,
        )
