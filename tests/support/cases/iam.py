"""Roles, policies and keys."""

from tests.support.cases.case import ACCOUNT, IAM, QUEUE_ARNS, REGION, Case, document, trust

IDENTITIES = [
    Case(
        "aws:iam/policy:Policy",
        "policy-minimal",
        f"{IAM}:policy/plain",
        {"name": "plain", "policy": document("sqs:SendMessage", resource=f"{QUEUE_ARNS}:minimal")},
    ),
    Case(
        "aws:iam/policy:Policy",
        "policy-rich",
        f"{IAM}:policy/agents/boundary",
        {
            "name": "boundary",
            "path": "/agents/",
            "description": "what agents may do at most",
            "policy": document("s3:*", "sqs:*", resource="*"),
            "tags": {"Purpose": "boundary"},
        },
    ),
    Case(
        "aws:iam/role:Role",
        "role-minimal",
        "minimal",
        {"name": "minimal", "assumeRolePolicy": trust("lambda.amazonaws.com")},
    ),
    Case(
        "aws:iam/role:Role",
        "role-rich",
        "rich",
        {
            "name": "rich",
            "path": "/agents/",
            "description": "runs an agent",
            "maxSessionDuration": 7200,
            "permissionsBoundary": f"{IAM}:policy/agents/boundary",
            "assumeRolePolicy": trust(
                "bedrock-agentcore.amazonaws.com",
                Condition={"StringEquals": {"aws:SourceAccount": [ACCOUNT]}},
            ),
            "tags": {"Purpose": "agent"},
        },
        ("policy-rich",),
    ),
    Case(
        "aws:iam/role:Role",
        "role-owning",
        "owning",
        {
            "name": "owning",
            "assumeRolePolicy": trust("lambda.amazonaws.com"),
            "inlinePolicies": [
                {"name": "read", "policy": document("s3:GetObject", resource="arn:aws:s3:::a/*")}
            ],
            "managedPolicyArns": [f"{IAM}:policy/plain"],
        },
        ("policy-minimal",),
    ),
    Case(
        "aws:iam/rolePolicy:RolePolicy",
        "role-policy",
        "rich:inline",
        {
            "name": "inline",
            "role": "rich",
            "policy": document(
                "dynamodb:PutItem", resource=f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/Rich", Sid="Put"
            ),
        },
        ("role-rich",),
    ),
    Case(
        "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
        "provider-minimal",
        f"{IAM}:oidc-provider/gitlab.example.com",
        {"url": "https://gitlab.example.com", "clientIdLists": ["https://gitlab.example.com"]},
    ),
    Case(
        "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
        "provider-rich",
        f"{IAM}:oidc-provider/token.actions.githubusercontent.com",
        {
            "url": "https://token.actions.githubusercontent.com",
            "clientIdLists": ["sts.amazonaws.com", "other.example.com"],
            "thumbprintLists": ["6938fd4d98bab03faadb97b34396831e3780aea1"],
            "tags": {"Purpose": "delivery"},
        },
    ),
    Case(
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "attachment",
        f"minimal/{IAM}:policy/plain",
        {"role": "minimal", "policyArn": f"{IAM}:policy/plain"},
        ("role-minimal", "policy-minimal"),
    ),
]

KEYS = [
    Case("aws:kms/key:Key", "key-minimal", "", {"deletionWindowInDays": 7}),
    Case(
        "aws:kms/key:Key",
        "key-rich",
        "",
        {
            "description": "documents",
            "enableKeyRotation": True,
            "rotationPeriodInDays": 180,
            "policy": document("kms:*", resource="*", principal={"AWS": f"{IAM}:root"}),
            "tags": {"Purpose": "documents"},
        },
    ),
    Case(
        "aws:kms/alias:Alias",
        "alias",
        "alias/documents",
        {"name": "alias/documents", "targetKeyId": {"ref": ["key-rich", "keyId"]}},
        ("key-rich",),
    ),
]
