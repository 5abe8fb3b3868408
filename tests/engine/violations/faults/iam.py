"""Rights that lead to more rights, that nobody needs, or that can never be used; and who is let in for them."""

import json
from pathlib import Path

from pulumi_aws import iam, sqs

from faults.common import TAGS, document

_TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/trades"
_QUEUE = "arn:aws:sqs:us-east-1:123456789012:elsewhere"
_GITHUB = "token.actions.githubusercontent.com"
_NEEDS = {"needsFile": str(Path(__file__).resolve().parent.parent / "needs.yaml")}

CONFIG = {
    "iam-role-declared-needs": _NEEDS,
    "iam-role-needs-met": _NEEDS,
    "iam-role-permissions-boundary": {"names": ["needy"]},
}
EXPECTED = {
    "mismatched-policy": {"iam-policy-action-resource-match"},
    "unheard-of-key-policy": {"iam-policy-condition-keys"},
    "idle-policy": {"iam-policy-idle-statement"},
    "twofold-policy": {"iam-policy-duplicate-statement"},
    "long-policy": {"iam-policy-size"},
    "managing-policy": {"iam-policy-permission-management"},
    "signing-policy": {"iam-policy-credentials-exposure"},
    "foreign-policy": {"iam-policy-cross-account"},
    "anybodys-topic-policy": {"iam-policy-service-caller"},
    "any-repository": {"iam-role-federated-trust", "iam-role-used"},
    "climbing-policy": {"iam-role-escalation"},
    "deleting-policy": {"iam-role-destructive-actions"},
    "vain-policy": {"iam-role-void-grant"},
    "needy": {
        "iam-role-declared-needs",
        "iam-role-needs-met",
        "iam-role-permissions-boundary",
        "iam-role-used",
    },
}


def _allow(action: object, resource: object, **more: object) -> dict[str, object]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def _policy(name: str, *statements: dict[str, object]) -> None:
    text = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    iam.Policy(f"{name}-policy", name=name, policy=text, tags=TAGS)


def _identities() -> None:
    """Declare policies whose statements are wrong by themselves, or together."""
    read = _allow("dynamodb:GetItem", _TABLE)
    _policy("mismatched", _allow("dynamodb:GetItem", _QUEUE))
    _policy("unheard-of-key", _allow("dynamodb:GetItem", _TABLE, Condition={"Bool": {"aws:Secure": "true"}}))
    _policy("idle", _allow("dynamodb:GetItem", _TABLE, Condition={"StringEquals": {"aws:SourceVpc": []}}))
    _policy("twofold", read, read)
    _policy("long", *(_allow("dynamodb:GetItem", f"{_TABLE}-{number}") for number in range(100)))
    _policy("managing", _allow("s3:PutBucketPolicy", "arn:aws:s3:::trades"))
    _policy("signing", _allow("sts:AssumeRole", "arn:aws:iam::123456789012:role/other"))
    _policy(
        "climbing", _allow("lambda:UpdateFunctionCode", "arn:aws:lambda:us-east-1:123456789012:function:a")
    )
    _policy("deleting", _allow("dynamodb:DeleteItem", _TABLE))
    _policy("vain", read, {"Effect": "Deny", "Action": "dynamodb:*", "Resource": "*"})


def _let_in(name: str, principal: dict[str, str]) -> None:
    sqs.QueuePolicy(
        f"{name}-policy",
        queue_url=f"https://sqs.us-east-1.amazonaws.com/123456789012/{name}",
        policy=document(Effect="Allow", Principal=principal, Action="sqs:SendMessage", Resource=_QUEUE),
    )


def plant() -> None:
    """Declare the faulty resources."""
    _identities()
    _let_in("foreign", {"AWS": "arn:aws:iam::999988887777:root"})
    _let_in("anybodys-topic", {"Service": "sns.amazonaws.com"})
    iam.Role(
        "any-repository",
        name="any-repository",
        assume_role_policy=document(
            Effect="Allow",
            Principal={"Federated": f"arn:aws:iam::123456789012:oidc-provider/{_GITHUB}"},
            Action="sts:AssumeRoleWithWebIdentity",
            Condition={
                "StringEquals": {f"{_GITHUB}:aud": "sts.amazonaws.com"},
                "StringLike": {f"{_GITHUB}:sub": "repo:bank/*"},
            },
        ),
        tags=TAGS,
    )
    iam.Role(
        "needy",
        name="needy",
        assume_role_policy=document(
            Effect="Allow", Principal={"Service": "lambda.amazonaws.com"}, Action="sts:AssumeRole"
        ),
        tags=TAGS,
    )
    iam.RolePolicy(
        "needy-rights",
        role="needy",
        policy=document(Effect="Allow", Action="dynamodb:PutItem", Resource=_TABLE),
    )
