"""Examples of the rules of `iam_documents`."""

from tms_policies.examples.documents import allow, document, policy
from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/trades"
_ROLE = "arn:aws:iam::123456789012:role/matching"
_AGENTS = {"StringEquals": {"iam:PassedToService": "bedrock-agentcore.amazonaws.com"}}
_WHOLE = "A document that is not known at all is reported once, by iam-policy-valid-document."
_READING = policy(allow(["dynamodb:GetItem", "dynamodb:Query"], _TABLE))


def _without(element: str) -> Declared:
    """Return a policy whose statement lacks an element."""
    statement = allow("dynamodb:GetItem", _TABLE)
    del statement[element]
    return Declared("iam/policy:Policy", {"name": "reading", "policy": document(statement)}, name="reading")


def _passing(resource: object, **extra: object) -> Declared:
    return policy(allow("iam:PassRole", resource, **extra), name="deploying")


EXAMPLES = (
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
