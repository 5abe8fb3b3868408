"""A rule about a Lambda function's environment variables: no names of the runtime's own.

https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
"""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.registry import rule
from tms_policies.rules.lambda_function import FUNCTION
from tms_policies.values import look, unproven

_RESERVED = frozenset(
    [
        "_HANDLER",
        "_X_AMZN_TRACE_ID",
        "AWS_DEFAULT_REGION",
        "AWS_REGION",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_LAMBDA_MAX_CONCURRENCY",
        "AWS_LAMBDA_METADATA_API",
        "AWS_LAMBDA_METADATA_TOKEN",
        "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_LAMBDA_RUNTIME_API",
        "LAMBDA_TASK_ROOT",
        "LAMBDA_RUNTIME_DIR",
    ]
)


def variables(function: Resource) -> Bag | Unknown:
    """Return the environment variables."""
    result = look(function.props, "environment", "variables")
    return result if isinstance(result, (dict, Unknown)) else {}


@rule(
    "lambda-function-reserved-names",
    severity="medium",
    types=(FUNCTION,),
    reads=("environment",),
    remedy="Take another name.",
    why="Lambda rejects the function with InvalidParameterValueException, in the middle of a deployment; "
    "preview does not notice. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
)
def reserved_names(function: Resource, _settings: Bag) -> Iterable[Finding]:
    """No environment variable has a name that Lambda reserves."""
    value = variables(function)
    if isinstance(value, Unknown):
        yield unproven(value, f"no variable of {function.name} may have a name that Lambda reserves")
        return
    for name in value:
        if name in _RESERVED:
            yield Finding(
                f"environment.variables.{name} of {function.name} is a name that Lambda reserves: "
                "the function cannot be made",
                "another name; what the runtime sets is there already",
            )
