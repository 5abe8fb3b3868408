"""Rules about function URLs: who may call them, and from which pages.

https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
"""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.registry import rule
from tms_policies.values import items, look, shown, unproven

URL = "aws:lambda/functionUrl:FunctionUrl"
_GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"


@rule(
    "lambda-url-authorization",
    severity="critical",
    types=(URL,),
    reads=("authorizationType",),
    remedy='Set authorization_type="AWS_IAM".',
    why="With NONE Lambda checks nobody, and whoever finds the address on the internet calls the "
    f"function. {_GUIDE}urls-auth.html",
)
def url_auth(url: Resource, _settings: Bag) -> Iterable[Finding]:
    """A function's own address asks who is there."""
    value = url.props.get("authorizationType")
    if isinstance(value, Unknown):
        yield unproven(value, f"authorizationType of {url.name} must be AWS_IAM")
    elif value != "AWS_IAM":
        state = "missing" if value is None else shown(value)
        yield Finding(f"authorizationType of {url.name} is {state}", 'authorization_type="AWS_IAM"')


@rule(
    "lambda-url-cors",
    severity="medium",
    types=(URL,),
    reads=("cors",),
    remedy="Name origins and methods instead of `*`.",
    why="Any page that a signed-in person opens could call it in their name. "
    "https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html",
)
def origins(url: Resource, _settings: Bag) -> Iterable[Finding]:
    """A function's address names the origins and methods that pages may call it with."""
    for name in ("allowOrigins", "allowMethods"):
        values = look(url.props, "cors", name)
        for value in items(values):
            if isinstance(value, Unknown):
                yield unproven(value, f"cors.{name} of {url.name} must be named")
            elif value == "*":
                yield Finding(
                    f"cors.{name} of {url.name} is {shown(value)}",
                    'cors={"allow_origins": ["https://<your page>"], "allow_methods": ["POST"]}',
                )
