"""Rules about who calls Lambda functions, what becomes of calls that fail, and the queues that feed them."""

from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check

NOT_PROVEN = "cannot be proven at preview"
PUBLIC = "lambda-permission-public"
SOURCE = "lambda-permission-source"
URL = "lambda-url-authorization"
DEAD = "lambda-function-dead-letter"
VISIBILITY = "lambda-queue-visibility"
QUEUE_ARN = "arn:aws:sqs:us-east-1:123456789012:work"


def function(**props: object) -> Declared:
    return Declared("lambda/function:Function", {"name": "fn", **props}, "fn")


@pytest.mark.parametrize(
    ("rule", "props", "expected"),
    [
        (PUBLIC, {"principal": "events.amazonaws.com"}, None),
        (PUBLIC, {"principal": "*", "principalOrgId": "o-1"}, None),
        (PUBLIC, {"principal": "*"}, "principal of it is '*'"),
        (PUBLIC, {"principal": UNKNOWN}, NOT_PROVEN),
        (SOURCE, {"principal": "123456789012"}, None),
        (SOURCE, {"principal": "events.amazonaws.com", "sourceArn": UNKNOWN}, None),
        (SOURCE, {"principal": "sns.amazonaws.com", "sourceAccount": "123456789012"}, None),
        (
            SOURCE,
            {"principal": "s3.amazonaws.com", "sourceArn": "arn:aws:s3:::b", "sourceAccount": "1"},
            None,
        ),
        (SOURCE, {"principal": "s3.amazonaws.com", "sourceArn": "arn:aws:s3:::b"}, "names no account"),
        (
            SOURCE,
            {"principal": "events.amazonaws.com", "sourceArn": "arn:aws:events:*:*:rule/a"},
            "names no account",
        ),
        (SOURCE, {"principal": "s3.amazonaws.com", "sourceArn": UNKNOWN}, "names no account"),
        (SOURCE, {"principal": "events.amazonaws.com"}, "sourceArn is missing"),
        (SOURCE, {"principal": UNKNOWN}, NOT_PROVEN),
        (SOURCE, {"principal": UNKNOWN, "sourceArn": UNKNOWN}, None),
        (SOURCE, {"principal": "events.amazonaws.com", "sourceArn": "*"}, "sourceArn is '*'"),
    ],
)
def test_who_may_call_is_judged(rule: str, props: dict[str, Any], expected: str | None) -> None:
    check(rule, expected, Declared("lambda/permission:Permission", props))


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        ({"authorizationType": "AWS_IAM"}, None),
        ({"authorizationType": "NONE"}, "authorizationType of it is 'NONE'"),
        ({}, "missing"),
        ({"authorizationType": UNKNOWN}, NOT_PROVEN),
    ],
)
def test_an_address_asks_who_is_there(props: dict[str, Any], expected: str | None) -> None:
    check(URL, expected, Declared("lambda/functionUrl:FunctionUrl", props))


MAPPING = Declared(
    "lambda/eventSourceMapping:EventSourceMapping",
    {"functionName": "fn", "eventSourceArn": QUEUE_ARN},
    "mapping",
)
CALLED = Declared("lambda/permission:Permission", {"function": "fn"}, "called")


def failing(target: object) -> Declared:
    config = {"functionName": UNKNOWN, "destinationConfig": {"onFailure": {"destination": target}}}
    return Declared(
        "lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
        config,
        "config",
        uses={"functionName": ["fn"], "destinationConfig": ["fn"]},
    )


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ((function(deadLetterConfig={"targetArn": QUEUE_ARN}),), None),
        ((function(), failing(QUEUE_ARN)), None),
        ((function(), failing(UNKNOWN)), None),
        ((function(), MAPPING), None),
        ((function(), MAPPING, CALLED), "the function fn has no dead-letter target"),
        ((function(), failing("")), "the function fn has no dead-letter target"),
        ((function(),), "the function fn has no dead-letter target"),
    ],
)
def test_calls_that_fail_are_kept(resources: tuple[Declared, ...], expected: str | None) -> None:
    check(DEAD, expected, *resources)


def queue(uses: dict[str, list[str]] | None = None, **props: object) -> Declared:
    return Declared("sqs/queue:Queue", {"name": "work", **props}, "work", uses=uses or {})


@pytest.mark.parametrize(
    ("source", "limit", "expected"),
    [
        (queue(visibilityTimeoutSeconds=360), 60, None),
        (queue(), 5, None),
        (queue(), None, None),
        (queue(visibilityTimeoutSeconds=10), None, "is 10, less than 6 times the timeout of fn"),
        (queue(), 60, "visibility_timeout_seconds=360"),
        (queue(), 60, "visibilityTimeoutSeconds of work is missing, which means 30, less than 6 times"),
        (queue({"visibilityTimeoutSeconds": ["fn"]}, visibilityTimeoutSeconds=UNKNOWN), 60, NOT_PROVEN),
    ],
)
def test_a_queue_hides_messages_for_long_enough(
    source: Declared, limit: int | None, expected: str | None
) -> None:
    check(VISIBILITY, expected, source, function(timeout=limit), MAPPING)


def test_a_mapping_that_is_off_or_of_another_queue_is_not_judged() -> None:
    off = Declared(MAPPING.type, {**MAPPING.props, "enabled": False}, "mapping")
    foreign = Declared(MAPPING.type, {**MAPPING.props, "eventSourceArn": QUEUE_ARN + "2"}, "mapping")
    for mapping in (off, foreign):
        check(VISIBILITY, None, queue(), function(timeout=60), mapping)


def test_how_often_a_function_may_retry_is_a_setting() -> None:
    check(VISIBILITY, None, queue(), function(timeout=30), MAPPING, config={"times": 1})
