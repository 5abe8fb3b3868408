"""What the frameworks ask for beyond the basics, and what a program's owner may ask for by configuration."""

from pulumi_aws import apigatewayv2, bedrock, cloudtrail, cognito, dynamodb, ec2, iam, lambda_, s3, sqs

from faults.common import PROTECTED, TAGS, document

_ROLE = "arn:aws:iam::123456789012:role/elsewhere"
_ASKED = {"required": True}
_BUCKET = {"buckets": ["bare-bucket"]}

CONFIG = {
    "apigateway-stage-execution-logs": {"webSockets": True},
    "bedrock-agent-customer-key": _ASKED,
    "cloudtrail-trail-alarms": {"events": ["root-user"]},
    "cloudtrail-trail-topic": _ASKED,
    "dynamodb-replica-customer-key": _ASKED,
    "dynamodb-table-backup-plan": {"tables": ["unkept"]},
    "iam-policy-known-principals": {"principalsInStack": True},
    "lambda-function-code-signing": _ASKED,
    "lambda-function-concurrency": _ASKED,
    "s3-bucket-notification": _BUCKET,
    "s3-bucket-object-lock": _BUCKET,
    "s3-bucket-replication": _BUCKET,
    "sqs-queue-customer-key": _ASKED,
}
EXPECTED = {
    "violations-local": {"account-exemption-valid"},  # by policy-exemptions.yaml beside this folder
    "weak-passwords": {"iam-account-password-policy"},
    "open-default": {"ec2-group-default-closed"},
    "open-point": {"s3-access-point-public-access", "account-resource-required-tags"},
    "unkept-table": {"dynamodb-table-backup-plan"},
    "unkept-replica": {"dynamodb-replica-customer-key"},
    "locking-policy": {"s3-bucket-policy-lockout"},
    "plain-events": {"cloudtrail-store-encryption"},
    "one-subnet": {"lambda-function-network", "lambda-function-concurrency", "lambda-function-code-signing"},
    "any-page": {"lambda-url-cors"},
    "plain-link": {"apigateway-integration-tls"},
    "plain-source": {"bedrock-source-encryption"},
    "unguarded-agent": {"bedrock-agent-guardrail", "bedrock-agent-customer-key"},
    "silent-browser": {"agentcore-browser-recording"},
    "lax-challenges": {"cognito-pool-custom-sign-in"},
    "whole-account": {"iam-role-whole-account", "iam-role-used", "iam-policy-cross-account"},
    "ghost-policy": {"iam-policy-known-principals"},
}


def _stores() -> None:
    """Declare stores that are kept in one place only, and what looks at them."""
    s3.AccessPoint(
        "open-point", bucket="elsewhere", public_access_block_configuration={"block_public_acls": False}
    )
    s3.BucketPolicy(
        "locking-policy",
        bucket="elsewhere",
        policy=document(Effect="Deny", Principal="*", Action="s3:*", Resource="arn:aws:s3:::elsewhere"),
    )
    dynamodb.Table(
        "unkept-table",
        name="unkept",
        hash_key="id",
        attributes=[{"name": "id", "type": "S"}],
        billing_mode="PAY_PER_REQUEST",
        point_in_time_recovery={"enabled": True},
        server_side_encryption={"enabled": True},
        deletion_protection_enabled=True,
        tags=TAGS,
        opts=PROTECTED,
    )
    dynamodb.TableReplica(
        "unkept-replica",
        global_table_arn="arn:aws:dynamodb:us-east-1:123456789012:table/unkept",
        point_in_time_recovery=True,
        deletion_protection_enabled=True,
        tags=TAGS,
    )
    cloudtrail.EventDataStore("plain-events", name="plain", tags=TAGS, opts=PROTECTED)


def _functions() -> None:
    """Declare a function in one zone, and an address for every page."""
    lambda_.Function(
        "one-subnet",
        name="one-subnet",
        role=_ROLE,
        runtime="python3.13",
        handler="main.handler",
        s3_bucket="elsewhere",
        s3_key="code.zip",
        timeout=30,
        tracing_config={"mode": "Active"},
        dead_letter_config={"target_arn": "arn:aws:sqs:us-east-1:123456789012:elsewhere"},
        vpc_config={"subnet_ids": ["subnet-1"], "security_group_ids": ["sg-1"]},
        tags=TAGS,
    )
    lambda_.FunctionUrl(
        "any-page", function_name="elsewhere", authorization_type="AWS_IAM", cors={"allow_origins": ["*"]}
    )


def _edges() -> None:
    """Declare what stands at the system's edge without its guards."""
    apigatewayv2.Integration(
        "plain-link",
        api_id="api",
        integration_type="HTTP_PROXY",
        connection_type="VPC_LINK",
        connection_id="l",
    )
    bedrock.AgentDataSource(
        "plain-source",
        name="plain",
        knowledge_base_id="kb",
        data_source_configuration={
            "type": "S3",
            "s3_configuration": {"bucket_arn": "arn:aws:s3:::elsewhere"},
        },
    )
    bedrock.AgentAgent(
        "unguarded-agent",
        agent_name="unguarded",
        agent_resource_role_arn=_ROLE,
        foundation_model="amazon.nova-pro-v1:0",
        tags=TAGS,
    )
    bedrock.AgentcoreBrowser(
        "silent-browser", name="silent", network_configuration={"network_mode": "VPC"}, tags=TAGS
    )
    cognito.UserPool(
        "lax-challenges",
        name="lax-challenges",
        mfa_configuration="ON",
        software_token_mfa_configuration={"enabled": True},
        password_policy={
            "minimum_length": 14,
            "require_lowercase": True,
            "require_numbers": True,
            "require_symbols": True,
            "require_uppercase": True,
        },
        user_pool_add_ons={"advanced_security_mode": "ENFORCED"},
        lambda_config={"define_auth_challenge": "arn:aws:lambda:us-east-1:123456789012:function:ask"},
        deletion_protection="ACTIVE",
        tags=TAGS,
        opts=PROTECTED,
    )
    ec2.DefaultSecurityGroup(
        "open-default",
        vpc_id="vpc-1",
        ingress=[{"protocol": "-1", "self": True, "from_port": 0, "to_port": 0, "description": "all of it"}],
        tags=TAGS,
    )


def plant() -> None:
    """Declare the faulty resources."""
    _stores()
    _functions()
    _edges()
    iam.AccountPasswordPolicy("weak-passwords", minimum_password_length=8)
    iam.Role(
        "whole-account",
        name="whole-account",
        assume_role_policy=document(
            Effect="Allow", Principal={"AWS": "arn:aws:iam::123456789012:root"}, Action="sts:AssumeRole"
        ),
        tags=TAGS,
    )
    sqs.QueuePolicy(
        "ghost-policy",
        queue_url="https://sqs.us-east-1.amazonaws.com/123456789012/ghost",
        policy=document(
            Effect="Allow",
            Principal={"AWS": "arn:aws:iam::123456789012:role/retired"},
            Action="sqs:SendMessage",
            Resource="arn:aws:sqs:us-east-1:123456789012:ghost",
        ),
    )
