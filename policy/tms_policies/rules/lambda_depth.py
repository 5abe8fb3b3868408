"""Rules about functions that a program's owner may ask for, and about who may call their addresses."""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Rule, Unknown
from tms_policies.rules.flags import must_be_set
from tms_policies.rules.lambda_function import FUNCTION
from tms_policies.rules.needs import chosen, strings, switch
from tms_policies.values import items, look, shown, unproven

URL = "aws:lambda/functionUrl:FunctionUrl"
_TWO = 2


def network(function: Resource, settings: Bag) -> Iterable[Finding]:
    """In a VPC where the setting asks for it, and there in two subnets, to survive one zone's trouble."""
    subnets = look(function.props, "vpcConfig", "subnetIds")
    if subnets is None or subnets == []:
        if chosen(function, "name", settings["functions"]):
            yield Finding(f"vpcConfig of {function.name} is missing", 'vpc_config={"subnet_ids": [...], ...}')
    elif not isinstance(subnets, Unknown) and len(items(subnets)) < _TWO:
        yield Finding(
            f"vpcConfig.subnetIds of {function.name} has one subnet", "two subnets in different zones"
        )


def concurrency(function: Resource, settings: Bag) -> Iterable[Finding]:
    """A limit of its own, so that one function cannot use up the account's."""
    if settings["required"]:
        yield from must_be_set(function, "reservedConcurrentExecutions", "reserved_concurrent_executions=<n>")


def signing(function: Resource, settings: Bag) -> Iterable[Finding]:
    """Only code that somebody signed; images are signed in the registry instead."""
    if settings["required"] and function.props.get("packageType") != "Image":
        yield from must_be_set(function, "codeSigningConfigArn", "code_signing_config_arn=config.arn")


def origins(url: Resource, _settings: Bag) -> Iterable[Finding]:
    """The pages that may call the address are named."""
    for name in ("allowOrigins", "allowMethods"):
        given = look(url.props, "cors", name)
        for value in items(given):
            if isinstance(value, Unknown):
                yield unproven(value, f"cors.{name} of {url.name} must be named")
            elif value == "*":
                yield Finding(
                    f"cors.{name} of {url.name} is {shown(value)}",
                    'cors={"allow_origins": ["https://<your page>"], "allow_methods": ["POST"]}',
                )


RULES = (
    Rule(
        "lambda-function-network",
        "medium",
        ("FSBP:Lambda.5", "FSBP:Lambda.3", "CKV_AWS_117"),
        "A function that the setting names is in a VPC, and each that is in one has two subnets.",
        "Set vpc_config with subnets of two zones.",
        (FUNCTION,),
        network,
        reads=("vpcConfig",),
        settings={"functions": strings("Names of functions that must be in a VPC, `*` for any text")},
        why="A function outside reaches the whole internet; one in a single subnet stops with its zone. "
        "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html",
    ),
    Rule(
        "lambda-function-concurrency",
        "low",
        ("CKV_AWS_115",),
        "A function has a limit of concurrency, if the setting asks for it.",
        "Set reserved_concurrent_executions.",
        (FUNCTION,),
        concurrency,
        settings={"required": switch("Whether a limit is demanded", default=False)},
        why="All functions of an account share one limit; a flood in one starves the others. "
        "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
    ),
    Rule(
        "lambda-function-code-signing",
        "medium",
        ("CKV_AWS_272",),
        "A function runs signed code only, if the setting asks for it.",
        "Set code_signing_config_arn.",
        (FUNCTION,),
        signing,
        settings={"required": switch("Whether signatures are demanded", default=False)},
        why="Who may upload code could otherwise put in anything. "
        "https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html",
    ),
    Rule(
        "lambda-url-cors",
        "medium",
        ("CKV2_AWS_75",),
        "A function's address names the origins and methods that pages may call it with.",
        "Name origins and methods instead of `*`.",
        (URL,),
        origins,
        reads=("cors",),
        why="Any page that a signed-in person opens could call it in their name. "
        "https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html",
    ),
)
