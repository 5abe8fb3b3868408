"""Rules about Lambda functions that each can answer for itself.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
"""

from collections.abc import Iterable
from typing import Any

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.must import must_be_set
from tms_policies.registry import rule
from tms_policies.settings import selected, strings, switch
from tms_policies.values import items, look, number, shown, unproven

_TWO = 2
FUNCTION = "aws:lambda/function:Function"
_GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"
# Not deprecated by AWS's table in November 2026; the last to leave it were python3.10 (2026-10-31) and
# dotnet8 (2026-11-10), the next is ruby3.3 (2027-03-31)
_RUNTIMES = [
    "python3.13",
    "python3.12",
    "python3.11",
    "python3.14",
    "nodejs22.x",
    "nodejs24.x",
    "java25",
    "java21",
    "java17",
    "java17.al2023",
    "java11",
    "java11.al2023",
    "java8.al2",
    "java8.al2023",
    "dotnet10",
    "ruby3.3",
    "ruby3.4",
    "ruby4.0",
    "provided.al2023",
]
_SECONDS: dict[str, Any] = {"type": "number", "minimum": 1, "maximum": 900}


@rule(
    "lambda-function-network",
    severity="medium",
    types=(FUNCTION,),
    reads=("vpcConfig",),
    settings={"functions": strings("Names of functions that must be in a VPC, `*` for any text")},
    remedy="Set vpc_config with subnets of two zones.",
    why="A function outside reaches the whole internet; one in a single subnet stops with its zone. "
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html",
)
def network(function: Resource, settings: Bag) -> Iterable[Finding]:
    """A function that the setting names is in a VPC, and each that is in one has two subnets."""
    subnets = look(function.props, "vpcConfig", "subnetIds")
    if subnets is None or subnets == []:
        if selected(function, "name", settings["functions"]):
            yield Finding(f"vpcConfig of {function.name} is missing", 'vpc_config={"subnet_ids": [...], ...}')
    elif not isinstance(subnets, Unknown) and len(items(subnets)) < _TWO:
        yield Finding(
            f"vpcConfig.subnetIds of {function.name} has one subnet", "two subnets in different zones"
        )


@rule(
    "lambda-function-concurrency",
    severity="low",
    types=(FUNCTION,),
    settings={"required": switch("Whether a limit is demanded", default=False)},
    remedy="Set reserved_concurrent_executions.",
    why="All functions of an account share one limit; a flood in one starves the others. "
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
)
def concurrency(function: Resource, settings: Bag) -> Iterable[Finding]:
    """A function has a limit of concurrency, if the setting asks for it."""
    if settings["required"]:
        yield from must_be_set(function, "reservedConcurrentExecutions", "reserved_concurrent_executions=<n>")


@rule(
    "lambda-function-code-signing",
    severity="medium",
    types=(FUNCTION,),
    settings={"required": switch("Whether signatures are demanded", default=False)},
    remedy="Set code_signing_config_arn.",
    why="Who may upload code could otherwise put in anything. "
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html",
)
def signing(function: Resource, settings: Bag) -> Iterable[Finding]:
    """A function runs signed code only, if the setting asks for it.

    Only code that somebody signed; images are signed in the registry instead.
    """
    if settings["required"] and function.props.get("packageType") != "Image":
        yield from must_be_set(function, "codeSigningConfigArn", "code_signing_config_arn=config.arn")


@rule(
    "lambda-function-runtime",
    severity="medium",
    types=(FUNCTION,),
    reads=("runtime",),
    settings={
        "supported": {
            "type": "array",
            "items": {"type": "string"},
            "default": _RUNTIMES,
            "description": "Runtimes that are supported, the preferred one first",
        }
    },
    remedy="Set runtime to a supported one.",
    why="A deprecated runtime gets no security patches, and after a while AWS refuses to create or "
    f"update functions on it, so a correction can no longer be deployed. {_GUIDE}lambda-runtimes.html",
)
def runtime(function: Resource, settings: Bag) -> Iterable[Finding]:
    """A function runs on a runtime that AWS supports.

    A runtime that AWS still mends; an image brings its own.
    """
    value = function.props.get("runtime")
    if isinstance(value, Unknown):
        yield unproven(value, f"runtime of {function.name} must be supported")
    elif value and value not in settings["supported"]:
        yield Finding(
            f"runtime of {function.name} is {shown(value)}, which is not among the supported ones",
            f'runtime="{settings["supported"][0]}", or another of the setting `supported`',
        )


@rule(
    "lambda-function-tracing",
    severity="low",
    types=(FUNCTION,),
    reads=("tracingConfig",),
    remedy='Set tracing_config={"mode": "Active"}.',
    why="In mode PassThrough a call is traced only when its caller sampled it, so what a queue or a "
    f"timer starts leaves no trace of where its time went. {_GUIDE}services-xray.html",
)
def tracing(function: Resource, _settings: Bag) -> Iterable[Finding]:
    """A function's calls are traced."""
    value = look(function.props, "tracingConfig", "mode")
    if isinstance(value, Unknown):
        yield unproven(value, f"tracingConfig.mode of {function.name} must be Active")
    elif value != "Active":
        state = "missing" if value is None else shown(value)
        yield Finding(
            f"tracingConfig.mode of {function.name} is {state}", 'tracing_config={"mode": "Active"}'
        )


@rule(
    "lambda-function-timeout",
    severity="low",
    types=(FUNCTION,),
    reads=("timeout",),
    settings={
        "minimumSeconds": _SECONDS | {"default": 5, "description": "Shortest timeout"},
        "maximumSeconds": _SECONDS | {"default": 900, "description": "Longest timeout"},
    },
    remedy="Set timeout.",
    why="Left out it is 3 s, which a cold start with one call to a model can exceed; the function is "
    f"then ended in the middle of its work. {_GUIDE}configuration-timeout.html",
)
def timeout(function: Resource, settings: Bag) -> Iterable[Finding]:
    """A function's time limit is chosen."""
    value, low, high = function.props.get("timeout"), settings["minimumSeconds"], settings["maximumSeconds"]
    seconds = number(value)
    if isinstance(value, Unknown):
        yield unproven(value, f"timeout of {function.name} must be {low:g} to {high:g}")
    elif seconds is None or not low <= seconds <= high:
        state = "missing, which means 3 s" if value is None else f"{shown(value)} s"
        yield Finding(
            f"timeout of {function.name} is {state}, not {low:g} to {high:g} s",
            "timeout=<seconds: longer than the longest call that it waits for>",
        )
