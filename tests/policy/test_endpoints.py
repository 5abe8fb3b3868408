"""Rules about VPC endpoints: that there is a policy, and that it names resources."""

from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check
from tms_policies.examples.documents import allow, document

NOT_PROVEN = "cannot be proven at preview"
ENDPOINT = "ec2/vpcEndpoint:VpcEndpoint"
OWN = "ec2-endpoint-own-resources"
OWN_METRICS = {"StringEquals": {"cloudwatch:namespace": "bedrock-agentcore"}}
ROLE = {"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/matching"}}


def endpoint(**props: object) -> Declared:
    return Declared(ENDPOINT, props, "door")


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ((endpoint(policy="{}"),), None),
        (
            (
                Declared("s3/bucket:Bucket", {}, "documents"),
                Declared(ENDPOINT, {"policy": UNKNOWN}, "door", uses={"policy": ["documents"]}),
            ),
            None,
        ),
        ((endpoint(),), "door has no policy"),
        (
            (
                endpoint(),
                Declared(
                    "ec2/vpcEndpointPolicy:VpcEndpointPolicy",
                    {"vpcEndpointId": UNKNOWN},
                    uses={"vpcEndpointId": ["door"]},
                ),
            ),
            None,
        ),
    ],
)
def test_each_endpoint_has_a_policy(resources: tuple[Declared, ...], expected: str | None) -> None:
    check("ec2-endpoint-policy", expected, *resources)


def through(action: Any, resource: Any, **extra: Any) -> Declared:  # noqa: ANN401 - a statement holds anything
    statement = {**allow(action, resource), "Principal": "*", "Condition": ROLE, **extra}
    return endpoint(policy=document(statement))


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (through("s3:GetObject", "arn:aws:s3:::documents/*"), None),
        (through("s3:GetObject", "*"), "lets s3:GetObject through to '*'"),
        (through("s3:GetObject", "arn:aws:s3:::*"), "lets s3:GetObject through to 'arn:aws:s3:::*'"),
        (through("s3:*", "*"), "through to '*'"),
        (through("*", "*"), "lets every action through to '*'"),
        (through(["xray:PutTraceSegments", "s3:PutObject"], "*"), "lets s3:PutObject through"),
        (through("bedrock:InvokeModel", "*"), "lets bedrock:InvokeModel through"),
        (through("logs:PutLogEvents", "arn:aws:logs:us-east-1:123456789012:*"), "lets logs:PutLogEvents"),
        (through("ecr:BatchGetImage", "*"), "lets ecr:BatchGetImage through"),
        (through("ecr:GetAuthorizationToken", "*"), None),
        (through("xray:PutTraceSegments", "*"), None),
        (through("cloudwatch:PutMetricData", "*"), "lets cloudwatch:PutMetricData through"),
        (through("cloudwatch:PutMetricData", "*", Condition=OWN_METRICS), None),
        (through("logs:DescribeLogGroups", "*"), None),
        (endpoint(policy=UNKNOWN), None),
        (endpoint(policy={"Statement": [{**allow("s3:GetObject", UNKNOWN), "Principal": "*"}]}), NOT_PROVEN),
        (through("s3:GetObject", "*", Effect="Deny"), None),
    ],
)
def test_resources_are_named_whoever_calls(resource: Declared, expected: str | None) -> None:
    check(OWN, expected, resource)
    attached = Declared("ec2/vpcEndpointPolicy:VpcEndpointPolicy", dict(resource.props), "attached")
    check(OWN, expected, attached)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"StringEquals": {"aws:ResourceAccount": "123456789012"}}, None),
        ({"StringEquals": {"aws:ResourceOrgID": "o-abcdefghij"}}, None),
        ({"StringEquals": {"aws:ResourceAccount": ["123456789012", "*"]}}, "also to a stranger's"),
        ({"StringLike": {"aws:ResourceAccount": "*"}}, "also to a stranger's"),
        ({"StringEqualsIfExists": {"aws:ResourceAccount": "123456789012"}}, "also to a stranger's"),
        ({"StringEquals": {"aws:PrincipalAccount": "123456789012"}}, "also to a stranger's"),
    ],
)
def test_whose_the_resources_are_may_be_said_instead(condition: dict[str, Any], expected: str | None) -> None:
    check(OWN, expected, through("s3:PutObject", "*", Condition=condition))
