"""Policy documents, roles and identities that allow too much."""

from pulumi_aws import iam, sqs

from faults.common import TAGS, document

TRUST = document(
    Effect="Allow", Principal={"Service": "bedrock-agentcore.amazonaws.com"}, Action="sts:AssumeRole"
)

EXPECTED = {
    "trusting-role": {"iam-role-confused-deputy", "iam-role-used"},
    "wide-policy": {"iam-policy-passrole", "iam-policy-wildcard-action", "iam-policy-wildcard-resource"},
    "borderless-policy": {"iam-policy-wildcard-scope"},
    "asking-policy": {"bedrock-model-named"},
    "inverse-policy": {"iam-policy-inverse-elements", "iam-role-escalation"},
    "unknown-policy": {"iam-policy-valid-document"},
    "misspelt-policy": {"iam-policy-valid-document"},
    "admin": {"iam-policy-admin-attachment"},
    "public-policy": {"iam-policy-public-principal"},
    "person": {"iam-identity-no-users"},
    "key": {"iam-identity-no-access-keys"},
}


def plant() -> None:
    """Declare the faulty resources."""
    iam.Role("trusting-role", name="trusting", assume_role_policy=TRUST, tags=TAGS)
    iam.Policy(
        "wide-policy",
        name="wide",
        policy=document(Effect="Allow", Action=["dynamodb:*", "iam:PassRole"], Resource="*"),
        tags=TAGS,
    )
    iam.Policy(
        "borderless-policy",
        name="borderless",
        policy=document(
            Effect="Allow", Action="dynamodb:GetItem", Resource="arn:aws:dynamodb:*:*:table/trades"
        ),
        tags=TAGS,
    )
    iam.Policy(
        "asking-policy",
        name="asking",
        policy=document(
            Effect="Allow",
            Action="bedrock:InvokeModel",
            Resource="arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-pro-v1:0",
        ),
        tags=TAGS,
    )
    inverse = iam.Policy(
        "inverse-policy",
        name="inverse",
        policy=document(Effect="Allow", NotAction="iam:CreateUser", Resource="*"),
        tags=TAGS,
    )
    iam.Policy(
        "unknown-policy",
        name="unknown",
        policy=inverse.arn.apply(
            lambda arn: document(Effect="Allow", Action="dynamodb:GetItem", Resource=arn)
        ),
        tags=TAGS,
    )
    iam.Policy(
        "misspelt-policy",
        name="misspelt",
        policy=document(Effect="Allow", Action="dynamodb:GetItems", Resource="arn:aws:s3:::a"),
        tags=TAGS,
    )
    iam.RolePolicyAttachment(
        "admin", role="trusting", policy_arn="arn:aws:iam::aws:policy/AdministratorAccess"
    )
    sqs.QueuePolicy(
        "public-policy",
        queue_url="https://sqs.us-east-1.amazonaws.com/123456789012/elsewhere",
        policy=document(
            Effect="Allow",
            Principal="*",
            Action="sqs:SendMessage",
            Resource="arn:aws:sqs:us-east-1:123456789012:elsewhere",
        ),
    )
    iam.User("person", name="person", tags=TAGS)
    iam.AccessKey("key", user="person")
