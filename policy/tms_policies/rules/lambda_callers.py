"""Rules about who may call a Lambda function, and what becomes of calls that fail.

https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
"""

import re
from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Rule, Stack, Unknown
from tms_policies.rules.lambda_function import FUNCTION
from tms_policies.rules.references import attached, refers
from tms_policies.rules.sqs import QUEUE
from tms_policies.values import is_false, look, number, shown, unproven

PERMISSION = "aws:lambda/permission:Permission"
URL = "aws:lambda/functionUrl:FunctionUrl"
MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping"
INVOKE = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig"
_GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"
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
    principal, arn = permission.props.get("principal"), permission.props.get("sourceArn")
    line = 'source_arn="<ARN of the caller>", source_account="<account id>"'
    if permission.props.get("sourceAccount"):
        return
    if isinstance(principal, Unknown):
        if not arn:
            yield unproven(principal, f"{permission.name} must have a sourceArn if that is a service")
    elif not isinstance(principal, str) or not principal.endswith((".amazonaws.com", ".amazonaws.com.cn")):
        return
    elif not arn or arn == "*":
        yield Finding(
            f"{permission.name} lets {principal} call the function for anybody: sourceArn is "
            f"{'missing' if not arn else shown(arn)}",
            line,
        )
    elif principal.startswith("s3.") or (isinstance(arn, str) and not _OF_ACCOUNT.match(arn)):
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
        why="The function's policy alone then lets every AWS account call it: its code runs for strangers, "
        f"on your role and your bill. {_GUIDE}access-control-resource-based.html",
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
        why="The service acts for all its customers: anybody may point a rule or a topic of theirs at the "
        "function, and AWS lets the call pass. An ARN of S3 names no account, so whoever takes over the name "
        f"of a deleted bucket inherits the permission. {_GUIDE}permissions-function-services.html",
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
        why="With NONE Lambda checks nobody, and whoever finds the address on the internet calls the "
        f"function. {_GUIDE}urls-auth.html",
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
        why="Lambda tries an asynchronous event twice more, then discards it: what it asked for never "
        f"happens, and nothing is left to try again. {_GUIDE}invocation-async-retain-records.html",
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
        why="A message that becomes visible again while the function still works on it, or waits after "
        "throttling, is processed twice and soon reaches the dead-letter queue; shorter than the function's "
        f"timeout, Lambda refuses the mapping. {_GUIDE}services-sqs-configure.html",
        settings={
            "times": {
                "type": "number",
                "minimum": 1,
                "default": 6,
                "description": "How many timeouts it must last",
            }
        },
    ),
)
