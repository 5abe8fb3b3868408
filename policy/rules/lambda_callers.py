"""Rules about who may call a Lambda function, and what becomes of calls that fail.

https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
"""

import re
from collections.abc import Iterable

from policy.model import Bag, Finding, Resource, Rule, Stack, Unknown
from policy.rules.lambda_function import FUNCTION
from policy.rules.links import attached, refers
from policy.rules.sqs import QUEUE
from policy.values import is_false, look, number, shown, unproven

PERMISSION = "aws:lambda/permission:Permission"
URL = "aws:lambda/functionUrl:FunctionUrl"
MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping"
INVOKE = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig"
_OF_ACCOUNT = re.compile(r"arn:[^:]+:[^:]*:[^:]*:\d{12}:")
_DEFAULT_TIMEOUT = 3  # seconds, what Lambda allows when nothing is said
_DEFAULT_VISIBILITY = 30  # seconds, for which SQS hides a message when nothing is said


def public(permission: Resource, _settings: Bag) -> Iterable[Finding]:
    """Not everybody, unless an organisation bounds who that is."""
    principal = permission.props.get("principal")
    if isinstance(principal, Unknown):
        yield unproven(principal, f"principal of {permission.name} must not be everybody")
    elif principal == "*" and not permission.props.get("principalOrgId"):
        yield Finding(
            f"principal of {permission.name} is '*': anybody on the internet may call the function",
            'principal="<account id, role ARN or service>", or principal_org_id="o-..." beside it',
        )


def source(permission: Resource, _settings: Bag) -> Iterable[Finding]:
    """A service calls for one resource of ours, not for anybody who points it at the function."""
    principal = permission.props.get("principal")
    if not isinstance(principal, str) or not principal.endswith((".amazonaws.com", ".amazonaws.com.cn")):
        return
    arn, account = permission.props.get("sourceArn"), permission.props.get("sourceAccount")
    line = 'source_arn="<ARN of the caller>", source_account="<account id>"'
    if arn == "*" or not (arn or account):
        yield Finding(
            f"{permission.name} lets {principal} call the function for anybody: sourceArn is "
            f"{'missing' if not arn else shown(arn)}",
            line,
        )
    elif isinstance(arn, str) and not account and not _OF_ACCOUNT.match(arn):
        yield Finding(
            f"sourceArn of {permission.name} names no account, and sourceAccount is missing: "
            "who takes the name over may call the function",
            line,
        )


def url_auth(url: Resource, _settings: Bag) -> Iterable[Finding]:
    """A function's own address asks who is there."""
    value = url.props.get("authorizationType")
    if isinstance(value, Unknown):
        yield unproven(value, f"authorizationType of {url.name} must be AWS_IAM")
    elif value != "AWS_IAM":
        state = "missing" if value is None else shown(value)
        yield Finding(f"authorizationType of {url.name} is {state}", 'authorization_type="AWS_IAM"')


def dead_letter(stack: Stack, _settings: Bag) -> Iterable[Finding]:
    """What fails asynchronously goes somewhere; a function that only queues feed fails into their redrive."""
    for function in stack.of(FUNCTION):
        fed = [one for one in stack.of(MAPPING) if _of(one, function)]
        called = any(refers(one, "function", function) for one in stack.of(PERMISSION))
        if (fed and not called) or look(function.props, "deadLetterConfig", "targetArn"):
            continue
        configs = attached(stack, INVOKE, "functionName", function)
        if any(look(one.props, "destinationConfig", "onFailure", "destination") for one in configs):
            continue
        yield Finding(
            f"the function {function.name} has no dead-letter target: a failed asynchronous call is lost",
            'dead_letter_config={"target_arn": queue.arn}, or a FunctionEventInvokeConfig with on_failure',
            function.urn,
        )


def _of(mapping: Resource, function: Resource) -> bool:
    return refers(mapping, "functionName", function)


def visibility(stack: Stack, settings: Bag) -> Iterable[Finding]:
    """A message stays hidden while its function, with its retries, may still work on it."""
    for mapping in stack.of(MAPPING):
        if is_false(mapping.props.get("enabled")):
            continue
        queues = [one for one in stack.of(QUEUE) if refers(mapping, "eventSourceArn", one)]
        functions = [one for one in stack.of(FUNCTION) if _of(mapping, one)]
        for queue in queues:
            for function in functions:
                yield from _hidden_long_enough(queue, function, settings["times"])


def _hidden_long_enough(queue: Resource, function: Resource, times: float) -> Iterable[Finding]:
    """Judge one queue against the function that reads it."""
    hidden, limit = queue.props.get("visibilityTimeoutSeconds"), function.props.get("timeout")
    for value in (hidden, limit):
        if isinstance(value, Unknown):
            need = f"{queue.name} must hide messages {times:g} times as long as {function.name} may run"
            yield unproven(value, need, queue.urn)
            return
    seconds, most = number(hidden), number(limit)
    seconds = _DEFAULT_VISIBILITY if seconds is None else seconds
    needed = times * (_DEFAULT_TIMEOUT if most is None else most)
    if seconds < needed:
        yield Finding(
            f"visibilityTimeoutSeconds of {queue.name} is {seconds:g}, less than {times:g} times the timeout "
            f"of {function.name}: messages come twice",
            f"visibility_timeout_seconds={needed:g}",
            queue.urn,
        )


RULES = (
    Rule(
        "lambda-permission-public",
        "critical",
        ("FSBP:Lambda.1", "CKV_AWS_301"),
        "Not everybody may call a function.",
        "Name the principal.",
        (PERMISSION,),
        public,
        reads=("principal", "principalOrgId"),
    ),
    Rule(
        "lambda-permission-source",
        "high",
        ("FSBP:Lambda.1", "CKV_AWS_364"),
        "A service may call a function only for a named resource and account.",
        "Set source_arn, and source_account where the ARN names no account.",
        (PERMISSION,),
        source,
        reads=("sourceArn", "sourceAccount"),
    ),
    Rule(
        "lambda-url-authorization",
        "critical",
        ("CKV_AWS_258",),
        "A function's own address asks who is there.",
        'Set authorization_type="AWS_IAM".',
        (URL,),
        url_auth,
        reads=("authorizationType",),
    ),
    Rule(
        "lambda-function-dead-letter",
        "medium",
        ("CKV_AWS_116",),
        "Asynchronous calls that fail are kept.",
        "Set dead_letter_config, or declare a FunctionEventInvokeConfig with an on-failure destination.",
        (FUNCTION, INVOKE),
        dead_letter,
        reads=("deadLetterConfig", "destinationConfig"),
        scope="stack",
    ),
    Rule(
        "lambda-queue-visibility",
        "medium",
        (),
        "A queue hides a message for as long as the function that reads it may need, with its retries.",
        "Set visibility_timeout_seconds to six times the function's timeout.",
        (MAPPING, QUEUE, FUNCTION),
        visibility,
        reads=("visibilityTimeoutSeconds", "timeout"),
        scope="stack",
        settings={"times": {"type": "number", "default": 6, "description": "How many timeouts it must last"}},
    ),
)
