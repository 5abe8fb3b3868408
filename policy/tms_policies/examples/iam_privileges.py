"""Examples of the rules about power over others, and about a document's length."""

from tms_policies.examples.documents import allow, policy
from tms_policies.examples.model import Declared, Example, case

_OBJECTS, _BUCKET = "arn:aws:s3:::trade-documents/BANK/*", "arn:aws:s3:::trade-documents"
_READ = policy(allow("s3:GetObject", _OBJECTS))
_WHOLE = "A document that is not known at all is reported once, by iam-policy-valid-document."
_NOTHING = Declared("iam/policy:Policy", {"name": "reading"}, name="reading")
_OPEN = policy(allow("s3:PutBucketPolicy", _BUCKET))
_SIGN_IN = policy(allow("sts:AssumeRole", "arn:aws:iam::123456789012:role/reports"))
_LONG = [allow("s3:GetObject", f"arn:aws:s3:::trade-documents/folder-{number}/*") for number in range(90)]

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
    Example(
        "iam-policy-size",
        good=case(_READ),
        bad=case(policy(*_LONG), says="AWS takes 6144"),
        missing=case(_NOTHING),
        unknown=_WHOLE,
    ),
)
