"""Examples of the rules of `lambda_urls`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"


def _address(**props: object) -> Declared:
    return Declared("lambda/functionUrl:FunctionUrl", {"functionName": "matching", **props}, name="address")


def _url(**cors: object) -> Declared:
    props = {"functionName": "notify", "authorizationType": "AWS_IAM", "cors": cors}
    return Declared("lambda/functionUrl:FunctionUrl", props, name="notify-url")


EXAMPLES = (
    Example(
        "lambda-url-authorization",
        good=case(_address(authorizationType="AWS_IAM")),
        bad=case(_address(authorizationType="NONE"), says="authorizationType of address is 'NONE'"),
        missing=case(_address(), says="authorizationType of address is missing"),
        unknown=case(_address(authorizationType=UNKNOWN), says=_NOT_PROVEN),
    ),
    Example(
        "lambda-url-cors",
        good=case(_url(allowOrigins=["https://desk.example.com"], allowMethods=["POST"])),
        bad=case(_url(allowOrigins=["*"]), says="cors.allowOrigins of notify-url is '*'"),
        missing=case(_url()),
        unknown=case(_url(allowOrigins=[UNKNOWN]), says="cannot be proven at preview"),
    ),
)
