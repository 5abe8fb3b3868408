"""Examples of the rules of `endpoints`."""

from tms_policies.examples.documents import allow, document
from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_OBJECTS = "arn:aws:s3:::trade-documents/*"
_ROLE = {"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/matching"}}


def _endpoint(**props: object) -> Declared:
    value = {"vpcId": "vpc-1", "serviceName": "com.amazonaws.us-east-1.s3", **props}
    return Declared("ec2/vpcEndpoint:VpcEndpoint", value, name="s3")


def _policy(resource: str, action: str = "s3:GetObject") -> str:
    return document({**allow(action, resource), "Principal": "*", "Condition": _ROLE})


EXAMPLES = (
    Example(
        "ec2-endpoint-policy",
        good=case(_endpoint(policy=_policy(_OBJECTS))),
        bad=case(_endpoint(policy=""), says="the VPC endpoint s3 has no policy"),
        missing=case(_endpoint(), says="the VPC endpoint s3 has no policy"),
        unknown=case(_endpoint(policy=UNKNOWN)),
    ),
    Example(
        "ec2-endpoint-own-resources",
        good=case(_endpoint(policy=_policy(_OBJECTS))),
        bad=case(
            _endpoint(policy=_policy("*")), says="lets s3:GetObject through to '*', also to a stranger's"
        ),
        missing="An endpoint without a policy is the matter of ec2-endpoint-policy.",
        unknown="A document that is not known is the matter of iam-policy-valid-document.",
        config=case(
            _endpoint(policy=_policy("*", "sqs:ListQueueTags")), unlimitedActions=["sqs:ListQueueTags"]
        ),
    ),
)
