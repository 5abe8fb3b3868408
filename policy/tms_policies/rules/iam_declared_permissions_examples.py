"""Examples of the rules of `iam_declared_permissions`."""

from tms_policies.examples.documents import allow, inline, role
from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/trades"
_WHOLE = "A document that is not known at all is reported once, by iam-policy-valid-document."
_READ = inline(allow("dynamodb:GetItem", _TABLE))
_DELETE = inline(allow("dynamodb:DeleteItem", _TABLE))
_MAKE = inline(allow(["lambda:CreateFunction", "lambda:InvokeFunction"], "*"), name="making")
_UNKNOWN_RESOURCE = Declared(
    "iam/rolePolicy:RolePolicy",
    {
        "role": "matching",
        "policy": {"Statement": [{"Effect": "Allow", "Action": "dynamodb:DeleteItem", "Resource": UNKNOWN}]},
    },
    name="matching-policy",
)
_NEEDS = "policy/tms_policies/examples/needs-of-matching.yaml"
EXAMPLES = (
    Example(
        "iam-role-declared-needs",
        good=case(role(), _READ, needsFile=_NEEDS),
        bad=case(
            role(),
            _READ,
            _MAKE,
            needsFile=_NEEDS,
            says="matching may do more than policy/tms_policies/examples",
        ),
        missing=case(role(), needsFile="nowhere.yaml", says="'nowhere.yaml', which does not exist"),
        unknown=_WHOLE,
        config=case(role(), _MAKE, needsFile=_NEEDS, says="lambda:CreateFunction on '*'"),
    ),
    Example(
        "iam-role-needs-met",
        good=case(role(), _READ, needsFile=_NEEDS),
        bad=case(role(), _DELETE, needsFile=_NEEDS, says="matching lacks dynamodb:GetItem"),
        missing=case(role(), needsFile=_NEEDS, says="matching lacks dynamodb:GetItem"),
        unknown=_WHOLE,
        config=case(
            role(), needsFile=_NEEDS, says="policy/tms_policies/examples/needs-of-matching.yaml says"
        ),
    ),
    Example(
        "iam-role-destructive-actions",
        good=case(role(), _READ),
        bad=case(role(), _DELETE, says="it deletes data or what keeps it"),
        missing=case(role()),
        unknown=case(role(), _UNKNOWN_RESOURCE),
        config=case(role(), _DELETE, needed=["dynamodb:DeleteItem"]),
    ),
    Example(
        "iam-role-void-grant",
        good=case(role(), inline(allow("dynamodb:GetItem", _TABLE), allow("s3:*", "*") | {"Effect": "Deny"})),
        bad=case(
            role(),
            inline(allow("dynamodb:GetItem", _TABLE), allow("dynamodb:*", "*") | {"Effect": "Deny"}),
            says="allows 'dynamodb:GetItem' in vain",
        ),
        missing=case(role(), _READ),
        unknown=_WHOLE,
    ),
)
