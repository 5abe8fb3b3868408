"""Examples of the rules of `iam_scope`."""

from tms_policies.examples.documents import allow, policy
from tms_policies.examples.model import Example, case

_TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/trades"
EXAMPLES = (
    Example(
        "iam-policy-wildcard-scope",
        good=case(policy(allow("dynamodb:GetItem", _TABLE))),
        bad=case(
            policy(allow("dynamodb:GetItem", "arn:aws:dynamodb:*:*:table/trades")),
            says="allows 'arn:aws:dynamodb:*:*:table/trades', which leaves the region and the account open",
        ),
        missing=case(policy(allow("s3:GetObject", "arn:aws:s3:::trade-documents/*"))),
        unknown="A resource that is not known is reported by iam-policy-wildcard-resource.",
    ),
)
