"""Requests against all kinds of policies, held against AWS's words; a case names its rule."""

from typing import Any

import pytest

from tests.support.evaluation import loaded, policies, policy, request
from tms_policies.documents.evaluation.decide import evaluate
from tms_policies.documents.evaluation.request import Principal, Request
from tms_policies.documents.evaluation.verdict import Decision, Policies

SUBJECTS = ("statements", "resources", "principals", "accounts", "limits", "organization", "keys", "unknowns")
CASES = [pytest.param(case, id=f"{name}: {case['rule']}") for name in SUBJECTS for case in loaded(name)]


@pytest.mark.parametrize("case", CASES)
def test_a_request_is_decided_as_aws_says(case: dict[str, Any]) -> None:
    outcome = evaluate(request(case), policies(case))
    assert outcome.decision == case["expect"], (outcome, case["page"])
    assert outcome.allowed == (case["expect"] == "allowed")
    assert case.get("by", outcome.by) == outcome.by
    assert case.get("reason", "") in outcome.reason
    assert "\n" not in outcome.reason


def test_a_request_names_a_resource() -> None:
    with pytest.raises(ValueError, match="needs a resource"):
        evaluate(Request(Principal(), "s3:GetObject", ()), Policies())


def test_a_secret_in_a_policy_or_a_request_is_in_no_reason() -> None:
    statement = {
        "Effect": "Allow",
        "Action": "*",
        "Resource": "*",
        "Condition": {"StringEquals": {"sts:ExternalId": "password-of-the-vendor"}},
    }
    call = Request(Principal(), "sts:AssumeRole", ("*",), {"sts:ExternalId": "secret-of-the-caller"})
    outcome = evaluate(
        call, Policies(resource=policy("the policy", [{**statement, "Principal": "*"}], "resource"))
    )
    assert outcome.decision == Decision.IMPLICIT_DENY
    assert "vendor" not in outcome.reason
    assert "caller" not in outcome.reason
