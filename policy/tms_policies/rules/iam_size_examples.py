"""Examples of the rules of `iam_size`."""

from tms_policies.examples.documents import allow, policy
from tms_policies.examples.model import Declared, Example, case

_OBJECTS, _BUCKET = "arn:aws:s3:::trade-documents/BANK/*", "arn:aws:s3:::trade-documents"
_READ = policy(allow("s3:GetObject", _OBJECTS))
_WHOLE = "A document that is not known at all is reported once, by iam-policy-valid-document."
_NOTHING = Declared("iam/policy:Policy", {"name": "reading"}, name="reading")
_LONG = [allow("s3:GetObject", f"arn:aws:s3:::trade-documents/folder-{number}/*") for number in range(90)]
EXAMPLES = (
    Example(
        "iam-policy-size",
        good=case(_READ),
        bad=case(policy(*_LONG), says="AWS takes 6144"),
        missing=case(_NOTHING),
        unknown=_WHOLE,
    ),
)
