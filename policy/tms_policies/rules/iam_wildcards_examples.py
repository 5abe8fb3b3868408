"""Examples of the rules of `iam_wildcards`."""

from tms_policies.examples.documents import allow, document, policy
from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/trades"
_QUEUE_EVERYWHERE = policy(allow("sqs:SendMessage", "*"))
_READING = policy(allow(["dynamodb:GetItem", "dynamodb:Query"], _TABLE))


def _object(**statement: object) -> Declared:
    """Return a policy as an object, of which single values may be unknown."""
    return Declared(
        "iam/policy:Policy", {"name": "reading", "policy": {"Statement": [statement]}}, name="reading"
    )


def _without(element: str) -> Declared:
    """Return a policy whose statement lacks an element."""
    statement = allow("dynamodb:GetItem", _TABLE)
    del statement[element]
    return Declared("iam/policy:Policy", {"name": "reading", "policy": document(statement)}, name="reading")


EXAMPLES = (
    Example(
        "iam-policy-wildcard-action",
        good=case(_READING),
        bad=case(
            policy(allow("dynamodb:*", _TABLE)),
            says="policy of reading, statement 0 allows the action 'dynamodb:*', which covers",
        ),
        missing=case(_without("Action")),
        unknown=case(_object(Effect="Allow", Action=UNKNOWN, Resource=_TABLE), says=_NOT_PROVEN),
    ),
    Example(
        "iam-policy-wildcard-resource",
        good=case(
            _READING,
            policy(
                allow(
                    "cloudwatch:PutMetricData",
                    "*",
                    Condition={"StringEquals": {"cloudwatch:namespace": "bedrock-agentcore"}},
                ),
                name="measuring",
            ),
        ),
        bad=case(
            policy(allow("dynamodb:GetItem", "*")),
            says="allows dynamodb:GetItem on '*', but it can be limited to named ones",
        ),
        missing=case(_without("Resource")),
        unknown=case(_object(Effect="Allow", Action="dynamodb:GetItem", Resource=UNKNOWN), says=_NOT_PROVEN),
        config=case(_QUEUE_EVERYWHERE, unlimitedActions=["sqs:SendMessage"]),
    ),
)
