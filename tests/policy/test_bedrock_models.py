"""Which models an identity may ask, however the statement is written."""

import json
from typing import Any

import pytest

from tests.support.policies import UNKNOWN, Declared, check

RULE = "bedrock-model-named"
NOVA, CLAUDE = "amazon.nova-pro-v1:0", "anthropic.claude-3-5-sonnet-20241022-v2:0"
PROFILE = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/"


def model(name: str, region: str = "us-east-1") -> str:
    return f"arn:aws:bedrock:{region}::foundation-model/{name}"


def asking(action: object, *resources: object, **extra: object) -> Declared:
    statement = {"Effect": "Allow", "Action": action, "Resource": list(resources), **extra}
    return Declared("iam/policy:Policy", {"policy": json.dumps({"Statement": statement})})


@pytest.mark.parametrize(
    ("action", "resources", "expected"),
    [
        ("bedrock:InvokeModel", [model(NOVA)], None),
        ("bedrock:InvokeModelWithResponseStream", [f"{PROFILE}us.{NOVA}", model(NOVA)], None),
        ("bedrock:InvokeModel", [f"{PROFILE}us.{NOVA}", model(NOVA, "us-west-2"), model(CLAUDE)], None),
        ("bedrock:InvokeModel", [f"{PROFILE}us.{NOVA}", model("amazon.*")], "lets any model be asked"),
        ("bedrock:InvokeModel", [model("*")], "lets any model be asked"),
        ("BEDROCK:invokemodel", [model("anthropic.claude-3-?")], "lets any model be asked"),
        ("bedrock:Invoke*", [model("*")], "lets any model be asked"),
        ("bedrock:InvokeModel", [f"{PROFILE}us.*"], "lets any model be asked"),
        ("bedrock:InvokeModel", [f"{PROFILE}us.{NOVA}"], "without its model"),
        ("bedrock:InvokeModel", [f"{PROFILE}us.{NOVA}", model(CLAUDE)], "without its model"),
        ("bedrock:InvokeModel", [f"{PROFILE}global.{NOVA}", model(NOVA)], "in any region"),
        ("bedrock:GetFoundationModel", [model("*")], None),
        ("bedrock:InvokeModel", [f"{PROFILE}a1b2c3"], None),
    ],
)
def test_models_are_named(action: str, resources: list[str], expected: str | None) -> None:
    check(RULE, expected, asking(action, *resources))


def test_models_may_be_allowed_by_another_statement() -> None:
    statements: list[dict[str, Any]] = [
        {"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": f"{PROFILE}us.{NOVA}"},
        {"Effect": "Allow", "Action": ["bedrock:InvokeModel"], "Resource": [model(NOVA)]},
    ]
    check(RULE, None, Declared("iam/policy:Policy", {"policy": json.dumps({"Statement": statements})}))


def test_denials_unknowns_and_the_setting() -> None:
    check(RULE, None, asking("bedrock:InvokeModel", model("*"), Effect="Deny"))
    check(RULE, None, asking("bedrock:InvokeModel", UNKNOWN))
    world = asking("bedrock:InvokeModel", f"{PROFILE}global.{NOVA}", model(NOVA))
    check(RULE, None, world, config={"globalProfiles": True})
