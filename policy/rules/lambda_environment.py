"""Rules about a Lambda function's environment variables: no secrets, and no names of the runtime's own.

https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
"""

from collections.abc import Iterable

from policy.model import Bag, Finding, Resource, Rule, Unknown
from policy.rules.lambda_function import FUNCTION
from policy.secrets import is_reference, is_secret, names_secret
from policy.values import look, unproven

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
    """Give the environment variables."""
    found = look(function.props, "environment", "variables")
    return found if isinstance(found, (dict, Unknown)) else {}


def secrets(function: Resource, _settings: Bag) -> Iterable[Finding]:
    """No secret among the variables, which everybody who can read the function sees."""
    given = variables(function)
    if isinstance(given, Unknown):
        yield unproven(given, f"no variable of {function.name} may hold a secret")
        return
    for name, value in given.items():
        where = f"environment.variables.{name}"
        line = f'"{name}_ARN": secret.arn, and read the secret at run time with secretsmanager:GetSecretValue'
        named = names_secret(name)
        if isinstance(value, Unknown):
            if named:
                yield unproven(value, f"{where} of {function.name} must not be the secret itself")
        elif not isinstance(value, str) or not value or is_reference(value):
            continue
        elif named or is_secret(value):
            why = "is named like a secret" if named else "has the form of a credential"
            yield Finding(f"{where} of {function.name} {why} and stands there in the clear", line)


def reserved_names(function: Resource, _settings: Bag) -> Iterable[Finding]:
    """AWS refuses a function that sets what the runtime sets."""
    given = variables(function)
    if isinstance(given, Unknown):
        yield unproven(given, f"no variable of {function.name} may have a name that Lambda reserves")
        return
    for name in given:
        if name in _RESERVED:
            yield Finding(
                f"environment.variables.{name} of {function.name} is a name that Lambda reserves: "
                "the function cannot be made",
                "another name; what the runtime sets is there already",
            )


RULES = (
    Rule(
        "lambda-function-environment-secrets",
        "critical",
        ("CKV_AWS_45",),
        "No environment variable holds a secret.",
        "Give the function the secret's ARN, and let it read the secret at run time.",
        (FUNCTION,),
        secrets,
        reads=("environment",),
    ),
    Rule(
        "lambda-function-reserved-names",
        "medium",
        (),
        "No environment variable has a name that Lambda reserves.",
        "Take another name.",
        (FUNCTION,),
        reserved_names,
        reads=("environment",),
    ),
)
