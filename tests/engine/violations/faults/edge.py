"""Agents, their gateways and memories, APIs, sign-in, networks, and settings that a team gives."""

import pulumi
from pulumi_aws import apigatewayv2, bedrock, bedrockmodel, budgets, cognito, dynamodb, ec2, iam, s3

from faults.common import PROTECTED, TAGS, document

IMAGE = f"123456789012.dkr.ecr.us-east-1.amazonaws.com/agent@sha256:{'0' * 64}"
ROLE = "arn:aws:iam::123456789012:role/agent"
EXPECTED = {
    "latest-runtime": {
        "account-resource-plain-secrets",
        "agentcore-runtime-network",
        "agentcore-runtime-own-role",
        "agentcore-runtime-pinned-artifact",
    },
    "second-runtime": {"agentcore-runtime-own-role"},
    "open-gateway": {
        "agentcore-data-customer-key",
        "agentcore-gateway-authorizer",
        "agentcore-gateway-audience",
        "agentcore-gateway-no-debug",
    },
    "short-memory": {"account-resource-delete-before-replace", "agentcore-memory-event-expiry"},
    "empty-logging": {"bedrock-logging-destination", "bedrock-logging-text"},
    "open-api": {"apigateway-api-cors"},
    "open-route": {"apigateway-route-authorized"},
    "bare-stage": {
        "apigateway-stage-access-logs",
        "apigateway-stage-execution-logs",
        "apigateway-stage-throttling",
    },
    "old-domain": {"apigateway-domain-tls"},
    "lax-users": {
        "cognito-pool-deletion-protection",
        "cognito-pool-mfa",
        "cognito-pool-password-policy",
        "cognito-pool-threat-protection",
    },
    "lax-client": {
        "cognito-client-addresses",
        "cognito-client-no-implicit-flow",
        "cognito-client-token-validity",
    },
    "guests": {"cognito-identities-no-guests"},
    "open-endpoint": {"ec2-endpoint-policy"},
    "any-bucket-endpoint": {"ec2-endpoint-own-resources", "iam-policy-cross-account"},
    "open-group": {"ec2-group-description", "ec2-group-no-open-egress", "ec2-group-no-public-ingress"},
    "silent-budget": {"budgets-budget-notification"},
    "idle-role": {"account-resource-naming", "iam-role-one-principal", "iam-role-used"},
    "forgetful-lifecycle": {"s3-bucket-abandoned-uploads", "s3-bucket-early-expiration"},
    "open-cors": {"s3-bucket-cors"},
    "private-acl": {"s3-bucket-no-acl"},
    "short-table": {"dynamodb-table-recovery-period"},
}
CONFIG = {
    "account-resource-naming": {"patterns": {"aws:iam/role:Role.name": "(?!idle).+"}},
    "iam-role-used": {"usersInStack": True},
    "s3-bucket-early-expiration": {"minimumDays": {"records/": 365}},
    "s3-bucket-customer-key": {"buckets": ["bare-*"]},
    "dynamodb-table-customer-key": {"tables": ["bare"]},
    "dynamodb-table-required-expiry": {"attributes": {"bare": "expiresAt"}},
}


def plant() -> None:
    """Declare the faulty resources."""
    _agents()
    _doors()
    _people()
    _stores()


def _agents() -> None:
    for name, mode, image in (
        ("latest", "PUBLIC", "public.ecr.aws/team/agent:latest"),
        ("second", "VPC", IMAGE),
    ):
        bedrock.AgentcoreAgentRuntime(
            f"{name}-runtime",
            agent_runtime_name=name,
            agent_runtime_artifact={"container_configuration": {"container_uri": image}},
            network_configuration={"network_mode": mode},
            environment_variables={
                "GATEWAY_CLIENT_SECRET": "planted" if mode == "PUBLIC" else "arn:aws:secret"
            },
            role_arn=ROLE,
            tags=TAGS,
        )
    bedrock.AgentcoreGateway(
        "open-gateway",
        name="open",
        authorizer_type="NONE",
        authorizer_configuration={"custom_jwt_authorizer": {"discovery_url": "https://id.bank.test/openid"}},
        exception_level="DEBUG",
        protocol_type="MCP",
        role_arn="arn:aws:iam::123456789012:role/gateway",
        tags=TAGS,
    )
    bedrock.AgentcoreMemory(
        "short-memory",
        name="short",
        event_expiry_duration=3,
        encryption_key_arn="arn:aws:kms:us-east-1:123456789012:key/1",
        tags=TAGS,
        opts=pulumi.ResourceOptions(protect=True, delete_before_replace=True),
    )
    bedrockmodel.InvocationLoggingConfiguration(
        "empty-logging", logging_config={"text_data_delivery_enabled": False}
    )


def _doors() -> None:
    api = apigatewayv2.Api(
        "open-api", name="open", protocol_type="HTTP", cors_configuration={"allow_origins": ["*"]}, tags=TAGS
    )
    apigatewayv2.Route("open-route", api_id=api.id, route_key="GET /uploads")
    apigatewayv2.Stage("bare-stage", api_id=api.id, name="live", tags=TAGS)
    apigatewayv2.DomainName(
        "old-domain",
        domain_name="api.bank.test",
        domain_name_configuration={
            "certificate_arn": "arn:aws:acm:us-east-1:123456789012:certificate/1",
            "endpoint_type": "REGIONAL",
            "security_policy": "TLS_1_0",
        },
        tags=TAGS,
    )
    ec2.VpcEndpoint(
        "open-endpoint", vpc_id="vpc-1", service_name="com.amazonaws.us-east-1.bedrock-agentcore", tags=TAGS
    )
    ec2.VpcEndpoint(
        "any-bucket-endpoint",
        vpc_id="vpc-1",
        service_name="com.amazonaws.us-east-1.s3",
        policy=document(
            Effect="Allow",
            Principal="*",
            Action=["s3:GetObject", "s3:PutObject"],
            Resource="*",
            Condition={"ArnEquals": {"aws:PrincipalArn": ROLE}},
        ),
        tags=TAGS,
    )
    anywhere = ["0.0.0.0/0"]
    ec2.SecurityGroup(
        "open-group",
        name="open",
        description="open",
        vpc_id="vpc-1",
        ingress=[{"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": anywhere}],
        egress=[{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": anywhere}],
        tags=TAGS,
    )


def _people() -> None:
    users = cognito.UserPool("lax-users", name="lax", tags=TAGS, opts=PROTECTED)
    cognito.UserPoolClient(
        "lax-client",
        name="lax",
        user_pool_id=users.id,
        allowed_oauth_flows=["implicit"],
        callback_urls=["http://localhost:3000/callback"],
    )
    cognito.IdentityPool(
        "guests", identity_pool_name="guests", allow_unauthenticated_identities=True, tags=TAGS
    )
    budgets.Budget(
        "silent-budget",
        name="silent",
        budget_type="COST",
        limit_amount="100",
        limit_unit="USD",
        time_unit="MONTHLY",
        tags=TAGS,
    )
    services = ["lambda.amazonaws.com", "ec2.amazonaws.com"]
    trust = document(Effect="Allow", Principal={"Service": services}, Action="sts:AssumeRole")
    iam.Role("idle-role", name="idle", assume_role_policy=trust, tags=TAGS)


def _stores() -> None:
    s3.BucketLifecycleConfiguration(
        "forgetful-lifecycle",
        bucket="elsewhere",
        rules=[
            {"id": "gone", "status": "Enabled", "filter": {"prefix": "records/"}, "expiration": {"days": 30}}
        ],
    )
    s3.BucketCorsConfiguration(
        "open-cors",
        bucket="elsewhere",
        cors_rules=[{"allowed_methods": ["GET"], "allowed_origins": ["*"]}],
    )
    s3.BucketAcl("private-acl", bucket="elsewhere", acl="private")
    dynamodb.Table(
        "short-table",
        name="short",
        hash_key="id",
        attributes=[{"name": "id", "type": "S"}],
        billing_mode="PAY_PER_REQUEST",
        point_in_time_recovery={"enabled": True, "recovery_period_in_days": 1},
        server_side_encryption={"enabled": True},
        deletion_protection_enabled=True,
        tags=TAGS,
        opts=PROTECTED,
    )
