"""Examples of the rules of `iam_identities`."""

from tms_policies.examples.documents import allow, document, role
from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_AWS, _OWN = "arn:aws:iam::aws:policy", "arn:aws:iam::123456789012:policy"
_TRUST = {
    "Effect": "Allow",
    "Principal": {"Service": "lambda.amazonaws.com"},
    "Action": "sts:AssumeRole",
}
_TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/trades"
_ALWAYS = "The rule asks for no property: the type alone decides."
_ROLE = role(
    _TRUST,
    inlinePolicies=[{"name": "reading", "policy": document(allow("dynamodb:GetItem", _TABLE))}],
)


def _attached(arn: object, **uses: list[str]) -> Declared:
    props = {"role": "matching", "policyArn": arn}
    return Declared(
        "iam/rolePolicyAttachment:RolePolicyAttachment", props, name="matching-reading", uses=uses
    )


EXAMPLES = (
    Example(
        "iam-policy-admin-attachment",
        good=case(_attached(f"{_OWN}/reading")),
        bad=case(
            _attached(f"{_AWS}/AmazonDynamoDBFullAccess"),
            says=f"policyArn of matching-reading attaches '{_AWS}/AmazonDynamoDBFullAccess'",
        ),
        missing=case(role(_TRUST)),
        unknown=case(
            Declared("iam/policy:Policy", {"name": "reading"}, name="reading"),
            _attached(UNKNOWN, policyArn=["reading"]),
            says="cannot be proven at preview",
        ),
        config=case(
            _attached(f"{_AWS}/ReadOnlyAccess"),
            says=f"policyArn of matching-reading attaches '{_AWS}/ReadOnlyAccess'",
            denied=["*FullAccess*", "ReadOnlyAccess"],
        ),
    ),
    Example(
        "iam-identity-no-users",
        good=case(_ROLE),
        bad=case(
            Declared("iam/user:User", {"name": "matching"}, name="matching"),
            says="matching is of type aws:iam/user:User: people sign in through the identity provider",
        ),
        missing=_ALWAYS,
        unknown=_ALWAYS,
    ),
    Example(
        "iam-identity-no-access-keys",
        good=case(_ROLE),
        bad=case(
            Declared("iam/accessKey:AccessKey", {"user": "matching"}, name="matching-key"),
            says="matching-key is of type aws:iam/accessKey:AccessKey: a credential that lasts",
        ),
        missing=_ALWAYS,
        unknown=_ALWAYS,
    ),
)
