"""Examples of the rules of `iam_escalation`."""

from tms_policies.examples.documents import allow, inline, role
from tms_policies.examples.model import Example, case

_WHOLE = "A document that is not known at all is reported once, by iam-policy-valid-document."
_PASS = inline(allow("iam:PassRole", "arn:aws:iam::123456789012:role/admin"), name="passing")
_MAKE = inline(allow(["lambda:CreateFunction", "lambda:InvokeFunction"], "*"), name="making")
EXAMPLES = (
    Example(
        "iam-role-escalation",
        good=case(role(), _MAKE),
        bad=case(role(), _PASS, _MAKE, says="(1) iam:PassRole to hand a stronger role to the service"),
        missing=case(role()),
        unknown=_WHOLE,
        config=case(role(), _PASS, _MAKE, acceptedTargets=["arn:aws:iam::123456789012:role/admin"]),
    ),
)
