"""Rules about AgentCore and Bedrock, and about who uses a role."""

import json
from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check

NOT_PROVEN = "cannot be proven at preview"
IMAGE = f"123456789012.dkr.ecr.us-east-1.amazonaws.com/agent@sha256:{'a' * 64}"
ROLE = "arn:aws:iam::123456789012:role/agent"


def agentcore(short: str, name: str = "it", **props: object) -> Declared:
    return Declared(f"bedrock/agentcore{short}:Agentcore{short}", props, name)


def container(uri: object) -> dict[str, Any]:
    return {"containerConfiguration": {"containerUri": uri}}


@pytest.mark.parametrize(
    ("artifact", "expected"),
    [
        (container(IMAGE), None),
        (container("registry/agent:latest"), "without a digest"),
        (container("registry/agent:1.2.3"), "without a digest"),
        (container("registry/agent@sha256:abc"), "without a digest"),
        (container(UNKNOWN), NOT_PROVEN),
        (UNKNOWN, NOT_PROVEN),
        (None, "is missing"),
        ({"codeConfiguration": {"code": {"s3": {"versionId": "v1"}}}}, None),
        ({"codeConfiguration": {"code": {"s3": {"versionId": UNKNOWN}}}}, None),
        ({"codeConfiguration": {"code": {"s3": {}}}}, "versionId of it is missing"),
    ],
)
def test_what_a_runtime_runs_is_pinned(artifact: object, expected: str | None) -> None:
    check(
        "agentcore-runtime-pinned-artifact",
        expected,
        agentcore("AgentRuntime", agentRuntimeArtifact=artifact),
    )


@pytest.mark.parametrize("short", ["AgentRuntime", "Browser", "CodeInterpreter"])
@pytest.mark.parametrize(
    ("mode", "expected"),
    [("VPC", None), ("SANDBOX", None), ("PUBLIC", "'PUBLIC'"), (None, "missing"), (UNKNOWN, NOT_PROVEN)],
)
def test_agents_are_in_a_network_that_is_allowed(short: str, mode: object, expected: str | None) -> None:
    resource = agentcore(short, networkConfiguration={"networkMode": mode})
    check("agentcore-runtime-network", expected, resource)


def test_which_networks_are_allowed_is_a_setting() -> None:
    resource = agentcore("AgentRuntime", networkConfiguration={"networkMode": "PUBLIC"})
    check("agentcore-runtime-network", None, resource, config={"allowedModes": ["PUBLIC"]})


@pytest.mark.parametrize(
    ("rule", "props", "expected"),
    [
        ("authorizer", {"authorizerType": "AWS_IAM"}, None),
        ("authorizer", {"authorizerType": "CUSTOM_JWT"}, None),
        ("authorizer", {"authorizerType": "NONE"}, "'NONE'"),
        ("authorizer", {"authorizerType": "AUTHENTICATE_ONLY"}, "'AUTHENTICATE_ONLY'"),
        ("authorizer", {"authorizerType": UNKNOWN}, NOT_PROVEN),
        ("authorizer", {}, "missing"),
        ("audience", {}, None),
        ("audience", {"authorizerConfiguration": {"customJwtAuthorizer": {"allowedClients": ["a"]}}}, None),
        (
            "audience",
            {"authorizerConfiguration": {"customJwtAuthorizer": {"allowedAudiences": UNKNOWN}}},
            None,
        ),
        ("audience", {"authorizerConfiguration": {"customJwtAuthorizer": {"discoveryUrl": "u"}}}, "neither"),
        ("audience", {"authorizerConfiguration": UNKNOWN}, NOT_PROVEN),
        ("no-debug", {}, None),
        ("no-debug", {"exceptionLevel": "DEBUG"}, "'DEBUG'"),
        ("no-debug", {"exceptionLevel": UNKNOWN}, NOT_PROVEN),
    ],
)
def test_a_gateway_knows_its_callers(rule: str, props: dict[str, Any], expected: str | None) -> None:
    check(f"agentcore-gateway-{rule}", expected, agentcore("Gateway", **props))


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (agentcore("Memory", encryptionKeyArn="arn:aws:kms:us-east-1:123456789012:key/1"), None),
        (agentcore("Memory", encryptionKeyArn=UNKNOWN), None),
        (agentcore("Memory"), "encryptionKeyArn of it is missing"),
        (agentcore("Gateway", kmsKeyArn=UNKNOWN), None),
        (agentcore("Gateway"), "kmsKeyArn of it is missing"),
        (agentcore("TokenVaultCmk", kmsConfiguration={"keyType": "CustomerManagedKey"}), None),
        (agentcore("TokenVaultCmk", kmsConfiguration={"keyType": "ServiceManagedKey"}), "ServiceManagedKey"),
        (agentcore("TokenVaultCmk", kmsConfiguration={"keyType": UNKNOWN}), NOT_PROVEN),
    ],
)
def test_agents_data_have_a_customers_key_unless_set_otherwise(
    resource: Declared, expected: str | None
) -> None:
    check("agentcore-data-customer-key", expected, resource)
    check("agentcore-data-customer-key", None, resource, config={"required": False})


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (90, None),
        ("90", None),
        (6, "is 6"),
        (400, "is 400"),
        (None, "missing"),
        ("soon", "is 'soon'"),
        (UNKNOWN, NOT_PROVEN),
    ],
)
def test_events_expire_within_limits(days: object, expected: str | None) -> None:
    check("agentcore-memory-event-expiry", expected, agentcore("Memory", eventExpiryDuration=days))


def test_the_limits_of_expiry_are_settings() -> None:
    resource = agentcore("Memory", eventExpiryDuration=30)
    check("agentcore-memory-event-expiry", "not 60 to 365", resource, config={"minimumDays": 60})


@pytest.mark.parametrize(
    ("config", "nowhere", "textless"),
    [
        ({"s3Config": {"bucketName": "b"}, "textDataDeliveryEnabled": True}, None, None),
        ({"cloudwatchConfig": UNKNOWN}, None, None),
        ({}, "neither log group nor bucket", None),
        ({"s3Config": {"bucketName": "b"}, "textDataDeliveryEnabled": False}, None, "is False"),
        ({"s3Config": {"bucketName": "b"}, "textDataDeliveryEnabled": UNKNOWN}, None, NOT_PROVEN),
        (UNKNOWN, None, NOT_PROVEN),
        (None, "neither log group nor bucket", None),
    ],
)
def test_invocations_are_recorded_whole(config: object, nowhere: str | None, textless: str | None) -> None:
    short = "bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration"
    resource = Declared(short, {"loggingConfig": config})
    check("bedrock-logging-destination", nowhere, resource)
    check("bedrock-logging-text", textless, resource)


def runtime(name: str, arn: str, *roles: str) -> Declared:
    short = "bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime"
    return Declared(short, {"roleArn": arn}, name, uses={"roleArn": roles})


def role(name: str, *services: str, physical: str = UNKNOWN, **also: str) -> Declared:
    trusted = {"Service": list(services), **also}
    trust = {"Statement": {"Effect": "Allow", "Principal": trusted, "Action": "sts:AssumeRole"}}
    return Declared("iam/role:Role", {"name": physical, "assumeRolePolicy": json.dumps(trust)}, name)


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ((runtime("a", ROLE), runtime("b", f"{ROLE}-b")), None),
        ((runtime("a", ROLE), runtime("b", ROLE)), "roleArn of b is agent, which a has too"),
        ((role("r"), runtime("a", UNKNOWN, "r"), runtime("b", UNKNOWN, "r")), "is r, which a has too"),
        ((role("r"), role("s"), runtime("a", UNKNOWN, "r"), runtime("b", UNKNOWN, "s")), None),
        ((role("r", physical="agent"), runtime("a", UNKNOWN, "r"), runtime("b", ROLE)), "is r, which a has"),
        ((Declared("iam/policy:Policy", {}, "p"), runtime("a", UNKNOWN, "p")), NOT_PROVEN),
    ],
)
def test_each_runtime_has_its_own_role(resources: tuple[Declared, ...], expected: str | None) -> None:
    check("agentcore-runtime-own-role", expected, *resources)


FUNCTION = Declared("lambda/function:Function", {"role": UNKNOWN}, "f", uses={"role": ["r"]})
GRANT = Declared("s3/bucketPolicy:BucketPolicy", {"policy": UNKNOWN}, "p", uses={"policy": ["r"]})
ATTACHED = Declared("iam/rolePolicy:RolePolicy", {"role": UNKNOWN}, "q", uses={"role": ["r"]})


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ((role("r", "lambda.amazonaws.com"), FUNCTION), None),
        ((role("r", "lambda.amazonaws.com", "ec2.amazonaws.com"),), "is for ec2.amazonaws.com, lambda"),
        ((role("r", "lambda.amazonaws.com", AWS="123456789012"),), "is for accounts, lambda.amazonaws.com"),
        ((role("r", "ec2.amazonaws.com", Federated="oidc"),), "is for ec2.amazonaws.com, identity providers"),
        ((role("r", "lambda.amazonaws.com"), FUNCTION, runtime("a", UNKNOWN, "r")), "is for bedrock, lambda"),
        ((role("r", "lambda.amazonaws.com"), FUNCTION, GRANT, ATTACHED), None),
    ],
)
def test_a_role_is_for_one_kind_of_principal(resources: tuple[Declared, ...], expected: str | None) -> None:
    check("iam-role-one-principal", expected, *resources)


def test_an_unused_role_is_named_if_all_users_are_in_the_stack() -> None:
    rule, setting = "iam-role-used", {"usersInStack": True}
    check(rule, None, role("r"))
    check(rule, "uses the role r", role("r"), GRANT, ATTACHED, config=setting)
    check(rule, None, role("r"), FUNCTION, config=setting)
    check(rule, None, role("r", physical="agent"), runtime("a", ROLE), config=setting)
