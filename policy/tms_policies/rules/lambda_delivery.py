"""Rules about events that a Lambda function fails on, and about messages that it is working on.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
"""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Stack, Unknown
from tms_policies.references import attached, refers
from tms_policies.registry import rule
from tms_policies.rules.lambda_function import FUNCTION
from tms_policies.rules.lambda_permissions import PERMISSION
from tms_policies.rules.sqs import QUEUE
from tms_policies.values import is_false, look, number, unproven

MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping"
INVOKE = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig"
_GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"
_DEFAULT_TIMEOUT = 3  # seconds, what Lambda allows when nothing is said
_DEFAULT_VISIBILITY = 30  # seconds, for which SQS hides a message when nothing is said


@rule(
    "lambda-function-dead-letter",
    severity="medium",
    scope="stack",
    types=(FUNCTION, INVOKE),
    reads=("deadLetterConfig", "destinationConfig"),
    remedy="Set dead_letter_config, or declare a FunctionEventInvokeConfig with an on-failure destination.",
    why="Lambda tries an asynchronous event twice more, then discards it: what it asked for never "
    f"happens, and nothing is left to try again. {_GUIDE}invocation-async-retain-records.html",
)
def dead_letter(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """Asynchronous calls that fail are kept.

    What fails asynchronously goes somewhere; a function that only queues feed fails into their redrive.
    """
    for function in stack.of(FUNCTION):
        fed = [resource for resource in stack.of(MAPPING) if _of(resource, function)]
        identity = any(refers(resource, "function", function) for resource in stack.of(PERMISSION))
        if (fed and not identity) or look(function.props, "deadLetterConfig", "targetArn"):
            continue
        configs = attached(stack, INVOKE, "functionName", function)
        if any(look(resource.props, "destinationConfig", "onFailure", "destination") for resource in configs):
            continue
        yield Finding(
            f"the function {function.name} has no dead-letter target: a failed asynchronous call is lost",
            'dead_letter_config={"target_arn": queue.arn}, or a FunctionEventInvokeConfig with on_failure',
            function.urn,
        )


def _of(mapping: Resource, function: Resource) -> bool:
    return refers(mapping, "functionName", function)


@rule(
    "lambda-queue-visibility",
    severity="medium",
    scope="stack",
    types=(MAPPING, QUEUE, FUNCTION),
    reads=("visibilityTimeoutSeconds", "timeout"),
    settings={
        "times": {
            "type": "number",
            "minimum": 1,
            "default": 6,
            "description": "How many timeouts it must last",
        }
    },
    remedy="Set visibility_timeout_seconds to six times the function's timeout.",
    why="A message that becomes visible again while the function still works on it, or waits after "
    "throttling, is processed twice and soon reaches the dead-letter queue; shorter than the function's "
    f"timeout, Lambda refuses the mapping. {_GUIDE}services-sqs-configure.html",
)
def visibility(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """A queue hides a message for as long as the function that reads it may need, with its retries."""
    for mapping in stack.of(MAPPING):
        if is_false(mapping.props.get("enabled")):
            continue
        queues = [resource for resource in stack.of(QUEUE) if refers(mapping, "eventSourceArn", resource)]
        functions = [resource for resource in stack.of(FUNCTION) if _of(mapping, resource)]
        for queue in queues:
            for function in functions:
                yield from _hidden_long_enough(queue, function, settings["times"])


def _hidden_long_enough(queue: Resource, function: Resource, times: float) -> Iterable[Finding]:
    """Check one queue against the function that reads it."""
    hidden, limit = queue.props.get("visibilityTimeoutSeconds"), function.props.get("timeout")
    for value in (hidden, limit):
        if isinstance(value, Unknown):
            need = f"{queue.name} must hide messages {times:g} times as long as {function.name} may run"
            yield unproven(value, need, queue.urn)
            return
    seconds, most = number(hidden), number(limit)
    state = f"missing, which means {_DEFAULT_VISIBILITY}" if seconds is None else f"{seconds:g}"
    seconds = _DEFAULT_VISIBILITY if seconds is None else seconds
    needed = times * (_DEFAULT_TIMEOUT if most is None else most)
    if seconds < needed:
        yield Finding(
            f"visibilityTimeoutSeconds of {queue.name} is {state}, less than {times:g} times the timeout "
            f"of {function.name}: messages come twice",
            f"visibility_timeout_seconds={needed:g}",
            queue.urn,
        )
