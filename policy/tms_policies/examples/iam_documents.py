"""Examples of the rules about what any policy document may allow."""

from tms_policies.examples.documents import allow, document, policy
from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/trades"
_ROLE = "arn:aws:iam::123456789012:role/matching"
_AGENTS = {"StringEquals": {"iam:PassedToService": "bedrock-agentcore.amazonaws.com"}}
_WHOLE = "A document that is not known at all is reported once, by iam-policy-valid-document."
_QUEUE_EVERYWHERE = policy(allow("sqs:SendMessage", "*"))
_READING = policy(allow(["dynamodb:GetItem", "dynamodb:Query"], _TABLE))


def _object(**statement: object) -> Declared:
    """Give a policy as an object, of which single values may be unknown."""
    return Declared(
        "iam/policy:Policy", {"name": "reading", "policy": {"Statement": [statement]}}, name="reading"
    )


def _without(element: str) -> Declared:
    """Give a policy whose statement lacks an element."""
    statement = allow("dynamodb:GetItem", _TABLE)
    del statement[element]
    return Declared("iam/policy:Policy", {"name": "reading", "policy": document(statement)}, name="reading")


def _passing(resource: object, **more: object) -> Declared:
    return policy(allow("iam:PassRole", resource, **more), name="deploying")


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
    Example(
        "iam-policy-inverse-elements",
        good=case(_READING),
        bad=case(
            policy({"Effect": "Allow", "NotAction": "iam:*", "Resource": _TABLE}),
            says="allows by NotAction: all but what it lists",
        ),
        missing=case(_without("Action")),
        unknown=_WHOLE,
    ),
    Example(
        "iam-policy-passrole",
        good=case(_passing(_ROLE, Condition=_AGENTS)),
        bad=case(
            _passing("arn:aws:iam::123456789012:role/*", Condition=_AGENTS),
            says="allows iam:PassRole on 'arn:aws:iam::123456789012:role/*'",
        ),
        missing=case(_passing(_ROLE), says="allows iam:PassRole without saying to which service"),
        unknown="A resource that is not known is reported by iam-policy-wildcard-resource.",
    ),
    Example(
        "iam-policy-valid-document",
        good=case(_READING),
        bad=case(
            policy(allow("dynamodb:GetItems", _TABLE)),
            says="policy of reading, statement 0 names 'dynamodb:GetItems': no such action",
        ),
        missing=case(_without("Action"), says="is not a valid policy document: statement 0 has no Action"),
        unknown=case(
            Declared("iam/policy:Policy", {"name": "reading", "policy": UNKNOWN}, name="reading"),
            says=_NOT_PROVEN,
        ),
    ),
)
