"""Examples of the rules of `lambda_permissions`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_NIGHTLY = "arn:aws:events:us-east-1:123456789012:rule/nightly"


def _may_call(principal: str, **props: object) -> Declared:
    value = {"action": "lambda:InvokeFunction", "function": "matching", "principal": principal, **props}
    return Declared("lambda/permission:Permission", value, name="matching-caller")


EXAMPLES = (
    Example(
        "lambda-permission-public",
        good=case(_may_call("*", principalOrgId="o-a1b2c3d4e5")),
        bad=case(_may_call("*"), says="principal of matching-caller is '*'"),
        missing="The provider refuses a permission without a principal.",
        unknown=case(_may_call(UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "lambda-permission-source",
        good=case(_may_call("events.amazonaws.com", sourceArn=_NIGHTLY)),
        bad=case(
            _may_call("s3.amazonaws.com", sourceArn="arn:aws:s3:::trade-files"),
            says="sourceArn of matching-caller names no account, and sourceAccount is missing",
        ),
        missing=case(
            _may_call("events.amazonaws.com"),
            says="matching-caller lets events.amazonaws.com call the function for anybody",
        ),
        unknown=case(_may_call("events.amazonaws.com", sourceArn=UNKNOWN)),
    ),
)
