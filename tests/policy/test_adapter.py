"""Between the SDK and the rules: failures, unknowns, numbers, caching, silence."""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

import grpc
import pytest
from google.protobuf import empty_pb2
from hypothesis import given
from hypothesis import strategies as st
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc
from pulumi_policy import deserialize, proxy

from tests.support.engine import ROOT
from tests.support.policies import UNKNOWN, Declared, ask, ask_stack, diagnostics, servicer
from tms_policies.catalogue import RULES
from tms_policies.model import Bag, Finding, Resource, Rule, Stack, Unknown
from tms_policies.session import plain


def a_rule(check: object, *, scope: str = "resource") -> Rule:
    return replace(
        RULES[0], id="test-thing-probe", types=(), check=cast("Any", check), scope=cast("Any", scope)
    )


@pytest.mark.parametrize("scope", ["resource", "stack"])
def test_a_rule_that_fails_is_a_mandatory_violation_that_names_it_and_no_value(scope: str) -> None:
    def check(_subject: object, _settings: Bag) -> Iterable[Finding]:
        raise KeyError("hunter2")

    results = diagnostics(servicer(a_rule(check, scope=scope)), [Declared("sqs/queue:Queue")])
    assert [result.enforcementLevel for result in results] == [analyzer_pb2.MANDATORY]
    assert "the rule test-thing-probe itself failed (KeyError at test_adapter.py:" in results[0].message
    assert "hunter2" not in results[0].message


def seen(*resources: Declared) -> list[Resource]:
    collected: list[Resource] = []

    def check(resource: Resource, _settings: Bag) -> Iterable[Finding]:
        collected.append(resource)
        return ()

    pack = servicer(a_rule(check), replace(a_rule(check), id="test-thing-second"))
    diagnostics(pack, resources)
    return collected


def test_every_sentinel_of_the_sdk_is_an_unknown_with_its_path() -> None:
    sentinels = [value for name, value in vars(proxy).items() if name.startswith("UNKNOWN_")]
    assert len(sentinels) >= 7
    assert plain({"a": [{"b": sentinel} for sentinel in sentinels]}) == {
        "a": [{"b": Unknown(f"a[{index}].b")} for index in range(len(sentinels))]
    }


def test_what_the_engine_could_not_decrypt_is_not_known() -> None:
    assert plain({"policy": "[secret]"}) == {"policy": Unknown("policy")}


def test_a_resource_is_unwrapped_once_per_request_and_anew_for_the_next() -> None:
    first = Declared("sqs/queue:Queue", {"visibilityTimeoutSeconds": 30, "ratio": 0.5, "name": UNKNOWN})
    second = Declared("sqs/queue:Queue", {"visibilityTimeoutSeconds": 60})
    unwrapped, again, following, _ = seen(first, second)
    assert unwrapped is again
    assert unwrapped.props == {"visibilityTimeoutSeconds": 30, "ratio": 0.5, "name": Unknown("name")}
    assert isinstance(unwrapped.props["visibilityTimeoutSeconds"], int)
    assert following.props == {"visibilityTimeoutSeconds": 60}


def test_rules_about_a_stack_see_what_was_declared_and_how_it_is_called() -> None:
    collected: list[Resource] = []

    def look(_subject: object, _settings: Bag) -> Iterable[Finding]:
        return ()

    def keep(stack: Stack, _settings: Bag) -> Iterable[Finding]:
        collected.extend(stack.resources)
        return ()

    pack = servicer(a_rule(look), replace(a_rule(keep, scope="stack"), id="test-stack-probe"))
    declared = Declared("s3/bucket:Bucket", {"forceDestroy": True})
    outputs = Declared("s3/bucket:Bucket", {"bucket": "b-1", "versioning": {"enabled": True}, "arn": UNKNOWN})
    ask(pack, declared)
    ask_stack(pack, outputs)
    assert [resource.props for resource in collected] == [{"forceDestroy": True, "bucket": "b-1"}]


def secret(value: object) -> dict[str, object]:
    """Return a value as the engine sends a secret."""
    return {deserialize.SPECIAL_SIG_KEY: deserialize.SPECIAL_SECRET_SIG, "value": value}


def test_a_secret_is_judged_like_any_value_and_is_in_no_message() -> None:
    seen_props = seen(
        Declared("sqs/queue:Queue", {"name": secret("hunter2"), "kmsMasterKeyId": secret(UNKNOWN)})
    )
    assert seen_props[0].props == {"name": "hunter2", "kmsMasterKeyId": Unknown("kmsMasterKeyId")}
    statement = {
        "Sid": "hunter2",
        "Effect": "Allow",
        "Action": "hunter2:*",
        "Resource": "hunter2",
        "hunter2": 1,
    }
    document = json.dumps({"Statement": [statement], "Version": "2012-10-17"})
    resources = [
        Declared(
            "sqs/queue:Queue", {"name": secret("hunter2.fifo"), "fifoQueue": secret("hunter2")}, "queue"
        ),
        Declared("iam/policy:Policy", {"policy": secret(document), "tags": secret({"Project": "hunter2"})}),
        Declared(
            "dynamodb/table:Table", {"hashKey": secret("hunter2"), "billingMode": secret("hunter2")}, "table"
        ),
        Declared("s3/bucket:Bucket", {"acl": secret("hunter2"), "bucket": secret("hunter2")}, "bucket"),
    ]
    results = diagnostics(PACK, resources)
    assert len(results) > 10
    assert [result.message for result in results if "hunter2" in result.message] == []


SHAPES = [
    secret("hunter2"),
    [secret("hunter2")],
    secret({"hunter2": "hunter2", "name": "hunter2", "enabled": "hunter2"}),
    [secret({"hunter2": ["hunter2"], "attributeName": "hunter2"})],
    {"hunter": secret("hunter2"), "enabled": secret("hunter2"), "days": secret("hunter2")},
]


@pytest.mark.parametrize("shape", SHAPES)
def test_no_rule_shows_a_secret_wherever_it_stands(shape: object) -> None:
    bag = dict.fromkeys(NAMES, shape)
    resources = [Declared(token.removeprefix("aws:"), bag, f"r{index}") for index, token in enumerate(TYPES)]
    results = diagnostics(PACK, resources)
    assert len(results) > len(TYPES)
    assert [
        result.message
        for result in results
        if "hunter2" in result.message or "itself failed" in result.message
    ] == []


def test_an_asset_is_read_as_its_fields() -> None:
    asset = {deserialize.SPECIAL_SIG_KEY: deserialize.SPECIAL_ASSET_SIG, "path": "./handler.py"}
    assert seen(Declared("lambda/function:Function", {"code": asset}))[0].props == {
        "code": {"path": "./handler.py"}
    }


def test_only_aws_resources_are_judged_by_default() -> None:
    assert seen(Declared("pulumi:pulumi:Stack")) == []


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-10, 10)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(
        [UNKNOWN, "", "*", "true", "arn:aws:sqs:r:1:q", "{}", '{"Statement": [{}]}', "s3:*", "iam:PassRole"]
    )
    | st.text(alphabet="ab*?:{}/.", max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "Statement",
                    "Effect",
                    "Action",
                    "Resource",
                    "Principal",
                    "Condition",
                    "Bool",
                    "enabled",
                    "name",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
TYPES = sorted({token for rule in RULES for token in rule.types if not rule.id.endswith("tags")})
NAMES = sorted(
    {name for rule in RULES for name in rule.reads}
    | {"policy", "assumeRolePolicy", "inlinePolicies", "queueUrl"}
)
BAGS = st.dictionaries(st.sampled_from(NAMES), JSON, max_size=6)


@given(st.lists(st.tuples(st.sampled_from(TYPES), BAGS), min_size=1, max_size=4))
def test_no_rule_fails_whatever_a_property_bag_holds(bags: list[tuple[str, dict[str, object]]]) -> None:
    resources = [
        Declared(token.removeprefix("aws:"), bag, f"r{index}", uses=dict.fromkeys(bag, ("r0",)))
        for index, (token, bag) in enumerate(bags)
    ]
    for result in diagnostics(PACK, resources):
        assert "itself failed" not in result.message, result.message
        assert result.enforcementLevel == LEVELS[result.policyName]


PACK = servicer(*RULES)
LEVELS = {rule.id: analyzer_pb2.EnforcementLevel.Value(rule.level.upper()) for rule in RULES}


def test_the_pack_starts_and_prints_nothing_but_its_port() -> None:
    command = [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(ROOT / "policy")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            info = analyzer_pb2_grpc.AnalyzerStub(channel).GetAnalyzerInfo(empty_pb2.Empty())
        process.terminate()
        output, errors = process.communicate(timeout=30)
    assert [policy.name for policy in info.policies] == [rule.id for rule in RULES]
    assert {policy.name: policy.enforcementLevel for policy in info.policies} == LEVELS
    assert not info.initialConfig
    assert (output, errors) == ("", "")
