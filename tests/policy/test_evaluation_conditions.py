"""What each condition operator makes of a request, held against AWS's words; a case names its rule."""

from typing import Any

import pytest

from tests.support.evaluation import loaded, policy, request
from tms_policies.documents.evaluation.decide import evaluate
from tms_policies.documents.evaluation.verdict import Decision, Policies

SUBJECTS = ("strings", "numbers", "addresses", "missing", "sets", "arns", "variables", "combined")
CASES = [pytest.param(case, id=f"{name}: {case['rule']}") for name in SUBJECTS for case in loaded(name)]
GRANTED = {"Effect": "Allow", "Action": "*", "Resource": "*"}
ALLOWS = {True: Decision.ALLOWED, False: Decision.IMPLICIT_DENY, "unknown": Decision.UNKNOWN}
DENIES = {True: Decision.EXPLICIT_DENY, False: Decision.ALLOWED, "unknown": Decision.UNKNOWN}


def decided(case: dict[str, Any], *statements: object) -> Decision:
    document = {"Version": case.get("version", "2012-10-17"), "Statement": list(statements)}
    call = request({"ask": "dynamodb:Query arn:aws:dynamodb:us-east-1:111122223333:table/trades", **case})
    return evaluate(call, Policies(identity=[policy("it", document)])).decision


@pytest.mark.parametrize("case", CASES)
def test_a_condition_is_met_as_aws_says_by_an_allow_and_by_a_deny(case: dict[str, Any]) -> None:
    condition = {"Condition": case["condition"]}
    assert decided(case, {**GRANTED, **condition}) == ALLOWS[case["met"]], case["page"]
    assert decided(case, GRANTED, {**GRANTED, **condition, "Effect": "Deny"}) == DENIES[case["met"]], case[
        "page"
    ]
