"""Examples of the rules of `iam_privileges`."""

from tms_policies.examples.documents import allow, policy
from tms_policies.examples.model import Declared, Example, case

_OBJECTS, _BUCKET = "arn:aws:s3:::trade-documents/BANK/*", "arn:aws:s3:::trade-documents"
_READ = policy(allow("s3:GetObject", _OBJECTS))
_WHOLE = "A document that is not known at all is reported once, by iam-policy-valid-document."
_NOTHING = Declared("iam/policy:Policy", {"name": "reading"}, name="reading")
_OPEN = policy(allow("s3:PutBucketPolicy", _BUCKET))
_SIGN_IN = policy(allow("sts:AssumeRole", "arn:aws:iam::123456789012:role/reports"))
EXAMPLES = (
    Example(
        "iam-policy-permission-management",
        good=case(_READ),
        bad=case(_OPEN, says="s3:PutBucketPolicy, which changes who may do what"),
        missing=case(_NOTHING),
        unknown=_WHOLE,
        config=case(_OPEN, allowed=["s3:PutBucketPolicy"]),
    ),
    Example(
        "iam-policy-credentials-exposure",
        good=case(_READ),
        bad=case(_SIGN_IN, says="sts:AssumeRole, whose answer is a credential"),
        missing=case(_NOTHING),
        unknown=_WHOLE,
        config=case(_SIGN_IN, allowed=["sts:AssumeRole"]),
    ),
)
