"""Examples of the rules of `lambda_delivery`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_ORDERS = "arn:aws:sqs:us-east-1:123456789012:orders"
_FAILED = "arn:aws:sqs:us-east-1:123456789012:matching-failed"
_NIGHTLY = "arn:aws:events:us-east-1:123456789012:rule/nightly"
_FEEDS = Declared(
    "lambda/eventSourceMapping:EventSourceMapping",
    {"functionName": "matching", "eventSourceArn": _ORDERS},
    name="orders-to-matching",
)


def _may_call(principal: str, **props: object) -> Declared:
    value = {"action": "lambda:InvokeFunction", "function": "matching", "principal": principal, **props}
    return Declared("lambda/permission:Permission", value, name="matching-caller")


def _function(**props: object) -> Declared:
    return Declared("lambda/function:Function", {"name": "matching", **props}, name="matching")


def _queue(**props: object) -> Declared:
    return Declared("sqs/queue:Queue", {"name": "orders", **props}, name="orders")


EXAMPLES = (
    Example(
        "lambda-function-dead-letter",
        good=case(_function(deadLetterConfig={"targetArn": _FAILED})),
        bad=case(
            _function(),
            _may_call("events.amazonaws.com", sourceArn=_NIGHTLY),
            says="the function matching has no dead-letter target",
        ),
        missing=case(_function(), says="the function matching has no dead-letter target"),
        unknown=case(_function(deadLetterConfig={"targetArn": UNKNOWN})),
    ),
    Example(
        "lambda-queue-visibility",
        good=case(_queue(visibilityTimeoutSeconds=360), _function(timeout=60), _FEEDS),
        bad=case(
            _queue(visibilityTimeoutSeconds=60),
            _function(timeout=60),
            _FEEDS,
            says="visibilityTimeoutSeconds of orders is 60, less than 6 times the timeout of matching",
        ),
        missing=case(
            _queue(),
            _function(timeout=60),
            _FEEDS,
            says="visibilityTimeoutSeconds of orders is missing, which means 30",
        ),
        unknown=case(
            _queue(visibilityTimeoutSeconds=360), _function(timeout=UNKNOWN), _FEEDS, says=_NOT_PROVEN
        ),
        config=case(_queue(visibilityTimeoutSeconds=60), _function(timeout=60), _FEEDS, times=1),
    ),
)
