"""The engine's events become findings, and lose nothing that a rule has said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.engine import ROOT
from tests.support.recorded import RECORDED
from tms_policies.adapter import text_of
from tms_policies.catalogue import RULES
from tms_policies.model import Finding as RuleFinding
from tms_policies.model import Rule
from toolkit.engine import pack
from toolkit.engine.events import Event, read_events
from toolkit.errors import CommandError
from toolkit.policy_check.findings import KNOWN, findings_of
from toolkit.policy_check.report import Finding

QUEUE = "urn:pulumi:local::faulty::aws:sqs/queue:Queue::work"


def recorded(name: str) -> tuple[Finding, ...]:
    return findings_of(read_events(RECORDED / name))


def event(**changed: object) -> Event:
    policy = {
        "policyName": "sqs-queue-encryption",
        "resourceUrn": QUEUE,
        "severity": "high",
        "policyPackName": pack.NAME,
    }
    policy |= {"enforcementLevel": "mandatory", "message": "", **changed}
    return Event.from_json({"policyEvent": policy})


def finding_of(event: Event) -> Finding:
    (finding,) = findings_of([event])
    return finding


def test_a_finding_holds_what_the_engine_and_the_catalogue_know() -> None:
    finding = next(
        recorded_finding
        for recorded_finding in recorded("analyze.jsonl")
        if recorded_finding.rule == "sqs-queue-encryption"
    )
    assert finding == Finding(
        rule="sqs-queue-encryption",
        severity="high",
        level="mandatory",
        urn=QUEUE,
        resource="work",
        type="aws:sqs/queue:Queue",
        message="sqsManagedSseEnabled of work is missing and kmsMasterKeyId is not set",
        remedy="sqs_managed_sse_enabled=True, or kms_master_key_id=<key>",
        controls=KNOWN["sqs-queue-encryption"].controls,
        page="docs/policies/sqs-queue-encryption.md",
    )


def test_state_and_preview_of_one_program_give_the_same_findings() -> None:
    assert recorded("analyze.jsonl") == recorded("preview.jsonl")


def test_findings_are_ordered_worst_first_and_each_is_there_once() -> None:
    events = read_events(RECORDED / "preview.jsonl")
    findings = findings_of([*reversed(events), *events])
    assert findings == recorded("preview.jsonl")
    assert list(dict.fromkeys(finding.severity for finding in findings)) == [
        "critical",
        "high",
        "medium",
        "low",
    ]


@given(
    rule=st.sampled_from(RULES),
    message=st.text(min_size=1).map(str.strip).filter(lambda text: text and ". Write: " not in text),
    remedy=st.text(min_size=1).map(str.strip).filter(lambda text: text and ". See docs/" not in text),
)
def test_what_a_rule_says_comes_back_in_its_parts(rule: Rule, message: str, remedy: str) -> None:
    text = f"{rule.what}\n{text_of(rule, RuleFinding(message, remedy))}\n"
    finding = finding_of(event(policyName=rule.id, message=text))
    assert (finding.message, finding.remedy) == (message, remedy)


def test_a_message_of_another_form_is_kept_whole_and_the_rules_own_remedy_given() -> None:
    finding = finding_of(event(message="can't run policy during preview: unknown\n"))
    assert finding.message == "can't run policy during preview: unknown"
    assert finding.remedy == KNOWN["sqs-queue-encryption"].remedy


@pytest.mark.parametrize(
    ("urn", "name", "token"),
    [
        (QUEUE, "work", "aws:sqs/queue:Queue"),
        ("urn:pulumi:s::p::tms:Queues$aws:sqs/queue:Queue::work", "work", "aws:sqs/queue:Queue"),
        ("urn:pulumi:s::p::aws:sqs/queue:Queue::a::b", "a::b", "aws:sqs/queue:Queue"),
        ("", "", ""),
    ],
)
def test_name_and_type_are_read_from_the_urn(urn: str, name: str, token: str) -> None:
    finding = finding_of(event(resourceUrn=urn))
    assert (finding.resource, finding.type) == (name, token)


@pytest.mark.parametrize("changed", [{"policyName": "no-such-rule"}, {"enforcementLevel": "remediate"}])
def test_what_this_checkout_does_not_know_is_no_finding(changed: dict[str, str]) -> None:
    with pytest.raises(CommandError, match="report this"):
        finding_of(event(**changed))


def test_only_this_pack_is_judged_by() -> None:
    theirs = event(policyName="no-such-rule", policyPackName="of-the-organisation")
    assert findings_of([theirs, event()]) == (finding_of(event()),)


def test_the_packs_name_is_the_one_that_it_has() -> None:
    (line,) = [
        text
        for text in (ROOT / "policy" / "PulumiPolicy.yaml").read_text().splitlines()
        if text.startswith("name")
    ]
    assert line == f"name: {pack.NAME}"
