"""Rules about Lambda functions that each can answer for itself.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
"""

from collections.abc import Iterable

from policy.model import Bag, Finding, Resource, Rule, Unknown
from policy.values import look, number, shown, unproven

FUNCTION = "aws:lambda/function:Function"
_RUNTIMES = [
    "python3.13",
    "python3.12",
    "python3.11",
    "python3.14",
    "nodejs22.x",
    "nodejs24.x",
    "java17",
    "java21",
    "java25",
    "dotnet10",
    "ruby3.3",
    "ruby3.4",
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
        settings={
            "minimumSeconds": {"type": "number", "default": 5, "description": "Shortest timeout"},
            "maximumSeconds": {"type": "number", "default": 900, "description": "Longest timeout"},
        },
    ),
)
