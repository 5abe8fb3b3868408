"""Rules about Lambda functions that each can answer for itself.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
"""

from collections.abc import Iterable
from typing import Any

from tms_policies.model import Bag, Finding, Resource, Rule, Unknown
from tms_policies.values import look, number, shown, unproven

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


def runtime(function: Resource, settings: Bag) -> Iterable[Finding]:
    """A runtime that AWS still mends; an image brings its own."""
    value = function.props.get("runtime")
    if isinstance(value, Unknown):
        yield unproven(value, f"runtime of {function.name} must be supported")
    elif value and value not in settings["supported"]:
        yield Finding(
            f"runtime of {function.name} is {shown(value)}, which is not among the supported ones",
            f'runtime="{settings["supported"][0]}", or another of the setting `supported`',
        )


def tracing(function: Resource, _settings: Bag) -> Iterable[Finding]:
    """A trace of each call that is sampled here, not only where the caller asks."""
    value = look(function.props, "tracingConfig", "mode")
    if isinstance(value, Unknown):
        yield unproven(value, f"tracingConfig.mode of {function.name} must be Active")
    elif value != "Active":
        state = "missing" if value is None else shown(value)
        yield Finding(
            f"tracingConfig.mode of {function.name} is {state}", 'tracing_config={"mode": "Active"}'
        )


def timeout(function: Resource, settings: Bag) -> Iterable[Finding]:
    """A time limit that somebody chose."""
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


_SECONDS: dict[str, Any] = {"type": "number", "minimum": 1, "maximum": 900}
RULES = (
    Rule(
        "lambda-function-runtime",
        "medium",
        ("FSBP:Lambda.2", "CKV_AWS_363", "AwsSolutions-L1"),
        "A function runs on a runtime that AWS supports.",
        "Set runtime to a supported one.",
        (FUNCTION,),
        runtime,
        reads=("runtime",),
        why="A deprecated runtime gets no security patches, and after a while AWS refuses to create or "
        f"update functions on it, so a correction can no longer be deployed. {_GUIDE}lambda-runtimes.html",
        settings={
            "supported": {
                "type": "array",
                "items": {"type": "string"},
                "default": _RUNTIMES,
                "description": "Runtimes that are supported, the preferred one first",
            }
        },
    ),
    Rule(
        "lambda-function-tracing",
        "low",
        ("FSBP:Lambda.7", "CKV_AWS_50"),
        "A function's calls are traced.",
        'Set tracing_config={"mode": "Active"}.',
        (FUNCTION,),
        tracing,
        reads=("tracingConfig",),
        why="In mode PassThrough a call is traced only when its caller sampled it, so what a queue or a "
        f"timer starts leaves no trace of where its time went. {_GUIDE}services-xray.html",
    ),
    Rule(
        "lambda-function-timeout",
        "low",
        (),
        "A function's time limit is chosen.",
        "Set timeout.",
        (FUNCTION,),
        timeout,
        reads=("timeout",),
        why="Left out it is 3 s, which a cold start with one call to a model can exceed; the function is "
        f"then ended in the middle of its work. {_GUIDE}configuration-timeout.html",
        settings={
            "minimumSeconds": _SECONDS | {"default": 5, "description": "Shortest timeout"},
            "maximumSeconds": _SECONDS | {"default": 900, "description": "Longest timeout"},
        },
    ),
)
