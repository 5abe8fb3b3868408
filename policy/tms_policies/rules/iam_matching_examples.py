"""Examples of the rules of `iam_matching`."""

from tms_policies.examples.documents import allow, policy
from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_OBJECTS, _BUCKET = "arn:aws:s3:::trade-documents/BANK/*", "arn:aws:s3:::trade-documents"
_WHOLE = "A document that is not known at all is reported once, by iam-policy-valid-document."
_NOTHING = Declared("iam/policy:Policy", {"name": "reading"}, name="reading")


def _prefix(action: str, key: str = "s3:prefix") -> Declared:
    return policy(allow(action, _BUCKET, Condition={"StringLike": {key: "BANK/*"}}))


def _unknown_resource() -> Declared:
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": UNKNOWN}
    return Declared("iam/policy:Policy", {"policy": {"Statement": [statement]}}, name="reading")


EXAMPLES = (
    Example(
        "iam-policy-action-resource-match",
        good=case(policy(allow("s3:GetObject", _OBJECTS), allow("s3:ListBucket", _BUCKET))),
        bad=case(
            policy(allow("s3:GetObject", _BUCKET)), says="names 's3:GetObject', which can be used on none"
        ),
        missing=case(_NOTHING),
        unknown=case(_unknown_resource()),
    ),
    Example(
        "iam-policy-condition-keys",
        good=case(_prefix("s3:ListBucket")),
        bad=case(
            _prefix("s3:GetBucketLocation"),
            says="'s3:prefix', which requests for s3:GetBucketLocation do not",
        ),
        missing=case(policy(allow("s3:ListBucket", _BUCKET))),
        unknown=_WHOLE,
    ),
    Example(
        "iam-policy-idle-statement",
        good=case(_prefix("s3:ListBucket")),
        bad=case(
            policy(allow("s3:ListBucket", _BUCKET, Condition={"StringLike": {"s3:prefix": []}})),
            says="its condition on s3:prefix has no value",
        ),
        missing=case(policy(allow("s3:ListBucket", _BUCKET))),
        unknown=_WHOLE,
    ),
    Example(
        "iam-policy-duplicate-statement",
        good=case(policy(allow("s3:GetObject", _OBJECTS), allow("s3:PutObject", _OBJECTS))),
        bad=case(
            policy(allow("s3:GetObject", _OBJECTS), allow(["s3:GetObject"], [_OBJECTS])),
            says="statement 1 says what statement 0 says",
        ),
        missing=case(_NOTHING),
        unknown=_WHOLE,
    ),
)
